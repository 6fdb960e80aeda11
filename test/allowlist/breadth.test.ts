import fc from 'fast-check';
import { AllowedSource } from '../../lib';
import type { AllowedBlock } from '../../lib/allowlist/allowlist';
import { checkBreadth, checkBreadthLimits, DEFAULT_BREADTH } from '../../lib/allowlist/breadth';
import { bitsOf, type Cidr, cidrAt } from '../../lib/network/cidr';
import { block } from '../network/block';
import { anyBlock, held, stretchesOf } from './blocks';

const entries = (blocks: readonly Cidr[]): AllowedBlock[] =>
  blocks.map((block, i) => ({
    property: `allow[${i}]`,
    text: block.text,
    cidr: block,
    source: AllowedSource.cidr(block.text),
  }));
const set = (...texts: string[]): Cidr[] => texts.map(block);
const found = (blocks: readonly Cidr[], limits = DEFAULT_BREADTH) => checkBreadth(entries(blocks), limits);
const rules = (blocks: readonly Cidr[], limits = DEFAULT_BREADTH) => found(blocks, limits).map(({ rule }) => rule);
/** The families that are too broad: each is said once for each entry that is too broad by itself. */
const families = (blocks: readonly Cidr[], limits = DEFAULT_BREADTH) => [
  ...new Set(found(blocks, limits).map(({ reason }) => /IPv(\d)/.exec(reason)?.[1])),
];

/** Blocks that only private networks use. */
const PRIVATE = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '64:ff9b:1::/48',
  'fc00::/7',
].map(block);

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
        expect(families(blocks)).toEqual([String(family)]);
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

          expect(families(blocks, { ipv4: prefix, ipv6: prefix })).toEqual(broad.map(String));
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
    expect(rules(PRIVATE)).toEqual([]);
    expect(rules(set('10.0.0.0/8', '8.0.0.0/8', '9.9.9.9'))).toEqual(['AllowlistTooBroad']);
    expect(rules(set('0.0.0.0/0'))).toEqual(['AllowlistTooBroad']);
  });
});

test('limits are prefix lengths', () => {
  expect(checkBreadthLimits({ ipv4: 0, ipv6: 128 })).toEqual([]);
  expect(checkBreadthLimits({ ipv4: -1, ipv6: 129 }).map(({ property }) => property)).toEqual([
    'allowlist.maxBreadth.ipv4',
    'allowlist.maxBreadth.ipv6',
  ]);
});

describe('the refusal of an allowlist that is too broad', () => {
  test('names the one entry that is too broad by itself, among hundreds', () => {
    const many = Array.from({ length: 500 }, (_, i) => `8.8.${i >> 8}.${i & 255}`);

    expect(found(set(...many.slice(0, 321), '0.0.0.0/0', ...many.slice(321)))).toEqual([
      expect.objectContaining({
        property: 'allow[321]',
        value: '0.0.0.0/0',
        reason: expect.stringMatching(/^admits 100 %/),
      }),
    ]);
  });

  test('names every entry that is too broad by itself, and what is left if that is too broad as well', () => {
    const problems = found(set('64.0.0.0/2', '12.0.0.0/9', '12.128.0.0/9', '13.0.0.0/9', '128.0.0.0/1'));

    expect(problems.map(({ property }) => property)).toEqual(['allow[0]', 'allow[4]', 'allow']);
  });

  test('names the widest entries where none is too broad by itself', () => {
    const [problem] = found(set('9.9.9.9/32', '12.0.0.0/9', '13.128.0.0/9', '14.0.0.0/10', '15.0.0.0/16'));

    expect(problem.property).toBe('allow');
    expect(problem.reason).toMatch(
      /its widest entries are 12\.0\.0\.0\/9 \(allow\[1\]\), 13\.128\.0\.0\/9 \(allow\[2\]\), 14\.0\.0\.0\/10 \(allow\[3\]\)$/,
    );
  });
});
