import fc from 'fast-check';
import { AddressSet } from '../../lib/network/address-set';
import { anyBlock, blockList, crowdedBlock, held, stretchesOf } from '../allowlist/blocks';
import { block } from './block';

const set = (...texts: string[]): AddressSet => AddressSet.of(texts.map(block));
const cidrs = (addresses: AddressSet): string[] => addresses.toCidrs().map(({ text }) => text);

describe('a set of addresses', () => {
  test('holds exactly the addresses of its blocks', () => {
    fc.assert(
      fc.property(blockList, blockList, (blocks, others) => {
        const addresses = AddressSet.of(blocks);
        for (const stretch of stretchesOf([...blocks, ...others])) {
          expect(addresses.contains(stretch)).toBe(held(stretch, blocks));
          expect(addresses.overlaps(stretch)).toBe(held(stretch, blocks));
        }
      }),
    );
  });

  test('is as large as the stretches that some block holds', () => {
    fc.assert(
      fc.property(blockList, (blocks) => {
        const addresses = AddressSet.of(blocks);
        for (const family of [4, 6] as const) {
          const size = stretchesOf(blocks)
            .filter((stretch) => stretch.family === family && held(stretch, blocks))
            .reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
          expect(addresses.size(family)).toBe(size);
        }
      }),
    );
  });

  test('is the same for any order and any repetition', () => {
    fc.assert(
      fc.property(
        blockList.chain((blocks) =>
          fc.tuple(fc.constant(blocks), fc.shuffledSubarray([...blocks, ...blocks], { minLength: 2 * blocks.length })),
        ),
        ([blocks, shuffled]) => {
          const runs = (set: AddressSet) => set.ranges.map(({ family, first, last }) => ({ family, first, last }));
          expect(runs(AddressSet.of(shuffled))).toEqual(runs(AddressSet.of(blocks)));
        },
      ),
    );
  });

  test('contains a range only if it holds all of it', () => {
    const addresses = set('10.0.0.0/25', '10.0.0.128/25', '2001:db8::/33');

    expect(addresses.contains(block('10.0.0.0/24'))).toBe(true);
    expect(addresses.contains(block('10.0.0.0/23'))).toBe(false);
    expect(addresses.contains(block('2001:db8::/32'))).toBe(false);
    expect(addresses.overlaps(block('2001:db8::/32'))).toBe(true);
    expect(addresses.overlaps(block('9.255.255.255'))).toBe(false);
    expect(addresses.overlaps(block('10.0.1.0'))).toBe(false);
  });

  test('keeps the families apart', () => {
    const addresses = set('0.0.0.0/0');

    expect(addresses.contains(block('::/128'))).toBe(false);
    expect(addresses.size(6)).toBe(0n);
  });

  test('can be empty', () => {
    expect(set().isEmpty).toBe(true);
    expect(set('10.0.0.1').isEmpty).toBe(false);
    expect(set().toCidrs()).toEqual([]);
    expect(set().overlaps(block('0.0.0.0/0'))).toBe(false);
  });
});

describe('subtraction', () => {
  test('leaves exactly the stretches that the first holds and the second does not', () => {
    fc.assert(
      fc.property(blockList, blockList, (blocks, others) => {
        const rest = AddressSet.of(blocks).subtract(AddressSet.of(others));
        for (const stretch of stretchesOf([...blocks, ...others])) {
          const expected = held(stretch, blocks) && !held(stretch, others);
          expect(rest.contains(stretch)).toBe(expected);
          expect(rest.overlaps(stretch)).toBe(expected);
        }
      }),
    );
  });

  test.each([
    [['10.0.0.0/30'], ['10.0.0.1'], ['10.0.0.0/32', '10.0.0.2/31']],
    [['10.0.0.0/30'], ['10.0.0.0/24'], []],
    [
      ['10.0.0.0/31', '10.0.0.4/31'],
      ['10.0.0.1', '10.0.0.4'],
      ['10.0.0.0/32', '10.0.0.5/32'],
    ],
    [['10.0.0.0/32', '10.0.0.2/32', '10.0.0.4/32'], ['10.0.0.0/30'], ['10.0.0.4/32']],
    [['::/0'], ['8000::/1'], ['::/1']],
  ])('of %j and %j leaves %j', (from, what, rest) => {
    expect(cidrs(set(...from).subtract(set(...what)))).toEqual(rest);
  });
});

test('an intersection holds what both hold', () => {
  fc.assert(
    fc.property(blockList, blockList, (blocks, others) => {
      const both = AddressSet.of(blocks).intersect(AddressSet.of(others));
      for (const stretch of stretchesOf([...blocks, ...others])) {
        const expected = held(stretch, blocks) && held(stretch, others);
        expect(both.contains(stretch)).toBe(expected);
        expect(both.overlaps(stretch)).toBe(expected);
      }
    }),
  );
});

describe('a union', () => {
  test('holds what either holds', () => {
    fc.assert(
      fc.property(blockList, blockList, (blocks, others) => {
        const both = AddressSet.of(blocks).union(AddressSet.of(others));

        expect(both.ranges).toEqual(AddressSet.of([...blocks, ...others]).ranges);
      }),
    );
  });
});

describe('the blocks of a set', () => {
  test('cover it exactly', () => {
    fc.assert(
      fc.property(blockList, (blocks) => {
        const merged = AddressSet.of(blocks).toCidrs();
        for (const stretch of stretchesOf([...blocks, ...merged])) {
          expect(held(stretch, merged)).toBe(held(stretch, blocks));
        }
      }),
    );
  });

  test('are as few as can be: no two of them make one larger block', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(crowdedBlock(4), anyBlock(6)), { maxLength: 40 }), (blocks) => {
        const merged = AddressSet.of(blocks).toCidrs();
        const texts = new Set(merged.map(({ text }) => text));
        expect(texts.size).toBe(merged.length);
        for (const { family, first, last, prefix } of merged) {
          const size = last - first + 1n;
          const sibling = merged.find(
            (other) => other.family === family && other.prefix === prefix && other.first === (first ^ size),
          );
          expect(sibling).toBeUndefined();
        }
      }),
    );
  });

  test.each([
    [['10.0.0.0/25', '10.0.0.128/25'], ['10.0.0.0/24']],
    [
      ['10.0.0.128/25', '10.0.1.0/25'],
      ['10.0.0.128/25', '10.0.1.0/25'],
    ],
    [['10.0.0.0/24', '10.0.0.7'], ['10.0.0.0/24']],
    [['0.0.0.0/1', '128.0.0.0/1'], ['0.0.0.0/0']],
    [['::/1', '8000::/1'], ['::/0']],
    [['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.0'], ['10.0.0.0/30']],
    [['255.255.255.254', '255.255.255.255'], ['255.255.255.254/31']],
  ])('of %j are %j', (written, merged) => {
    expect(cidrs(set(...written))).toEqual(merged);
  });

  test('are IPv4 first, in ascending order', () => {
    expect(cidrs(set('2001:db8::/32', '203.0.113.7', '10.0.0.0/8'))).toEqual([
      '10.0.0.0/8',
      '203.0.113.7/32',
      '2001:db8::/32',
    ]);
  });
});
