import { writeSync } from 'node:fs';
import { type Client, clients } from './clients';

/** What a contestant is asked to build: `[outdir, endpoints, entries of each, allowlist file]`. */
export interface Task {
  readonly outdir: string;
  /** Names of the endpoints. */
  readonly names: readonly string[];
  /** Who may connect to each; they are given for nothing, neither read from a file nor checked. */
  readonly entries: readonly Client[];
  /** How many rules a security group holds, so that long lists need several. */
  readonly rulesPerGroup: number;
  /** Security groups that hold the rules of all endpoints, where these are on one load balancer. */
  readonly sharedGroups?: number;
  /** The same as an allowlist file, for those who read one. */
  readonly file?: string;
}

/** Seconds since the start of the process, and what it took of the machine. */
export interface Effort {
  /** Node and the imports. */
  readonly start: number;
  readonly construct: number;
  readonly synth: number;
  /** Seconds of a processor, user and system. */
  readonly processor: number;
  /** Of constructing and synthesizing alone. */
  readonly processorOfWork: number;
  readonly peakMegabytes: number;
}

/** Builds, synthesizes and reports both. To be called once everything is imported. */
export function perform(construct: (task: Task) => { synth(): unknown }): void {
  const [outdir, endpoints, entries, file] = process.argv.slice(2);
  const names = Array.from({ length: Number(endpoints) }, (_, i) => `Cache${i}`);
  const rulesPerGroup = Number(entries) > 20_000 ? 50_000 : 5000;
  const sharedGroups = process.env['BENCH_SHARED'] ? 5 : undefined;
  const task: Task = {
    outdir,
    names,
    entries: file ? [] : clients(Number(entries)),
    rulesPerGroup,
    sharedGroups,
    file,
  };
  const started = performance.now();
  const before = process.cpuUsage();
  const app = construct(task);
  const constructed = performance.now();
  app.synth();
  const synthesized = performance.now();
  const effort: Effort = {
    start: started / 1000,
    construct: (constructed - started) / 1000,
    synth: (synthesized - constructed) / 1000,
    processor: seconds(process.cpuUsage()),
    processorOfWork: seconds(process.cpuUsage(before)),
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  };
  writeSync(1, `\n${JSON.stringify(effort)}`);
}

function seconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6;
}

export const VPC = 'vpc-0a1b2c3d4e5f60718';
export const SUBNETS = ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60722'];
export const DATABASE_GROUP = 'sg-0a1b2c3d4e5f60733';
export const CERTIFICATE = 'arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d';
