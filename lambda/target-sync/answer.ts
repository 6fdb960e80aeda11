import { type Cidr, isCidr, parseCidr } from '../../lib/allowlist/cidr';
import type { Endpoint } from './configuration';

/** What one look-up of a name came to. */
export type Answer =
  | { readonly kind: 'addresses'; readonly addresses: readonly string[]; readonly ttlSeconds: number }
  | { readonly kind: 'empty' }
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * Addresses that a network load balancer can have as targets wherever they are.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-type
 */
const PRIVATE = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16'].map(parseCidr).filter(isCidr);

/**
 * An answer with an address that cannot be a target counts as failed, all of it: a publicly accessible database
 * answers with its public address outside of the VPC, and a sinkhole answers with 0.0.0.0.
 */
export function usable(answer: Answer, { family, vpc }: Pick<Endpoint, 'family' | 'vpc'>): Answer {
  if (answer.kind !== 'addresses') return answer;
  if (answer.addresses.length === 0) return { kind: 'empty' };
  const reachable = (text: string) => family === 6 || isWithin(text, [...vpc, ...PRIVATE]);
  const wrong = answer.addresses.find((text) => familyOf(text) !== family || !reachable(text));
  return wrong === undefined
    ? { ...answer, addresses: [...new Set(answer.addresses.map(canonical))].sort() }
    : { kind: 'failed', reason: `the answer ${wrong} is no address that a load balancer can have as a target` };
}

/** Whether the address belongs to one of the blocks. */
export function isWithin(address: string, blocks: readonly Cidr[]): boolean {
  const parsed = parseCidr(address);
  if (!isCidr(parsed)) return false;
  return blocks.some(
    ({ family, first, last }) => family === parsed.family && first <= parsed.first && parsed.last <= last,
  );
}

/** The one spelling of an address; what is none stays as it is. */
export function canonical(address: string): string {
  const parsed = parseCidr(address);
  return isCidr(parsed) ? parsed.text.replace(/\/\d+$/, '') : address;
}

function familyOf(address: string): 4 | 6 | undefined {
  const parsed = parseCidr(address);
  return isCidr(parsed) && !address.includes('/') ? parsed.family : undefined;
}
