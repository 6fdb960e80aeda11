import { type Cidr, isCidr, parseCidr } from '../../lib/network/cidr';

/** The block that a text is. */
export function block(text: string): Cidr {
  const parsed = parseCidr(text);
  if (!isCidr(parsed)) throw new Error(`${text} ${parsed.reason}`);
  return parsed;
}
