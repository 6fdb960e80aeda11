/*
 * How many rules does one edit move from group to group? Prints, for lists that fill 5 groups of 60 rules to several
 * degrees, the distribution over random edit histories of 200 steps, for the library's scheme and for two others; and the
 * same for edits of endpoints that share a load balancer, each of which adds or removes 5 to 10 rules.
 *
 *     npx ts-node bench/placement-simulation.ts [histories]
 */
import { byAffinityTo, slotsByAffinity } from '../lib/placement/rendezvous';
import {
  type KeyedGroup,
  movesOfFleet,
  movesOfHistory,
  packing,
  quantile,
  randomAddress,
  randomNumbers,
  type Scheme,
} from '../test/placement/edit-history';

const GROUPS = 5;
const RULES_PER_GROUP = 60;
const STEPS = 200;
const histories = Number(process.argv[2] ?? 100);

/** The obvious scheme: order by hash, cut into chunks. */
const chunks: Scheme = (keys) => {
  const ordered = byAffinityTo(0, keys, String);
  return groupsOf(
    Array.from({ length: GROUPS }, (_, slot) => ordered.slice(slot * RULES_PER_GROUP, (slot + 1) * RULES_PER_GROUP)),
  );
};

/** The textbook's stable matching: groups have preferences of their own, and turn away whom they took before. */
const marriages: Scheme = (keys) => {
  const held = Array.from({ length: GROUPS }, (): string[] => []);
  const choices = new Map(keys.map((key) => [key, slotsByAffinity(key, GROUPS)]));
  for (const waiting = [...keys]; waiting.length > 0; ) {
    const key = waiting.pop()!;
    const slot = choices.get(key)!.shift()!;
    held[slot].push(key);
    if (held[slot].length <= RULES_PER_GROUP) continue;
    held[slot] = byAffinityTo(GROUPS + slot, held[slot], String);
    waiting.push(held[slot].pop()!);
  }
  return groupsOf(held);
};

function groupsOf(held: readonly string[][]): KeyedGroup[] {
  return held.map((keys, slot) => ({ name: String(slot + 1), pinned: false, keys, ipv4: keys.length, ipv6: 0 }));
}

const limits = { rulesPerGroup: RULES_PER_GROUP, groups: GROUPS, shardFromStart: true };
const schemes: Record<string, Scheme> = {
  // What planAllowlist asks for.
  'rounds by affinity, head room of 2': packing({ ...limits, headRoom: 2 }),
  'rounds by affinity': packing(limits),
  'deferred acceptance': marriages,
  'chunks by hash': chunks,
};

console.log(
  `${histories} histories of ${STEPS} edits, ${GROUPS} groups of ${RULES_PER_GROUP} rules; other rules moved by one edit\n`,
);
console.log('| scheme | load | edits that move none | mean | median | 99 % | worst |');
console.log('|---|---|---|---|---|---|---|');
for (const [name, scheme] of Object.entries(schemes)) {
  for (const load of [0.5, 0.8, 0.9, 0.97, 1]) {
    const size = Math.round(load * GROUPS * RULES_PER_GROUP);
    const moves = Array.from({ length: histories }, (_, i) => movesOfHistory(i + 1, size, STEPS, scheme)).flat();
    console.log(`| ${[name, `${load * 100} %`, ...distribution(moves)].join(' | ')} |`);
  }
}

console.log('\nEdits of endpoints: rules of other endpoints moved by adding or removing one\n');
console.log('| load | endpoints | edits that move none | mean | median | 99 % | worst |');
console.log('|---|---|---|---|---|---|---|');
// What planShared asks for.
const shared = packing({ rulesPerGroup: RULES_PER_GROUP, groups: GROUPS, fixedGroups: GROUPS, headRoom: 2 });
for (const load of [0.5, 0.8, 0.9, 0.97]) {
  const size = Math.round(load * GROUPS * RULES_PER_GROUP);
  const moves = Array.from({ length: histories }, (_, i) => movesOfFleet(i + 1, size, STEPS, shared)).flat();
  console.log(`| ${[`${load * 100} %`, Math.round(size / 7.5), ...distribution(moves)].join(' | ')} |`);
}

function distribution(moves: readonly number[]): (string | number)[] {
  const none = moves.filter((moved) => moved === 0).length / moves.length;
  const mean = moves.reduce((sum, moved) => sum + moved, 0) / moves.length;
  const row = [`${(none * 100).toFixed(1)} %`, mean.toFixed(3)];
  return [...row, quantile(moves, 0.5), quantile(moves, 0.99), quantile(moves, 1)];
}

console.log('\n| rules | groups | milliseconds |\n|---|---|---|');
for (const [count, groups] of [
  [300, 5],
  [1_000, 16],
  [20_000, 5],
  [20_000, 16],
  [200_000, 16],
]) {
  const random = randomNumbers(count);
  const rules = [...new Set(Array.from({ length: count }, () => randomAddress(random)))];
  const place = packing({ rulesPerGroup: Math.ceil(rules.length / groups / 0.9), groups, shardFromStart: true });
  const start = performance.now();
  place(rules);
  console.log(`| ${count} | ${groups} | ${Math.round(performance.now() - start)} |`);
}
