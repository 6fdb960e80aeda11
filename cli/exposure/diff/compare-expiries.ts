import { type AddressRange, AddressSet } from '../../../lib/network/address-set';
import { type Entry, identityOf } from '../exposed-endpoint';
import type { ExpiryChange } from './difference';
import { inBoth, isLater, type LastDay, lastDays } from './last-days';

/** Access that both sides have and that ends on another day. Where entries overlap, the longest access counts. */
export function expiryChanges(base: readonly Entry[], head: readonly Entry[]): ExpiryChange[] {
  return [...ofAddresses(base, head), ...ofIdentities(base, head)];
}

/** One change for all addresses that move from one day to the same other one. */
interface Move {
  readonly before: LastDay;
  readonly after: LastDay;
  readonly ranges: AddressRange[];
}

function ofAddresses(base: readonly Entry[], head: readonly Entry[]): ExpiryChange[] {
  const moves = new Map<string, Move>();
  for (const family of [4, 6] as const) {
    for (const [before, after, range] of inBoth(lastDays(base, family), lastDays(head, family))) {
      if (before.expires === after.expires) continue;
      const key = JSON.stringify([before.expires, after.expires]);
      const move = moves.get(key);
      if (move) move.ranges.push(range);
      else moves.set(key, { before, after, ranges: [range] });
    }
  }
  return [...moves.values()].map(({ before, after, ranges }) =>
    moved(after.entry, AddressSet.of(ranges), before.expires, after.expires),
  );
}

function ofIdentities(base: readonly Entry[], head: readonly Entry[]): ExpiryChange[] {
  const before = lastUnmeasured(base);
  return [...lastUnmeasured(head)].flatMap(([identity, entry]) => {
    const same = before.get(identity);
    if (same === undefined || same.expires === entry.expires) return [];
    return [moved(entry, undefined, same.expires, entry.expires)];
  });
}

/** What cannot be measured, each with the entry that admits it longest. */
function lastUnmeasured(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  const last = new Map<string, Entry>();
  for (const entry of entries) {
    if (entry.addresses !== undefined) continue;
    const known = last.get(identityOf(entry));
    if (known === undefined || isLater(entry.expires, known.expires)) last.set(identityOf(entry), entry);
  }
  return last;
}

function moved(
  entry: Entry,
  addresses: AddressSet | undefined,
  before: string | undefined,
  after: string | undefined,
): ExpiryChange {
  const facts: ExpiryChange['facts'] = isLater(after, before) ? ['weakened', 'any'] : ['any'];
  return { kind: 'expiry', entry, addresses, before, after, facts };
}
