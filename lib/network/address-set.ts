import { bitsOf, type Cidr, cidrAt } from './cidr';

/** A run of addresses of one family, both ends included. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

const FAMILIES = [4, 6] as const;

/** Whether a range holds every address of another one. */
export function holds(outer: AddressRange, inner: AddressRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/**
 * An immutable set of addresses, whatever blocks it was written in.
 *
 * It holds the fewest runs of addresses that cover the set, in ascending order. Building one takes n log n steps for
 * n blocks, a lookup log n.
 */
export class AddressSet {
  /** The addresses of some blocks, which may overlap and repeat. */
  public static of(blocks: readonly AddressRange[]): AddressSet {
    return new AddressSet(FAMILIES.flatMap((family) => joined(blocks.filter((block) => block.family === family))));
  }

  /** Runs of addresses with at least one other address between them: IPv4 first, ascending. */
  public readonly ranges: readonly AddressRange[];
  private readonly rangesOf: Readonly<Record<4 | 6, readonly AddressRange[]>>;

  private constructor(ranges: readonly AddressRange[]) {
    this.ranges = ranges;
    this.rangesOf = {
      4: ranges.filter((range) => range.family === 4),
      6: ranges.filter((range) => range.family === 6),
    };
  }

  public get isEmpty(): boolean {
    return this.ranges.length === 0;
  }

  /** How many addresses of a family are in the set. */
  public size(family: 4 | 6): bigint {
    return this.rangesOf[family].reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
  }

  /** Whether every address of the range is in the set. */
  public contains(range: AddressRange): boolean {
    const at = this.lastStartingBy(range.family, range.first);
    return at !== undefined && at.last >= range.last;
  }

  /** Whether at least one address of the range is in the set. */
  public overlaps(range: AddressRange): boolean {
    const at = this.lastStartingBy(range.family, range.last);
    return at !== undefined && at.last >= range.first;
  }

  public union(other: AddressSet): AddressSet {
    return AddressSet.of([...this.ranges, ...other.ranges]);
  }

  /** The addresses of this set that are not in the other. */
  public subtract(other: AddressSet): AddressSet {
    return new AddressSet(FAMILIES.flatMap((family) => without(this.rangesOf[family], other.rangesOf[family])));
  }

  /** The addresses that are in both sets. */
  public intersect(other: AddressSet): AddressSet {
    return new AddressSet(other.ranges.flatMap((range) => this.within(range)));
  }

  /** The fewest blocks that cover exactly this set. */
  public toCidrs(): Cidr[] {
    return this.ranges.flatMap(blocksOf);
  }

  /** What a range has of this set. */
  private within({ family, first, last }: AddressRange): AddressRange[] {
    const ranges = this.rangesOf[family];
    const result: AddressRange[] = [];
    for (
      let i = Math.max(this.countStartingBy(family, first) - 1, 0);
      i < ranges.length && ranges[i].first <= last;
      i++
    ) {
      const range = ranges[i];
      if (range.last < first) continue;
      result.push({
        family,
        first: range.first > first ? range.first : first,
        last: range.last < last ? range.last : last,
      });
    }
    return result;
  }

  /** The last run that starts at or before an address: the only one that can hold it. */
  private lastStartingBy(family: 4 | 6, address: bigint): AddressRange | undefined {
    return this.rangesOf[family][this.countStartingBy(family, address) - 1];
  }

  /** How many runs start at or before an address. */
  private countStartingBy(family: 4 | 6, address: bigint): number {
    const ranges = this.rangesOf[family];
    let low = 0;
    let high = ranges.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ranges[middle].first <= address) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Sorts ranges of one family and joins those that overlap or touch. */
function joined(ranges: readonly AddressRange[]): AddressRange[] {
  const result: AddressRange[] = [];
  for (const range of [...ranges].sort(byFirst)) {
    const { family, first, last } = range;
    const previous = result.at(-1);
    if (previous === undefined || first > previous.last + 1n) result.push(range);
    else if (last > previous.last) result[result.length - 1] = { family, first: previous.first, last };
  }
  return result;
}

/** Walks both lists once; both are ascending and of one family. */
function without(ranges: readonly AddressRange[], holes: readonly AddressRange[]): AddressRange[] {
  const result: AddressRange[] = [];
  let h = 0;
  for (const range of ranges) {
    const { family, first, last } = range;
    while (h < holes.length && holes[h].last < first) h++;
    let next = first;
    // The last hole may reach into the next range, so it is looked at again there.
    for (let i = h; i < holes.length && holes[i].first <= last; i++) {
      if (holes[i].first > next) result.push({ family, first: next, last: holes[i].first - 1n });
      next = holes[i].last + 1n;
    }
    if (next === first) result.push(range);
    else if (next <= last) result.push({ family, first: next, last });
  }
  return result;
}

/** Cuts a range, from its first address on, into the largest aligned blocks that fit. */
function blocksOf({ family, first, last }: AddressRange): Cidr[] {
  const bits = bitsOf(family);
  const blocks: Cidr[] = [];
  for (let next = first; next <= last; ) {
    let free = next === 0n ? bits : trailingZeros(next);
    while (next + (1n << BigInt(free)) - 1n > last) free--;
    const block = cidrAt(family, next, bits - free);
    blocks.push(block);
    next = block.last + 1n;
  }
  return blocks;
}

function trailingZeros(number: bigint): number {
  return (number & -number).toString(2).length - 1;
}

function byFirst(a: AddressRange, b: AddressRange): number {
  return a.first < b.first ? -1 : a.first > b.first ? 1 : 0;
}
