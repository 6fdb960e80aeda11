import { isCidr, parseCidr } from './cidr';
import { PRIVATE_ADDRESSES } from './special-ranges';

/**
 * A DNS server, as it is written for the function.
 *
 * @internal
 */
export interface DnsServer {
  /** Its address as a block. */
  readonly block: string;
  readonly family: 4 | 6;
  readonly port: number;
}

/** Reads `10.0.0.2`, `10.0.0.2:53`, `fd00::2` or `[fd00::2]:53`; nothing if it is none of these. */
export function parseDnsServer(text: string): DnsServer | undefined {
  const [, bracketed, ipv4, digits = '53'] = /^(?:\[([^\]]+)\]|([\d.]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const address = bracketed ?? ipv4 ?? text;
  const parsed = parseCidr(address);
  const port = Number(digits);
  return isCidr(parsed) && !address.includes('/') && port >= 1 && port <= 65_535
    ? { block: parsed.text, family: parsed.family, port }
    : undefined;
}

/** Whether only machines in its own network can reach the server. */
export function isPrivateDnsServer(text: string): boolean {
  const parsed = parseCidr(parseDnsServer(text)?.block ?? '');
  return isCidr(parsed) && (PRIVATE_ADDRESSES.contains(parsed) || parsed.text.startsWith('169.254.'));
}
