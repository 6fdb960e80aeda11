import { byAffinityTo, slotsByAffinity } from './rendezvous';

/** Something that takes room in one of several equal slots, in two kinds of room at once. */
export interface Load {
  readonly key: string;
  readonly ipv4: number;
  readonly ipv6: number;
}

/** Whether a load takes up more than one place. */
export function isLarge({ ipv4, ipv6 }: Load): boolean {
  return ipv4 + ipv6 !== 1;
}

/**
 * Finds a slot for every load, in the order of the loads, or `undefined` if they cannot be packed. The loads of each
 * family must fit all slots together. Slots keep `headRoom` free as long as there is room elsewhere, and give it up one
 * place at a time.
 *
 * Large loads go first, because a small one always finds a gap and a large one may not.
 */
export function spread(
  loads: readonly Load[],
  slots: number,
  capacity: number,
  headRoom = 0,
): readonly number[] | undefined {
  const large = loads.filter(isLarge);
  const packed = packLarge(large, slots, capacity);
  if (packed === undefined) return undefined;

  const placed = new Map(packed);
  for (const family of ['ipv4', 'ipv6'] as const) {
    const most = new Array<number>(slots).fill(capacity);
    for (const [load, slot] of packed) most[slot] -= load[family];
    const single = loads.filter((load) => !packed.has(load) && load[family] === 1);
    matchSingle(single, roomFor(single.length, most, headRoom), placed);
  }
  return loads.map((load) => placed.get(load)!);
}

function roomFor(loads: number, most: readonly number[], headRoom: number): number[] {
  const room = most.map((each) => Math.max(0, each - headRoom));
  let missing = loads - room.reduce((sum, each) => sum + each, 0);
  for (let slot = 0; missing > 0; slot = (slot + 1) % room.length) {
    if (room[slot] === most[slot]) continue;
    room[slot]++;
    missing--;
  }
  return room;
}

/**
 * Matches loads of one with the room that slots have, and notes where they went.
 *
 * In each round every load applies to the slot of its next choice. Slots take, for good, those with the highest
 * affinity, as far as there is room; the others move on to the next round. (Read as a marriage problem: slots prefer
 * whoever ranks them higher, and the rounds find its only stable matching.)
 */
function matchSingle(loads: readonly Load[], roomAtFirst: readonly number[], placed: Map<Load, number>): void {
  const room = [...roomAtFirst];
  let waiting = loads.map((load) => ({ load, choices: slotsByAffinity(load.key, room.length) }));
  for (let round = 0; waiting.length > 0; round++) {
    const candidates = room.map((): (typeof waiting)[number][] => []);
    for (const each of waiting) candidates[each.choices[round]].push(each);
    waiting = candidates.flatMap((there, slot) => {
      const ranked = there.length > room[slot] ? byAffinityTo(slot, there, ({ load }) => load.key) : there;
      const taken = ranked.slice(0, room[slot]);
      for (const { load } of taken) placed.set(load, slot);
      room[slot] -= taken.length;
      return ranked.slice(taken.length);
    });
  }
}

/** Each large load in turn takes its favourite slot with room; if that fails, the fullest slot with room. */
function packLarge(loads: readonly Load[], slots: number, capacity: number): Map<Load, number> | undefined {
  const largestFirst = [...loads].sort((a, b) => b.ipv4 + b.ipv6 - a.ipv4 - a.ipv6 || (a.key < b.key ? -1 : 1));
  const favourites = ({ key }: Load) => slotsByAffinity(key, slots);
  const fullest = (_: Load, used: readonly Load[]) =>
    used.map((_, slot) => slot).sort((a, b) => used[b].ipv4 + used[b].ipv6 - used[a].ipv4 - used[a].ipv6 || a - b);
  return pack(largestFirst, slots, capacity, favourites) ?? pack(largestFirst, slots, capacity, fullest);
}

function pack(
  loads: readonly Load[],
  slots: number,
  capacity: number,
  preference: (load: Load, used: readonly Load[]) => readonly number[],
): Map<Load, number> | undefined {
  const used = Array.from({ length: slots }, () => ({ key: '', ipv4: 0, ipv6: 0 }));
  const placed = new Map<Load, number>();
  for (const load of loads) {
    const slot = preference(load, used).find(
      (each) => used[each].ipv4 + load.ipv4 <= capacity && used[each].ipv6 + load.ipv6 <= capacity,
    );
    if (slot === undefined) return undefined;
    used[slot].ipv4 += load.ipv4;
    used[slot].ipv6 += load.ipv6;
    placed.set(load, slot);
  }
  return placed;
}
