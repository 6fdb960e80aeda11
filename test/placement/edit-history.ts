import { type PlacedGroup, type PlacementLimits, placeRules, type RuleToPlace } from '../../lib/placement/placement';

/** A group by the keys of its rules. */
export type KeyedGroup = Omit<PlacedGroup, 'rules'> & { readonly keys: readonly string[] };

/** A way to spread keys over groups, to be judged by how many keys an edit moves. */
export type Scheme = (keys: readonly string[]) => readonly KeyedGroup[];

/** A repeatable source of numbers from 0 up to, but not including, 1. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function randomAddress(random: () => number): string {
  const octet = () => Math.floor(random() * 256);
  return `${1 + Math.floor(random() * 223)}.${octet()}.${octet()}.${octet()}/32`;
}

/**
 * Keeps a list near a size for some steps, each of which adds or removes one entry, and returns for each step how many
 * other entries changed their group.
 */
export function movesOfHistory(seed: number, size: number, steps: number, scheme: Scheme): number[] {
  const random = randomNumbers(seed);
  const keys = Array.from({ length: size }, () => randomAddress(random));
  let before = scheme(keys);
  return Array.from({ length: steps }, () => {
    const add = keys.length <= size - 4 || (keys.length < size && random() < 0.5);
    if (add) keys.push(randomAddress(random));
    else keys.splice(Math.floor(random() * keys.length), 1);
    const after = scheme(keys);
    const moved = rehomed(before, after).length;
    before = after;
    return moved;
  });
}

/**
 * Keeps a fleet of endpoints, each with a port and 5 to 10 clients, near a number of rules for some steps, each of which
 * adds or removes one endpoint, and returns for each step how many rules of other endpoints changed their group.
 */
export function movesOfFleet(seed: number, size: number, steps: number, scheme: Scheme): number[] {
  const random = randomNumbers(seed);
  const fleet: string[][] = [];
  let port = 5432;
  const newcomer = () => {
    port++;
    return Array.from({ length: 5 + Math.floor(random() * 6) }, () => `${port} ${randomAddress(random)}`);
  };
  const count = () => fleet.reduce((total, keys) => total + keys.length, 0);
  while (count() < size) fleet.push(newcomer());
  while (count() > size) fleet[fleet.length - 1].pop();
  let before = scheme(fleet.flat());
  return Array.from({ length: steps }, () => {
    const added = newcomer();
    if (count() + added.length <= size) fleet.push(added);
    else fleet.splice(Math.floor(random() * fleet.length), 1);
    const after = scheme(fleet.flat());
    const moved = rehomed(before, after).length;
    before = after;
    return moved;
  });
}

/** The scheme of the library, for IPv4 rules over a fixed number of groups. */
export function packing(limits: PlacementLimits): Scheme {
  return (keys) => groupsOf(keys.map(ipv4Rule), limits);
}

export function ipv4Rule(key: string): RuleToPlace {
  return { key, ipv4: 1, ipv6: 0 };
}

export function groupsOf(rules: readonly RuleToPlace[], limits: PlacementLimits): readonly KeyedGroup[] {
  const placement = placeRules(rules, limits);
  if ('misfit' in placement) throw new Error(JSON.stringify(placement.misfit));
  return placement.groups.map(({ rules: there, ...group }) => ({ ...group, keys: there.map(({ key }) => key) }));
}

/** Keys that are in both placements, but not in the same group: each is a moment without access for someone. */
export function rehomed(before: readonly KeyedGroup[], after: readonly KeyedGroup[]): string[] {
  const homes = new Map(before.flatMap(({ name, keys }) => keys.map((key): [string, string] => [key, name])));
  return after.flatMap(({ name, keys }) => keys.filter((key) => (homes.get(key) ?? name) !== name));
}

/** The value below which a share of the numbers lies. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
