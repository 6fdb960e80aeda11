import { holds } from './address-set';
import { type Cidr, isCidr, parseCidr } from './cidr';

/**
 * Blocks of addresses that a network load balancer can have as targets in any network (RFC 1918 and RFC 6598).
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-type
 */
export const PRIVATE_BLOCKS: readonly Cidr[] = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16']
  .map(parseCidr)
  .filter(isCidr);

/** Whether an address, or a whole block, belongs to one of several blocks. Anything else belongs to none. */
export function isWithin(text: string, blocks: readonly Cidr[]): boolean {
  const parsed = parseCidr(text);
  return isCidr(parsed) && blocks.some((block) => holds(block, parsed));
}
