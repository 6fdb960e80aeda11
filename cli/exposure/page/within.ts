import { type AddressRange, holds } from '../../../lib/network/address-set';
import type { Entry } from '../exposed-endpoint';

interface Run extends AddressRange {
  readonly entry: Entry;
}

/**
 * Entries of which every address is admitted by one other entry of the endpoint too, and the narrowest such entry.
 * Removing one of them ends nobody's access. Of two that admit the same, the second is within the first.
 */
export function entriesWithin(entries: readonly Entry[]): ReadonlyMap<Entry, Entry> {
  const found = new Map<Entry, Entry>();
  let open: Run[] = [];
  for (const inner of entries.flatMap(runOf).sort(outermostFirst)) {
    open = open.filter(({ family, last }) => family === inner.family && last >= inner.first);
    const [outer] = open.filter((each) => holds(each, inner)).sort(narrowestFirst);
    if (outer !== undefined) found.set(inner.entry, outer.entry);
    open.push(inner);
  }
  return found;
}

/** An entry that is one run of addresses: a list of several blocks is hardly ever within one other entry. */
function runOf(entry: Entry): Run[] {
  const { ranges = [] } = entry.addresses ?? {};
  return ranges.length === 1 ? [{ ...ranges[0], entry }] : [];
}

function outermostFirst(a: Run, b: Run): number {
  if (a.family !== b.family) return a.family - b.family;
  return ascending(a.first, b.first) || ascending(b.last, a.last);
}

function narrowestFirst(a: Run, b: Run): number {
  return ascending(a.last - a.first, b.last - b.first);
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
