import { AddressSet } from '../network/address-set';
import { bitsOf, type Cidr } from '../network/cidr';
import { PRIVATE_ADDRESSES } from '../network/special-ranges';
import type { NamedFinding } from '../rules/rule-book';
import type { AllowedBlock } from './allowlist';
import { originText } from './origin';

/** How many addresses an allowlist may admit in total, as the prefix length of a block with that many. */
export interface BreadthLimits {
  readonly ipv4: number;
  readonly ipv6: number;
}

/** Sixteen million IPv4 addresses, more than any one organisation; and more IPv6 space than a large provider has. */
export const DEFAULT_BREADTH: BreadthLimits = { ipv4: 8, ipv6: 24 };

/** How many addresses of a family the limits allow. */
export function addressesWithin(limits: BreadthLimits, family: 4 | 6): bigint {
  return 1n << BigInt(bitsOf(family) - (family === 4 ? limits.ipv4 : limits.ipv6));
}

/**
 * Refuses an allowlist that admits too much of the address space, however small the pieces it is written in. Names the
 * entries that are too broad by themselves, or those that contribute most.
 *
 * Private addresses do not count: together they are more than a /8 already, and none comes over the internet.
 *
 * @param admitted what the blocks admit together.
 */
export function checkBreadth(
  blocks: readonly AllowedBlock[],
  limits: BreadthLimits = DEFAULT_BREADTH,
  admitted = AddressSet.of(blocks.map(({ cidr }) => cidr)),
): NamedFinding<'AllowlistTooBroad'>[] {
  return ([4, 6] as const).flatMap((family) => {
    const allowed = addressesWithin(limits, family);
    // If there are few enough addresses including private ones, the latter need not be subtracted.
    const isTooBroad = (set: AddressSet) =>
      set.size(family) > allowed && set.subtract(PRIVATE_ADDRESSES).size(family) > allowed;
    if (!isTooBroad(admitted)) return [];
    const own = blocks.filter(({ cidr }) => cidr.family === family);
    const isWide = ({ cidr }: AllowedBlock) => cidr.last - cidr.first >= allowed && isTooBroad(AddressSet.of([cidr]));
    const wide = own.filter(isWide);
    const others = wide.length === 0 ? own : own.filter((block) => !isWide(block));
    const rest = wide.length === 0 ? admitted : AddressSet.of(others.map(({ cidr }) => cidr));
    return [
      ...wide.map((block) => tooBroadByItself(block, limits)),
      ...(isTooBroad(rest) ? [tooBroadTogether(others, rest, family, limits)] : []),
    ];
  });
}

/** Refuses a limit that is not a prefix length. */
export function checkBreadthLimits(limits: BreadthLimits): NamedFinding<'BreadthLimitInvalid'>[] {
  return ([4, 6] as const).flatMap((family) => {
    const value = family === 4 ? limits.ipv4 : limits.ipv6;
    const bits = bitsOf(family);
    if (Number.isInteger(value) && value >= 0 && value <= bits) return [];
    return [
      {
        rule: 'BreadthLimitInvalid',
        property: `allowlist.maxBreadth.ipv${family}`,
        value,
        reason: 'is not a prefix length',
        remedy: `Write a whole number from 0 to ${bits}: ${family === 4 ? '8 allows as many addresses as a /8 has' : '24 allows as many addresses as a /24 has'}.`,
      },
    ];
  });
}

function tooBroadByItself(block: AllowedBlock, limits: BreadthLimits): NamedFinding<'AllowlistTooBroad'> {
  const { property, location, text, cidr } = block;
  return {
    rule: 'AllowlistTooBroad',
    property,
    location,
    value: text,
    reason: `admits ${shareOf(sizeOf(cidr), cidr.family, limits)}`,
    remedy: remedyFor([block]),
  };
}

function tooBroadTogether(
  blocks: readonly AllowedBlock[],
  admitted: AddressSet,
  family: 4 | 6,
  limits: BreadthLimits,
): NamedFinding<'AllowlistTooBroad'> {
  const widest = [...blocks].sort((a, b) => a.cidr.prefix - b.cidr.prefix).slice(0, SHOWN);
  const shown = widest.map((block) => `${block.text} (${originText(block)})`).join(', ');
  return {
    rule: 'AllowlistTooBroad',
    property: 'allow',
    reason: `admits ${shareOf(admitted.size(family), family, limits)}; its widest entries are ${shown}`,
    remedy: remedyFor(widest),
  };
}

/** How many of the widest entries are named. */
const SHOWN = 3;

function shareOf(size: bigint, family: 4 | 6, limits: BreadthLimits): string {
  const prefix = family === 4 ? limits.ipv4 : limits.ipv6;
  const times = inHundredths(size, addressesWithin(limits, family)).toLocaleString('en-US');
  const percent = inHundredths(size * 100n, 1n << BigInt(bitsOf(family)));
  return `${percent} % of all IPv${family} addresses, ${times} times the limit of one /${prefix}`;
}

/** How to admit everybody depends on where the entries are: in code, or in a file. */
function remedyFor(blocks: readonly AllowedBlock[]): string {
  const fromFile = blocks.map(({ source }) => source._origin !== undefined);
  const inCode = 'write AllowedSource.anywhere({ reason })';
  const inFile = 'write an entry with anywhere: true and a reason';
  const ways = [...(fromFile.includes(false) ? [inCode] : []), ...(fromFile.includes(true) ? [inFile] : [])];
  return `List the clients' addresses, or ${ways.join(' or ')} if everybody may connect.`;
}

function sizeOf({ first, last }: Cidr): bigint {
  return last - first + 1n;
}

/** Rounded up, so that what is over a limit is never shown as equal to it. */
function inHundredths(numerator: bigint, denominator: bigint): number {
  return Number((numerator * 100n + denominator - 1n) / denominator) / 100;
}
