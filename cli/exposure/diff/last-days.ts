import type { AddressRange } from '../../../lib/network/address-set';
import type { Entry } from '../exposed-endpoint';

/** A run of addresses whose access ends on the same day. */
export interface LastDay extends AddressRange {
  /** Missing where access does not end by itself. */
  readonly expires?: string;
  /** An entry that lets them in until then. */
  readonly entry: Entry;
}

interface Bound {
  readonly at: bigint;
  readonly entry: Entry;
  readonly rank: number;
  readonly opens: boolean;
}

/**
 * The day on which the access of each address ends, in the order of the addresses of a family. Where entries overlap, the
 * latest counts.
 */
export function lastDays(entries: readonly Entry[], family: 4 | 6): LastDay[] {
  const ends = [...new Set(entries.flatMap(({ expires }) => expires ?? []))].sort().reverse();
  const days = [undefined, ...ends];
  const ranks = new Map(days.map((day, rank) => [day, rank]));
  const bounds = entries
    .flatMap((entry) => boundsOf(entry, ranks.get(entry.expires)!, family))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const open = days.map(() => new Set<Entry>());
  const found: LastDay[] = [];
  bounds.forEach(({ at, entry, rank, opens }, i) => {
    if (opens) open[rank].add(entry);
    else open[rank].delete(entry);
    const next = bounds[i + 1]?.at;
    if (next === undefined || next === at) return;
    const latest = open.findIndex(({ size }) => size > 0);
    if (latest < 0) return;
    const [first] = open[latest];
    found.push({ family, first: at, last: next - 1n, expires: days[latest], entry: first });
  });
  return found;
}

function boundsOf(entry: Entry, rank: number, family: 4 | 6): Bound[] {
  const ranges = entry.addresses?.ranges.filter((range) => range.family === family) ?? [];
  return ranges.flatMap(({ first, last }) => [
    { at: first, entry, rank, opens: true },
    { at: last + 1n, entry, rank, opens: false },
  ]);
}

/** The runs of addresses that both have, with the last day on each side. Both are in the order of the addresses. */
export function* inBoth(
  base: readonly LastDay[],
  head: readonly LastDay[],
): Generator<readonly [LastDay, LastDay, AddressRange]> {
  for (let b = 0, h = 0; b < base.length && h < head.length; ) {
    const [before, after] = [base[b], head[h]];
    const first = before.first > after.first ? before.first : after.first;
    const last = before.last < after.last ? before.last : after.last;
    if (first <= last) yield [before, after, { family: before.family, first, last }];
    if (before.last < after.last) b++;
    else h++;
  }
}

/** Whether access that ends on one day, or never, lasts longer than on another. */
export function isLater(one: string | undefined, other: string | undefined): boolean {
  return other !== undefined && (one === undefined || one > other);
}
