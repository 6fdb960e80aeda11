/** What both sides have of something, and what only one of them has. */
export interface Pairs<Item> {
  readonly both: readonly (readonly [before: Item, after: Item])[];
  readonly removed: readonly Item[];
  readonly added: readonly Item[];
}

/**
 * Pairs the items of two sides that have a key in common. A key that several items of a side have says nothing about them,
 * and neither do keys that would pair one item with two.
 */
export function paired<Item>(
  before: readonly Item[],
  after: readonly Item[],
  keysOf: (item: Item) => readonly string[],
): Pairs<Item> {
  const [old, now] = [byKey(before, keysOf), byKey(after, keysOf)];
  const partners = (items: ReadonlyMap<string, readonly Item[]>, item: Item) => [
    ...new Set(keysOf(item).flatMap((key) => items.get(key) ?? [])),
  ];
  const both = after.flatMap((item) => {
    const [partner, ...others] = partners(old, item);
    if (partner === undefined || others.length > 0) return [];
    return partners(now, partner).length === 1 ? [[partner, item] as const] : [];
  });
  const known = new Set(both.flat());
  const rest = (items: readonly Item[]) => items.filter((item) => !known.has(item));
  return { both, removed: rest(before), added: rest(after) };
}

function byKey<Item>(items: readonly Item[], keysOf: (item: Item) => readonly string[]): Map<string, Item[]> {
  const found = new Map<string, Item[]>();
  for (const item of items) {
    for (const key of new Set(keysOf(item))) found.set(key, [...(found.get(key) ?? []), item]);
  }
  return found;
}

/** Pairs by one key after another: what one has left over, the next one may pair. */
export function pairedByFirst<Item>(
  before: readonly Item[],
  after: readonly Item[],
  ...keys: readonly ((item: Item) => string)[]
): Pairs<Item> {
  let result: Pairs<Item> = { both: [], removed: before, added: after };
  for (const key of keys) {
    const more = paired(result.removed, result.added, (item) => [key(item)]);
    result = { ...more, both: [...result.both, ...more.both] };
  }
  return result;
}
