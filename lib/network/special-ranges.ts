import { type AddressRange, AddressSet, holds } from './address-set';
import { type Cidr, isCidr, parseCidr } from './cidr';
import type { Mistake } from './mistake';

/** Where clients with addresses of a special-purpose range can come from. */
export type Reach = 'nowhere' | 'example' | 'inside' | 'unusual';

/**
 * A range of addresses set aside for a special purpose.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
export interface SpecialRange {
  /** What it is set aside for: a noun phrase. */
  readonly purpose: string;
  readonly rfc: string;
  readonly block: Cidr;
  readonly reach: Reach;
}

/** An entry that can never match is a mistake; one that matches in some networks gets a warning. */
export type SpecialRangeMistake = Mistake<'SourceNeverMatches' | 'SourceSeldomMatches'>;

/** What is wrong with an entry of an allowlist that lies in a special-purpose range as a whole. */
export function checkSpecialRange(entry: Cidr, internetFacing: boolean): SpecialRangeMistake | undefined {
  const range = specialRangeOf(entry);
  if (range === undefined) return undefined;
  // A reserved block may hold narrower ranges that clients do connect from, such as Teredo in 2001::/23.
  const reach = range.reach === 'nowhere' && !NOWHERE.contains(entry) ? 'unusual' : range.reach;
  const never = reach === 'nowhere';
  if (!internetFacing && !never && reach !== 'example') return undefined;
  const { consequence, remedy } = MEANINGS[reach];
  return {
    rule: never ? 'SourceNeverMatches' : 'SourceSeldomMatches',
    reason: `is ${range.purpose} (RFC ${range.rfc}): ${consequence}`,
    remedy,
  };
}

/** The narrowest special-purpose range that holds a block. */
export function specialRangeOf(block: AddressRange): SpecialRange | undefined {
  if (!SPECIAL.overlaps(block)) return undefined;
  const holder = NARROWEST_FIRST.find((range) => holds(range.block, block));
  if (holder !== undefined || !NOWHERE.contains(block)) return holder;
  // Wider than each range, but made of nothing else: 224.0.0.0/3 is the multicast and the reserved addresses.
  return SPECIAL_RANGES.find((range) => holds(block, range.block));
}

const MEANINGS: Record<Reach, { readonly consequence: string; readonly remedy: string }> = {
  nowhere: {
    consequence: 'no client ever connects from there',
    remedy: "Write the public address that the client's traffic comes from.",
  },
  // Not an error, although nothing comes from there: examples and tests rightly use it.
  example: {
    consequence: 'nobody connects from there',
    remedy: "Write the public address that the client's traffic comes from, before this is deployed.",
  },
  // The name of an internet-facing load balancer resolves to public addresses, so even clients in the same VPC arrive
  // from their public address or their NAT gateway's. Its nodes have private addresses too, which answer inside the
  // VPC, over peering and VPN; and an endpoint service shows the consumer's private address to the security groups.
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
  inside: {
    consequence:
      "it arrives only if clients use the load balancer's private addresses or PrivateLink, never over the internet",
    remedy:
      "Write the public address of the client's NAT gateway or proxy, or set internetFacing: false. Where such clients are meant, acknowledge SourceSeldomMatches.",
  },
  unusual: {
    consequence: 'clients hardly ever connect from there',
    remedy: "Write the address that the load balancer sees, which is usually the client's public IPv4 address.",
  },
};

// One row per range. `inside`: not for the internet, but private networks use it and a VPC or its neighbours may
// (AWS permits 100.64.0.0/10 and 198.19.0.0/16 in a VPC, never 169.254.0.0/16). `unusual`: the registry calls it
// globally reachable, or does not say. `example`: for documentation. All others are `nowhere`.
// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
const TABLE: readonly (readonly [block: string, reach: Reach, rfc: string, purpose: string])[] = [
  ['0.0.0.0/8', 'nowhere', '791', 'the block that means "this network"'],
  ['10.0.0.0/8', 'inside', '1918', 'a private range'],
  ['100.64.0.0/10', 'inside', '6598', 'shared address space behind carrier-grade NAT'],
  ['127.0.0.0/8', 'nowhere', '1122', 'the loopback range'],
  ['169.254.0.0/16', 'nowhere', '3927', 'the link-local range'],
  ['172.16.0.0/12', 'inside', '1918', 'a private range'],
  ['192.0.0.0/24', 'nowhere', '6890', 'reserved for IETF protocols'],
  ['192.0.0.9/32', 'unusual', '7723', 'the anycast address of the Port Control Protocol'],
  ['192.0.0.10/32', 'unusual', '8155', 'the anycast address of TURN'],
  ['192.0.2.0/24', 'example', '5737', 'a range for examples in documentation'],
  ['192.31.196.0/24', 'unusual', '7535', 'the AS112 DNS sink'],
  ['192.52.193.0/24', 'unusual', '7450', 'the anycast range of multicast tunnelling (AMT)'],
  ['192.88.99.0/24', 'unusual', '7526', 'the retired 6to4 relay anycast range'],
  ['192.168.0.0/16', 'inside', '1918', 'a private range'],
  ['192.175.48.0/24', 'unusual', '7534', 'the AS112 DNS sink'],
  ['198.18.0.0/15', 'inside', '2544', 'a range for benchmarks, which some private networks use'],
  ['198.51.100.0/24', 'example', '5737', 'a range for examples in documentation'],
  ['203.0.113.0/24', 'example', '5737', 'a range for examples in documentation'],
  ['224.0.0.0/4', 'nowhere', '5771', 'the multicast range'],
  ['240.0.0.0/4', 'nowhere', '1112', 'reserved for future use'],
  ['255.255.255.255/32', 'nowhere', '8190', 'the broadcast address'],

  // Of all IPv6 addresses only 2000::/3 is given out to networks (RFC 4291); the rest is reserved.
  ['::/3', 'nowhere', '4291', 'outside the unicast range 2000::/3'],
  ['4000::/2', 'nowhere', '4291', 'outside the unicast range 2000::/3'],
  ['8000::/1', 'nowhere', '4291', 'outside the unicast range 2000::/3'],
  ['::/128', 'nowhere', '4291', 'the unspecified address'],
  ['::1/128', 'nowhere', '4291', 'the loopback address'],
  ['::/96', 'nowhere', '4291', 'the retired range of IPv4-compatible addresses'],
  ['::ffff:0:0/96', 'nowhere', '4291', 'the range of IPv4-mapped addresses, which never travel'],
  ['64:ff9b::/96', 'unusual', '6052', 'the NAT64 prefix'],
  ['64:ff9b:1::/48', 'inside', '8215', 'the NAT64 prefix for local use'],
  ['100::/64', 'nowhere', '6666', 'the discard-only range'],
  ['100:0:0:1::/64', 'nowhere', '9780', 'the dummy prefix'],
  ['2001::/23', 'nowhere', '2928', 'reserved for IETF protocols'],
  ['2001::/32', 'unusual', '4380', 'the Teredo tunnelling range'],
  ['2001:1::1/128', 'unusual', '7723', 'the anycast address of the Port Control Protocol'],
  ['2001:1::2/128', 'unusual', '8155', 'the anycast address of TURN'],
  ['2001:1::3/128', 'unusual', '9665', 'the anycast address of DNS-SD registration'],
  ['2001:2::/48', 'nowhere', '5180', 'a range for benchmarks'],
  ['2001:3::/32', 'unusual', '7450', 'the anycast range of multicast tunnelling (AMT)'],
  ['2001:4:112::/48', 'unusual', '7535', 'the AS112 DNS sink'],
  ['2001:10::/28', 'nowhere', '4843', 'the retired ORCHID range of identifiers'],
  ['2001:20::/28', 'unusual', '7343', 'the ORCHIDv2 range of identifiers'],
  ['2001:30::/28', 'unusual', '9374', 'the range of drone identifiers'],
  ['2001:db8::/32', 'example', '3849', 'a range for examples in documentation'],
  ['2002::/16', 'unusual', '3056', 'the retired 6to4 tunnelling range'],
  ['2620:4f:8000::/48', 'unusual', '7534', 'the AS112 DNS sink'],
  ['3fff::/20', 'example', '9637', 'a range for examples in documentation'],
  ['5f00::/16', 'nowhere', '9602', 'the range of segment-routing identifiers'],
  ['fc00::/7', 'inside', '4193', 'the range of unique local (private) addresses'],
  ['fe80::/10', 'nowhere', '4291', 'the link-local range'],
  ['fec0::/10', 'nowhere', '3879', 'the retired site-local range'],
  ['ff00::/8', 'nowhere', '4291', 'the multicast range'],
];

/** Every range, in the order of the addresses. */
export const SPECIAL_RANGES: readonly SpecialRange[] = TABLE.map(([text, reach, rfc, purpose]) => {
  const block = parseCidr(text);
  if (!isCidr(block)) throw new Error(`${text} ${block.reason}`);
  return { purpose, rfc, block, reach };
});

const NARROWEST_FIRST = [...SPECIAL_RANGES].sort((a, b) => b.block.prefix - a.block.prefix);
const SPECIAL = AddressSet.of(SPECIAL_RANGES.map(({ block }) => block));
const NOWHERE = reaching('nowhere').subtract(reaching('inside')).subtract(reaching('unusual'));

/** Whether no machine has an address of a block. */
export function isUnreachable(block: AddressRange): boolean {
  return NOWHERE.contains(block);
}

/** Blocks that contain every address that no host has, and the exceptions within them. */
export const UNREACHABLE_BLOCKS = {
  blocks: outermost(SPECIAL_RANGES.filter(({ reach }) => reach === 'nowhere')),
  exceptions: outermost(SPECIAL_RANGES.filter(({ reach }) => reach === 'inside' || reach === 'unusual')),
};

/** The addresses that exist only inside private networks. */
export const PRIVATE_ADDRESSES = reaching('inside');

function reaching(reach: Reach): AddressSet {
  return AddressSet.of(SPECIAL_RANGES.filter((range) => range.reach === reach).map(({ block }) => block));
}

function outermost(ranges: readonly SpecialRange[]): string[] {
  const blocks = ranges.map(({ block }) => block);
  return blocks
    .filter((inner) => !blocks.some((outer) => outer !== inner && holds(outer, inner)))
    .map(({ text }) => text);
}
