/**
 * The score of a slot for a key: a number that looks random and is the same on every machine, forever.
 *
 * Changing this function moves the rules of everyone's allowlist. It is FNV-1a over the key, mixed with the slot by
 * the finalizer of MurmurHash3; a cryptographic hash would cost more and buy nothing here.
 */
export function affinity(key: string, slot: number): number {
  return score(fnv1a(key), slot);
}

/** The slots `0` to `slots - 1`, the one with the highest score for a key first: rendezvous hashing. */
export function slotsByAffinity(key: string, slots: number): number[] {
  const hash = fnv1a(key);
  const scores = Array.from({ length: slots }, (_, slot) => score(hash, slot));
  return scores.map((_, slot) => slot).sort((a, b) => scores[b] - scores[a]);
}

/** Things with the highest affinity to a slot first; equal ones by the text of their keys. */
export function byAffinityTo<Thing>(slot: number, things: readonly Thing[], keyOf: (thing: Thing) => string): Thing[] {
  return things
    .map((thing) => ({ thing, key: keyOf(thing), affinity: affinity(keyOf(thing), slot) }))
    .sort((a, b) => b.affinity - a.affinity || (a.key < b.key ? -1 : 1))
    .map(({ thing }) => thing);
}

function score(hash: number, slot: number): number {
  return mix(hash ^ mix(slot + 1));
}

const { imul } = Math;

function fnv1a(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = imul(hash ^ key.charCodeAt(i), 0x01000193);
  return hash;
}

function mix(word: number): number {
  let mixed = imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
