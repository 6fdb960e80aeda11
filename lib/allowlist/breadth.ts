import type { Problem } from '../endpoint-error';
import type { AddressSet } from './address-set';
import { bitsOf } from './cidr';
import { PRIVATE_ADDRESSES } from './special-ranges';

/** How many addresses an allowlist may admit in total, as the prefix length of a block with that many. */
export interface BreadthLimits {
  readonly ipv4: number;
  readonly ipv6: number;
}

/** Sixteen million IPv4 addresses, more than any one organisation; and more IPv6 space than a large provider has. */
export const DEFAULT_BREADTH: BreadthLimits = { ipv4: 8, ipv6: 24 };

/**
 * Refuses an allowlist that admits too much of the address space, however small the pieces it is written in.
 *
 * Private addresses do not count: together they are more than a /8 already, and none comes over the internet.
 */
export function checkBreadth(admitted: AddressSet, limits: BreadthLimits = DEFAULT_BREADTH): Problem[] {
  return ([4, 6] as const).flatMap((family) => {
    const prefix = family === 4 ? limits.ipv4 : limits.ipv6;
    const allowed = 1n << BigInt(bitsOf(family) - prefix);
    const isTooBroad = admitted.size(family) > allowed && admitted.subtract(PRIVATE_ADDRESSES).size(family) > allowed;
    return isTooBroad ? [tooBroad(admitted, family, prefix)] : [];
  });
}

/** Refuses a limit that is no prefix length. */
export function checkBreadthLimits(limits: BreadthLimits): Problem[] {
  return ([4, 6] as const).flatMap((family) => {
    const value = family === 4 ? limits.ipv4 : limits.ipv6;
    const bits = bitsOf(family);
    if (Number.isInteger(value) && value >= 0 && value <= bits) return [];
    return [
      {
        rule: 'BreadthLimitInvalid',
        property: `broadest.ipv${family}`,
        value,
        reason: 'is not a prefix length',
        remedy: `Write a whole number from 0 to ${bits}: ${family === 4 ? '8 allows as many addresses as a /8 has' : '24 allows as many addresses as a /24 has'}.`,
      },
    ];
  });
}

function tooBroad(admitted: AddressSet, family: 4 | 6, prefix: number): Problem {
  const bits = bitsOf(family);
  const size = admitted.size(family);
  const times = inHundredths(size, 1n << BigInt(bits - prefix)).toLocaleString('en-US');
  const percent = inHundredths(size * 100n, 1n << BigInt(bits));
  const merged = admitted.toCidrs().filter((block) => block.family === family);
  const widest = merged.reduce((widest, block) => (block.prefix < widest.prefix ? block : widest));
  return {
    rule: 'AllowlistTooBroad',
    property: 'allow',
    reason: `admits ${percent} % of all IPv${family} addresses, ${times} times the limit of one /${prefix}; its entries add up to ${widest.text}${merged.length > 1 ? ' and more' : ''}`,
    remedy: 'List the addresses that clients have, or say AllowedSource.anywhere({ reason }) if everybody may connect.',
  };
}

/** Rounded up, so that what is over a limit is never shown as equal to it. */
function inHundredths(numerator: bigint, denominator: bigint): number {
  return Number((numerator * 100n + denominator - 1n) / denominator) / 100;
}
