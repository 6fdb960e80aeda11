import { isCidr, parseCidr } from '../../lib/network/cidr';
import { isWithin, PRIVATE_BLOCKS } from '../../lib/network/load-balancer-space';
import type { Endpoint } from './configuration';

/** What one lookup of a name came to. */
export type Answer =
  | { readonly kind: 'addresses'; readonly addresses: readonly string[]; readonly ttlSeconds: number }
  | { readonly kind: 'empty' }
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * Addresses that no host in a VPC has, whatever the configuration: this network, loopback, link-local, multicast, and
 * IPv6 that stands for IPv4 (mapped, compatible, NAT64), which would lead out of the VPC again.
 */
const NO_MACHINE = [
  '0.0.0.0/8',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/3',
  '::/96',
  '::ffff:0:0/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  'fe80::/10',
  'ff00::/8',
]
  .map(parseCidr)
  .filter(isCidr);

/**
 * An answer with an address that cannot be the database counts as failed, all of it: one that no load balancer has as a
 * target (a publicly accessible database answers with its public address outside the VPC, and a sinkhole with
 * 0.0.0.0), and one outside the blocks that the database's addresses come from, for IPv4 and IPv6 alike. Whoever can
 * forge an answer must not choose where database traffic goes.
 */
export function usable(answer: Answer, { family, vpc, from }: Pick<Endpoint, 'family' | 'vpc' | 'from'>): Answer {
  if (answer.kind !== 'addresses') return answer;
  if (answer.addresses.length === 0) return { kind: 'empty' };
  const canBeTarget = (text: string) =>
    familyOf(text) === family &&
    !isWithin(text, NO_MACHINE) &&
    (family === 6 || isWithin(text, [...vpc, ...PRIVATE_BLOCKS]));
  const impossible = answer.addresses.find((text) => !canBeTarget(text));
  if (impossible !== undefined) {
    return failed(`the answer ${impossible} is not an address that a load balancer can have as a target`);
  }
  const foreign = answer.addresses.find((text) => !isWithin(text, from));
  if (foreign !== undefined) {
    const blocks = from.map(({ text }) => text).join(', ');
    return failed(`the answer ${foreign} is outside ${blocks}, the allowed blocks for the database`);
  }
  return { ...answer, addresses: [...new Set(answer.addresses.map(canonical))].sort() };
}

function failed(reason: string): Answer {
  return { kind: 'failed', reason };
}

/** The canonical form of an address; anything else is returned unchanged. */
export function canonical(address: string): string {
  const parsed = parseCidr(address);
  return isCidr(parsed) ? parsed.text.replace(/\/\d+$/, '') : address;
}

function familyOf(address: string): 4 | 6 | undefined {
  const parsed = parseCidr(address);
  return isCidr(parsed) && !address.includes('/') ? parsed.family : undefined;
}
