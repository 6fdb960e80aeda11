import fc from 'fast-check';
import { AddressSet } from '../../lib/allowlist/address-set';
import { checkBreadth, checkBreadthLimits, DEFAULT_BREADTH } from '../../lib/allowlist/breadth';
import { bitsOf, type Cidr, cidrAt, isCidr, parseCidr } from '../../lib/allowlist/cidr';
import { anyBlock, held, stretchesOf } from './blocks';

const cidr = (text: string): Cidr => {
  const block = parseCidr(text);
  if (!isCidr(block)) throw new Error(text);
  return block;
};
const set = (...texts: string[]): AddressSet => AddressSet.of(texts.map(cidr));
const rules = (addresses: AddressSet, limits = DEFAULT_BREADTH) =>
  checkBreadth(addresses, limits).map(({ rule }) => rule);

/** Blocks that only private networks use. */
const PRIVATE = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '64:ff9b:1::/48',
  'fc00::/7',
].map(cidr);

/** A block cut in two, again and again, at random. */
const pieces = (family: 4 | 6, prefix: number): fc.Arbitrary<Cidr[]> =>
  fc.array(fc.nat(), { maxLength: 40 }).map((cuts) => {
    const parts = [cidrAt(family, 0n, prefix)];
    for (const cut of cuts) {
      const [part] = parts.splice(cut % parts.length, 1);
      const half = (part.last - part.first + 1n) / 2n;
      parts.push(cidrAt(family, part.first, part.prefix + 1), cidrAt(family, part.first + half, part.prefix + 1));
    }
    return parts;
  });

describe('an allowlist is too broad', () => {
  test.each([4, 6] as const)('if it is all of IPv%d, in any pieces', (family) => {
    fc.assert(
      fc.property(pieces(family, 0), (blocks) => {
        expect(rules(AddressSet.of(blocks))).toEqual(['AllowlistTooBroad']);
      }),
    );
  });

  test('exactly if the stretches that some block holds are more than the limit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(anyBlock(4), anyBlock(6)), { maxLength: 8 }),
        fc.integer({ min: 0, max: 32 }),
        (blocks, prefix) => {
          const broad = ([4, 6] as const).filter((family) => {
            const size = stretchesOf([...blocks, ...PRIVATE])
              .filter((stretch) => stretch.family === family && held(stretch, blocks) && !held(stretch, PRIVATE))
              .reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
            return size > 2n ** BigInt(bitsOf(family) - prefix);
          });

          const found = checkBreadth(AddressSet.of(blocks), { ipv4: prefix, ipv6: prefix });

          expect(found.map(({ reason }) => /IPv(\d)/.exec(reason)?.[1])).toEqual(broad.map(String));
        },
      ),
    );
  });

  test.each([
    [['8.0.0.0/8'], []],
    [['8.0.0.0/9', '8.128.0.0/9'], []],
    [['8.0.0.0/8', '8.8.8.8'], []],
    [['8.0.0.0/8', '9.9.9.9'], ['AllowlistTooBroad']],
    [['2600::/24'], []],
    [['2600::/24', '2a00::1'], ['AllowlistTooBroad']],
    [
      ['8.0.0.0/7', '2600::/23'],
      ['AllowlistTooBroad', 'AllowlistTooBroad'],
    ],
  ])('beyond one /8 and one /24: %j', (texts, found) => {
    expect(rules(set(...texts))).toEqual(found);
  });

  test('beyond the limit that the user sets', () => {
    expect(rules(set('8.8.0.0/16', '9.9.9.9'), { ipv4: 16, ipv6: 32 })).toEqual(['AllowlistTooBroad']);
    expect(rules(set('0.0.0.0/0', '::/0'), { ipv4: 0, ipv6: 0 })).toEqual([]);
  });

  test('not for its private addresses', () => {
    expect(rules(AddressSet.of(PRIVATE))).toEqual([]);
    expect(rules(set('10.0.0.0/8', '8.0.0.0/8', '9.9.9.9'))).toEqual(['AllowlistTooBroad']);
    expect(rules(set('0.0.0.0/0'))).toEqual(['AllowlistTooBroad']);
  });
});

test('limits are prefix lengths', () => {
  expect(checkBreadthLimits({ ipv4: 0, ipv6: 128 })).toEqual([]);
  expect(checkBreadthLimits({ ipv4: -1, ipv6: 129 }).map(({ property }) => property)).toEqual([
    'broadest.ipv4',
    'broadest.ipv6',
  ]);
});
