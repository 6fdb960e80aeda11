/*
 * How many rules does one edit move from group to group? Prints, for lists that fill 5 groups of 60 rules to several
 * degrees, the distribution over random edit histories of 200 steps, for the library's scheme and for the obvious one.
 *
 *     npx ts-node bench/placement-simulation.ts [histories]
 */
import type { PlacedGroup } from '../lib/allowlist/placement';
import { slotsByAffinity } from '../lib/allowlist/rendezvous';
import {
  movesOfHistory,
  quantile,
  randomAddress,
  randomNumbers,
  type Scheme,
  spreading,
} from '../test/allowlist/edit-history';

const GROUPS = 5;
const RULES_PER_GROUP = 60;
const STEPS = 200;
const histories = Number(process.argv[2] ?? 100);

/** The obvious scheme: order by hash, cut into chunks. */
const chunks: Scheme = (keys) => {
  const hash = (key: string) => slotsByAffinity(key, 64).reduce((sum, slot, i) => (i < 6 ? sum * 64 + slot : sum), 0);
  const ordered = keys.map((key) => ({ key, hash: hash(key) })).sort((a, b) => a.hash - b.hash);
  return Array.from({ length: GROUPS }, (_, slot): PlacedGroup => {
    const there = ordered.slice(slot * RULES_PER_GROUP, (slot + 1) * RULES_PER_GROUP).map(({ key }) => key);
    return { name: String(slot + 1), pinned: false, keys: there, ipv4: there.length, ipv6: 0 };
  });
};

const schemes: Record<string, Scheme> = {
  'rounds by affinity': spreading({ rulesPerGroup: RULES_PER_GROUP, groups: GROUPS, roomToGrow: true }),
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
    const runs = name === 'chunks by hash' ? Math.ceil(histories / 20) : histories;
    const moves = Array.from({ length: runs }, (_, i) => movesOfHistory(i + 1, size, STEPS, scheme)).flat();
    const none = moves.filter((moved) => moved === 0).length / moves.length;
    const mean = moves.reduce((sum, moved) => sum + moved, 0) / moves.length;
    const row = [name, `${load * 100} %`, `${(none * 100).toFixed(1)} %`, mean.toFixed(3)];
    console.log(`| ${[...row, quantile(moves, 0.5), quantile(moves, 0.99), quantile(moves, 1)].join(' | ')} |`);
  }
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
  const place = spreading({ rulesPerGroup: Math.ceil(rules.length / groups / 0.9), groups, roomToGrow: true });
  const start = performance.now();
  place(rules);
  console.log(`| ${count} | ${groups} | ${Math.round(performance.now() - start)} |`);
}
