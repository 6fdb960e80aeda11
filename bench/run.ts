/*
 * What the library costs, against the same resources by hand and against its peers: JSON in bench/results, and the
 * tables on the standard output. A run of all scenarios and peers also writes the tables into bench/performance.md.
 *
 *     npm run bench                           the whole of it, about half an hour
 *     BENCH_RUNS=3 npm run bench              fewer runs of each
 *     BENCH_ONLY='fleet of 1000' npm run bench   one scenario, or all that begin so
 *     BENCH_PEERS=none npm run bench          only against CDKTF by hand: nothing is installed
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Contest } from './contest';
import { markdown, withTables } from './markdown';
import { growthOf, type Row, rowsOf } from './rows';
import { SCENARIOS, type Scenario } from './scenarios';
import { compareTerraform, type TerraformRow } from './terraform';

const RUNS = Number(process.env['BENCH_RUNS'] ?? 7);
const ONLY = process.env['BENCH_ONLY'] ?? '';
const PEERS = ['aws-cdk', 'terraconstructs'] as const;
const WITH_PEERS = process.env['BENCH_PEERS'] !== 'none';

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'database-endpoint-bench-'));
  try {
    const contest = new Contest(folder);
    const scenarios = SCENARIOS.filter(({ name }) => name.startsWith(ONLY)).map(withoutPeers);
    for (const peer of PEERS)
      if (scenarios.some(({ contestants }) => contestants.includes(peer))) contest.install(peer);

    const rows: Row[] = [];
    for (const scenario of scenarios) {
      console.error(scenario.name);
      rows.push(...rowsOf(scenario, contest.compare(scenario, RUNS)));
    }
    const terraform: TerraformRow[] = ONLY ? [] : await compareTerraform(contest, RUNS);
    report({ runs: RUNS, node: process.version, rows, growth: growthOf(rows), terraform });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function withoutPeers(scenario: Scenario): Scenario {
  const isWanted = (contestant: string) => WITH_PEERS || !PEERS.some((peer) => contestant.startsWith(peer));
  return { ...scenario, contestants: scenario.contestants.filter(isWanted) };
}

function report(results: Parameters<typeof markdown>[0]): void {
  const text = markdown(results);
  const folder = join(__dirname, 'results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'bench.json'), `${JSON.stringify(results, undefined, 2)}\n`);
  writeFileSync(join(folder, 'bench.md'), text);
  // Part of the tables would remove the rest from the page.
  if (!ONLY && WITH_PEERS) {
    const page = join(__dirname, 'performance.md');
    writeFileSync(page, withTables(readFileSync(page, 'utf8'), text));
  }
  console.log(text);
}

void main();
