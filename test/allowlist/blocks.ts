import fc from 'fast-check';
import { bitsOf, type Cidr, cidrAt } from '../../lib/network/cidr';

/** Blocks of one family that crowd together, so that they nest, touch and repeat. */
export function crowdedBlock(family: 4 | 6): fc.Arbitrary<Cidr> {
  const bits = bitsOf(family);
  const base = family === 4 ? 0x0a000000n : 0x20010db8n << 96n;
  return fc
    .record({ offset: fc.integer({ min: 0, max: 255 }), free: fc.integer({ min: 0, max: 6 }) })
    .map(({ offset, free }) => {
      const size = 1n << BigInt(free);
      return cidrAt(family, base + (BigInt(offset) / size) * size, bits - free);
    });
}

/** Blocks of any place and size. */
export function anyBlock(family: 4 | 6): fc.Arbitrary<Cidr> {
  const bits = bitsOf(family);
  return fc
    .record({
      address: fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n }),
      prefix: fc.integer({ min: 0, max: bits }),
    })
    .map(({ address, prefix }) => {
      const size = 1n << BigInt(bits - prefix);
      return cidrAt(family, (address / size) * size, prefix);
    });
}

export const blockList: fc.Arbitrary<Cidr[]> = fc.array(
  fc.oneof(crowdedBlock(4), crowdedBlock(6), anyBlock(4), anyBlock(6)),
  { maxLength: 30 },
);

/** A stretch of addresses between two neighbouring ends of blocks. */
export interface Stretch {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/**
 * Cuts all addresses at every end of every block. Each stretch lies inside or outside of any block as a whole, so a
 * claim about a set of addresses can be checked stretch by stretch: the slow way that needs no sorting of intervals.
 */
export function stretchesOf(blocks: readonly Cidr[]): Stretch[] {
  return ([4, 6] as const).flatMap((family) => {
    const end = 1n << BigInt(bitsOf(family));
    const cuts = new Set([0n, end]);
    for (const block of blocks) {
      if (block.family !== family) continue;
      cuts.add(block.first);
      cuts.add(block.last + 1n);
    }
    const ordered = [...cuts].sort((a, b) => (a < b ? -1 : 1));
    return ordered.slice(1).map((next, i) => ({ family, first: ordered[i], last: next - 1n }));
  });
}

/** Whether some block holds the whole stretch. */
export function held(stretch: Stretch, blocks: readonly Cidr[]): boolean {
  return blocks.some(
    (block) => block.family === stretch.family && block.first <= stretch.first && stretch.last <= block.last,
  );
}
