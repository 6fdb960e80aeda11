/**
 * How much a key likes a slot: a number that looks random and is the same on every machine, for ever.
 *
 * Changing this function moves the rules of everyone's allowlist. It is FNV-1a over the key, stirred with the slot by
 * the finalizer of MurmurHash3; a cryptographic hash would cost more and buy nothing here.
 */
export function affinity(key: string, slot: number): number {
  return stir(fnv1a(key) ^ stir(slot + 1));
}

/** The slots `0` to `slots - 1` in the order in which a key likes them: rendezvous hashing. */
export function slotsByAffinity(key: string, slots: number): number[] {
  const affinities = affinitiesOf(key, slots);
  return affinities.map((_, slot) => slot).sort((a, b) => affinities[b] - affinities[a]);
}

/** The slot that a key likes best. */
export function favouriteSlot(key: string, slots: number): number {
  const hash = fnv1a(key);
  let favourite = 0;
  let most = -1;
  for (let slot = 0; slot < slots; slot++) {
    const liking = stir(hash ^ stir(slot + 1));
    if (liking <= most) continue;
    most = liking;
    favourite = slot;
  }
  return favourite;
}

/** Things with the highest affinity to a slot first; equal ones by the text of their keys. */
export function byAffinityTo<Thing>(slot: number, things: readonly Thing[], keyOf: (thing: Thing) => string): Thing[] {
  return things
    .map((thing) => ({ thing, key: keyOf(thing), affinity: affinity(keyOf(thing), slot) }))
    .sort((a, b) => b.affinity - a.affinity || (a.key < b.key ? -1 : 1))
    .map(({ thing }) => thing);
}

function affinitiesOf(key: string, slots: number): number[] {
  const hash = fnv1a(key);
  return Array.from({ length: slots }, (_, slot) => stir(hash ^ stir(slot + 1)));
}

const { imul } = Math;

function fnv1a(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = imul(hash ^ key.charCodeAt(i), 0x01000193);
  return hash;
}

function stir(word: number): number {
  let mixed = imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
