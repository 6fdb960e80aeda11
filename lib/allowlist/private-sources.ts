import { PRIVATE_ADDRESSES } from '../network/special-ranges';
import type { Allowlist } from './allowlist';

/**
 * Whether a client with a private address may come in: over PrivateLink, security groups see no other ones. What is known
 * after apply may hold one, and so may a prefix list; security groups of other VPCs do not match there.
 */
export function admitsPrivateAddresses({ blocks, computed, lists, prefixLists }: Allowlist): boolean {
  return (
    computed.length + lists.length + prefixLists.length > 0 ||
    blocks.some(({ cidr }) => PRIVATE_ADDRESSES.overlaps(cidr))
  );
}
