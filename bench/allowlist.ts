/*
 * What a long allowlist costs. First whole fresh processes in turn, as a noisy machine disturbs both alike: reading,
 * checking and synthesizing one YAML file of 20,000 entries with this library, against one hand-written rule resource
 * for each entry in plain CDKTF. Then the time from sources to rules alone, by the number of entries.
 *
 *     BENCH_RUNS=3 BENCH_ENTRIES=20000 npx ts-node bench/allowlist.ts
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AllowedSource, type DatabaseEndpointProps, DatabaseEngine, DatabaseTarget } from '../lib';
import { fitting } from '../lib/allowlist/allowlist-plan';
import { AllowlistReview } from '../lib/allowlist/allowlist-review';
import { endpointProblems } from '../lib/endpoint-rules';
import { allowlistFile, clients } from './allowlist/clients';

const RUNS = Number(process.env['BENCH_RUNS'] ?? 3);
const ENTRIES = Number(process.env['BENCH_ENTRIES'] ?? 20_000);
const SIZES = [25_000, 50_000, 100_000, 200_000];

const synthesis = measureSynthesis();
const compilation = SIZES.map((entries) => ({ entries, seconds: rounded(fastest(3, compiling(entries))) }));
const exponent = rounded(slope(compilation.map(({ entries, seconds }) => [Math.log(entries), Math.log(seconds)])));
console.log(JSON.stringify({ ...synthesis, compilation, exponent }, undefined, 2));

console.log(
  `\n| ${synthesis.scenario} | this library (s) | by hand (s) | ratio (median of ${RUNS}) | ratio (min to max) |`,
);
console.log('|---|---|---|---|---|');
for (const [what, { endpoint, byHand, ratio }] of [
  ['whole process, on the clock', synthesis.clock],
  ['whole process, of a processor', synthesis.processor],
  ['once all is imported, on the clock', synthesis.workClock],
  ['once all is imported, of a processor', synthesis.workProcessor],
] as const) {
  console.log(`| ${what} | ${endpoint.median} | ${byHand.median} | ${ratio.median} | ${ratio.min} to ${ratio.max} |`);
}
console.log('\n| entries | from sources to rules (s) |\n|---|---|');
for (const { entries, seconds } of compilation) console.log(`| ${entries} | ${seconds} |`);
console.log(`\nTime grows with the ${exponent}th power of the number of entries.`);

function measureSynthesis() {
  const folder = mkdtempSync(join(tmpdir(), 'allowlist-bench-'));
  const file = join(folder, 'allowlist.yaml');
  writeFileSync(file, allowlistFile(ENTRIES));
  const endpoint: Seconds[] = [];
  const byHand: Seconds[] = [];
  try {
    for (let run = 0; run < RUNS; run++) {
      endpoint.push(timed('endpoint.ts', join(folder, 'out'), file));
      byHand.push(timed('by-hand.ts', join(folder, 'out'), String(ENTRIES)));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const compared = (of: keyof Seconds) => ({
    endpoint: spread(endpoint.map((seconds) => seconds[of])),
    byHand: spread(byHand.map((seconds) => seconds[of])),
    ratio: spread(endpoint.map((seconds, run) => seconds[of] / byHand[run][of])),
  });
  return {
    scenario: `cold ts-node synthesis of ${ENTRIES} entries in one YAML file`,
    runs: RUNS,
    clock: compared('clock'),
    processor: compared('processor'),
    workClock: compared('workClock'),
    workProcessor: compared('workProcessor'),
  };
}

interface Seconds {
  readonly clock: number;
  readonly processor: number;
  readonly workClock: number;
  readonly workProcessor: number;
}

function timed(script: string, ...inputs: string[]): Seconds {
  const folder = join(__dirname, 'allowlist');
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['-r', 'ts-node/register', join(folder, script), ...inputs],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`${script} failed:\n${stderr}`);
  const clock = Number(process.hrtime.bigint() - start) / 1e9;
  return { clock, ...JSON.parse(stdout.slice(stdout.lastIndexOf('\n'))) };
}

/** Everything between the sources and the rules of each group: parsing, checking, measuring, placing. */
function compiling(entries: number): () => void {
  const props: DatabaseEndpointProps = {
    vpcId: 'vpc-0a1b2c3d4e5f60718',
    subnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60722'],
    engine: DatabaseEngine.POSTGRESQL,
    target: DatabaseTarget.ipAddresses(['10.0.12.34']),
    dualStack: true,
    allow: clients(entries).map(({ block, description }) => AllowedSource.cidr(block, { description })),
    quotas: { rulesPerSecurityGroup: entries / 4 },
  };
  return () => {
    const review = new AllowlistReview(props);
    const [problem] = endpointProblems(props, review);
    if (problem) throw new Error(problem.reason);
    fitting(review.plan);
  };
}

function fastest(runs: number, work: () => void): number {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return (performance.now() - start) / 1000;
  });
  return Math.min(...times);
}

/** Of the straight line that is nearest to some points: on logarithms, the power with which time grows. */
function slope(points: readonly (readonly number[])[]): number {
  const mean = (axis: number) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const covariance = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return covariance / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}

function spread(values: readonly number[]): { min: number; median: number; max: number } {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    min: rounded(sorted[0]),
    median: rounded(sorted[sorted.length >> 1]),
    max: rounded(sorted[sorted.length - 1]),
  };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
