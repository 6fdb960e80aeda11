import { type Cidr, type CidrMistake, parseCidr } from './cidr';

/** Several rules look at each block, and endpoints of a fleet often admit the same clients. */
const KNOWN = new Map<string, Cidr | CidrMistake>();

/** Long lists are not kept. */
const MOST_KNOWN = 1000;

/** Reads a block like `parseCidr`, and remembers it. */
export function knownCidr(text: string): Cidr | CidrMistake {
  const known = KNOWN.get(text);
  if (known) return known;
  const parsed = parseCidr(text);
  if (KNOWN.size < MOST_KNOWN) KNOWN.set(text, parsed);
  return parsed;
}
