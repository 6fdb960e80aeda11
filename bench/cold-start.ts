import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Cold synthesis of one endpoint under ts-node: this library against the same resources by hand. Whole fresh
// processes, taken in turn, so that a noisy machine disturbs both alike; the ratio is what counts.
const RUNS = Number(process.env['BENCH_RUNS'] ?? 9);
const SCRIPTS = { endpoint: 'cold-start/endpoint.ts', byHand: 'cold-start/by-hand.ts' };

const folder = mkdtempSync(join(tmpdir(), 'cold-start-'));
const times = { endpoint: [] as number[], byHand: [] as number[] };
try {
  for (let run = -1; run < RUNS; run++) {
    for (const name of ['endpoint', 'byHand'] as const) {
      const seconds = timed(join(__dirname, SCRIPTS[name]));
      if (run >= 0) times[name].push(seconds);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const ratios = times.endpoint.map((seconds, run) => seconds / times.byHand[run]);
const result = {
  scenario: 'cold ts-node synthesis of one endpoint with 10 entries',
  runs: RUNS,
  endpointSeconds: spread(times.endpoint),
  byHandSeconds: spread(times.byHand),
  ratio: spread(ratios),
};
console.log(JSON.stringify(result, undefined, 2));
console.log(`\n| scenario | this library (s) | by hand (s) | ratio (median of ${RUNS}) | ratio (min to max) |`);
console.log('|---|---|---|---|---|');
console.log(
  `| ${result.scenario} | ${result.endpointSeconds.median} | ${result.byHandSeconds.median} | ${result.ratio.median} | ${result.ratio.min} to ${result.ratio.max} |`,
);

function timed(script: string): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, ['-r', 'ts-node/register', script, join(folder, 'out')], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${script} failed:\n${stderr}`);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

function spread(values: readonly number[]): { min: number; median: number; max: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return { min: round(sorted[0]), median: round(sorted[sorted.length >> 1]), max: round(sorted[sorted.length - 1]) };
}
