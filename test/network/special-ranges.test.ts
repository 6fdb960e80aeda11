import { checkSpecialRange, SPECIAL_RANGES, specialRangeOf } from '../../lib/network/special-ranges';
import { block } from './block';

describe.each([true, false])('whether internet-facing or not (%s)', (internetFacing) => {
  test.each([
    ['192.0.2.0/24', 'a range for examples in documentation (RFC 5737)'],
    ['198.51.100.7', 'a range for examples in documentation (RFC 5737)'],
    ['203.0.113.0/25', 'a range for examples in documentation (RFC 5737)'],
    ['2001:db8::/32', 'a range for examples in documentation (RFC 3849)'],
    ['3fff::1', 'a range for examples in documentation (RFC 9637)'],
  ])('%s is worth a warning, and examples may use it: %s', (text, purpose) => {
    expect(checkSpecialRange(block(text), internetFacing)).toEqual({
      rule: 'SourceSeldomMatches',
      reason: `is ${purpose}: nobody connects from there`,
      remedy: "Write the public address that the client's traffic comes from, before this is deployed.",
    });
  });
});

describe('on an internet-facing endpoint', () => {
  test.each([
    ['0.0.0.1', 'the block that means "this network" (RFC 791)'],
    ['127.0.0.1', 'the loopback range (RFC 1122)'],
    ['169.254.169.254', 'the link-local range (RFC 3927)'],
    ['192.0.0.8', 'reserved for IETF protocols (RFC 6890)'],
    ['224.0.0.1', 'the multicast range (RFC 5771)'],
    ['239.255.255.255', 'the multicast range (RFC 5771)'],
    ['240.0.0.0/4', 'reserved for future use (RFC 1112)'],
    ['255.255.255.255', 'the broadcast address (RFC 8190)'],
    ['224.0.0.0/3', 'the multicast range (RFC 5771)'],
    ['::', 'the unspecified address (RFC 4291)'],
    ['::1', 'the loopback address (RFC 4291)'],
    ['::cb00:7107', 'the retired range of IPv4-compatible addresses (RFC 4291)'],
    ['::ffff:cb00:7107', 'the range of IPv4-mapped addresses, which never travel (RFC 4291)'],
    ['100::/64', 'the discard-only range (RFC 6666)'],
    ['100:0:0:1::/64', 'the dummy prefix (RFC 9780)'],
    ['200::/8', 'outside the unicast range 2000::/3 (RFC 4291)'],
    ['4000::/16', 'outside the unicast range 2000::/3 (RFC 4291)'],
    ['c000::/16', 'outside the unicast range 2000::/3 (RFC 4291)'],
    ['2001:2::/48', 'a range for benchmarks (RFC 5180)'],
    ['2001:10::/28', 'the retired ORCHID range of identifiers (RFC 4843)'],
    ['5f00::/32', 'the range of segment-routing identifiers (RFC 9602)'],
    ['fe80::1', 'the link-local range (RFC 4291)'],
    ['fec0::/48', 'the retired site-local range (RFC 3879)'],
    ['ff02::1', 'the multicast range (RFC 4291)'],
  ])('%s can never match: it is %s', (text, purpose) => {
    expect(checkSpecialRange(block(text), true)).toEqual({
      rule: 'SourceNeverMatches',
      reason: `is ${purpose}: no client ever connects from there`,
      remedy: "Write the public address that the client's traffic comes from.",
    });
  });

  test.each([
    ['10.20.0.0/16', 'a private range (RFC 1918)'],
    ['172.16.0.0/12', 'a private range (RFC 1918)'],
    ['192.168.1.7', 'a private range (RFC 1918)'],
    ['100.64.0.0/10', 'shared address space behind carrier-grade NAT (RFC 6598)'],
    ['198.19.0.0/16', 'a range for benchmarks, which some private networks use (RFC 2544)'],
    ['fd00:1234::/48', 'the range of unique local (private) addresses (RFC 4193)'],
    ['64:ff9b:1::/96', 'the NAT64 prefix for local use (RFC 8215)'],
  ])('%s matches from the inside only: it is %s', (text, purpose) => {
    expect(checkSpecialRange(block(text), true)).toEqual({
      rule: 'SourceSeldomMatches',
      reason: `is ${purpose}: it arrives only if clients use the load balancer's private addresses or PrivateLink, never over the internet`,
      remedy:
        "Write the public address of the client's NAT gateway or proxy, or set internetFacing: false. Where such clients are meant, acknowledge SourceSeldomMatches.",
    });
  });

  test.each([
    ['192.88.99.1', 'the retired 6to4 relay anycast range (RFC 7526)'],
    ['192.0.0.9', 'the anycast address of the Port Control Protocol (RFC 7723)'],
    ['2002:cb00:7107::/48', 'the retired 6to4 tunnelling range (RFC 3056)'],
    ['2001:0:1::/48', 'the Teredo tunnelling range (RFC 4380)'],
    ['64:ff9b::cb00:7107', 'the NAT64 prefix (RFC 6052)'],
    ['2001:20::/28', 'the ORCHIDv2 range of identifiers (RFC 7343)'],
    // Reserved, but for the anycast addresses in it.
    ['192.0.0.0/24', 'reserved for IETF protocols (RFC 6890)'],
  ])('%s is worth a second look: it is %s', (text, purpose) => {
    expect(checkSpecialRange(block(text), true)).toMatchObject({
      rule: 'SourceSeldomMatches',
      reason: `is ${purpose}: clients hardly ever connect from there`,
    });
  });
});

describe('on an internal endpoint', () => {
  test.each(['10.0.0.0/8', '100.64.0.0/10', 'fd00::/8', '2002::/16'])('%s is an ordinary source', (text) => {
    expect(checkSpecialRange(block(text), false)).toBeUndefined();
  });

  test.each(['127.0.0.1', '224.0.0.0/4', 'fe80::/10'])('%s can never match either', (text) => {
    expect(checkSpecialRange(block(text), false)?.rule).toBe('SourceNeverMatches');
  });
});

test.each([
  '8.8.8.8',
  '1.1.1.0/24',
  '192.0.1.0/24',
  '9.255.255.255',
  '11.0.0.0',
  '172.32.0.0',
  '2600:1f13::/36',
  '2001:4860::/32',
])('%s is an ordinary source anywhere', (text) => {
  expect(checkSpecialRange(block(text), true)).toBeUndefined();
});

test.each(['0.0.0.0/0', '192.0.0.0/8', '2000::/3'])(
  '%s is wider than the special ranges in it, so the other guards judge it',
  (text) => {
    expect(specialRangeOf(block(text))).toBeUndefined();
  },
);

test.each(SPECIAL_RANGES.map((range) => [range.block.text, range] as const))(
  '%s is found by its own block',
  (_, range) => {
    expect(specialRangeOf(range.block)).toBe(range);
  },
);

/**
 * The registries of IANA by hand, apart from the table of the library: a block, and whether it is globally reachable.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const REGISTRIES: Readonly<Record<'unreachable' | 'reachable' | 'notApplicable', readonly string[]>> = {
  unreachable: [
    ...['0.0.0.0/8', '0.0.0.0/32', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
    ...['192.0.0.0/24', '192.0.0.0/29', '192.0.0.8/32', '192.0.0.170/32', '192.0.0.171/32', '192.0.2.0/24'],
    ...['192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '240.0.0.0/4', '255.255.255.255/32'],
    ...['::1/128', '::/128', '::ffff:0:0/96', '64:ff9b:1::/48', '100::/64', '100:0:0:1::/64', '2001::/23'],
    ...['2001:2::/48', '2001:db8::/32', '3fff::/20', '5f00::/16', 'fc00::/7', 'fe80::/10'],
  ],
  reachable: [
    ...['192.0.0.9/32', '192.0.0.10/32', '192.31.196.0/24', '192.52.193.0/24', '192.175.48.0/24', '64:ff9b::/96'],
    ...['2001:1::1/128', '2001:1::2/128', '2001:1::3/128', '2001:3::/32', '2001:4:112::/48', '2001:20::/28'],
    ...['2001:30::/28', '2620:4f:8000::/48'],
  ],
  notApplicable: ['192.88.99.0/24', '2001::/32', '2001:10::/28', '2002::/16'],
};

/** Blocks that other documents set aside: multicast, what is not unicast, and ranges that are retired. */
const BESIDE_THE_REGISTRIES = [...['224.0.0.0/4', 'ff00::/8', '::/3', '4000::/2', '8000::/1', '::/96', 'fec0::/10']];

describe('the registries of IANA', () => {
  test.each(REGISTRIES.unreachable)('say that %s is not globally reachable, and no client comes from there', (text) => {
    expect(['nowhere', 'inside', 'example']).toContain(specialRangeOf(block(text))?.reach);
  });

  test.each(REGISTRIES.reachable)('say that %s is globally reachable, and a client may come from there', (text) => {
    expect(specialRangeOf(block(text))?.reach).toBe('unusual');
  });

  test.each(REGISTRIES.notApplicable)('do not say whether %s is reachable, and it is known', (text) => {
    expect(specialRangeOf(block(text))?.block.text).toBe(text);
  });

  test('and few other documents name every range of the library', () => {
    const named = [...Object.values(REGISTRIES).flat(), ...BESIDE_THE_REGISTRIES];

    expect(SPECIAL_RANGES.map((range) => range.block.text).filter((text) => !named.includes(text))).toEqual([]);
  });
});
