import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { allowlistFile } from './contestants/clients';
import type { Effort } from './contestants/task';
import type { Contestant, Scenario } from './scenarios';

const ROOT = resolve(__dirname, '..');
const SOURCES = join(__dirname, 'contestants');

/** Peers do not belong to the library's dependencies. Each has a folder, because they want different CDKTFs. */
const PEERS = { 'aws-cdk': ['aws-cdk-lib@2.276.0', 'constructs@10'], terraconstructs: ['terraconstructs@0.0.15'] };

/** A contestant that is the program of another one, run differently. */
interface Variant {
  readonly program: Contestant;
  readonly environment?: NodeJS.ProcessEnv;
  readonly preload?: string;
}

const VARIANTS: Readonly<Partial<Record<Contestant, Variant>>> = {
  'aws-cdk without validation': { program: 'aws-cdk', environment: { CDK_VALIDATION: 'false' } },
  'endpoint without token traces': {
    program: 'endpoint',
    preload: join(ROOT, 'examples', 'without-token-traces.js'),
  },
};

/** One run of a contestant. */
export interface Run extends Effort {
  /** Seconds of the whole process on the clock. */
  readonly clock: number;
  readonly jsonBytes: number;
}

/** A folder in which contestants are compiled, installed and run. */
export class Contest {
  public constructor(public readonly folder: string) {
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(ROOT, join(folder, 'node_modules', 'cdktf-database-endpoint'));
    mkdirSync(join(folder, 'compiled'));
    for (const file of readdirSync(SOURCES)) {
      // Beside the library's own modules they would find those before their peers'.
      cpSync(join(SOURCES, file), join(folder, 'ts-node', file));
    }
    buildSync({
      entryPoints: readdirSync(SOURCES).map((file) => join(SOURCES, file)),
      outdir: join(folder, 'compiled'),
      bundle: true,
      packages: 'external',
      // The paths of this project's own settings would lead from the package to its sources.
      tsconfigRaw: {},
      platform: 'node',
      target: 'node20',
      logLevel: 'warning',
    });
  }

  public install(peer: keyof typeof PEERS): void {
    const prefix = join(this.folder, peer);
    mkdirSync(prefix);
    writeFileSync(join(prefix, 'package.json'), '{ "private": true }');
    const { status, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', ...PEERS[peer]], {
      cwd: prefix,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${PEERS[peer].join(' ')} cannot be installed:\n${stderr}`);
  }

  /** Runs each contestant in turn, again and again, so that a noisy machine disturbs all alike. */
  public compare(scenario: Scenario, runs: number): Record<Contestant, Run[]> {
    const results = Object.fromEntries(scenario.contestants.map((each) => [each, [] as Run[]]));
    // The first round only fills the caches of the file system.
    for (let round = -1; round < runs; round++) {
      for (const contestant of scenario.contestants) {
        const run = this.run(contestant, scenario);
        if (round >= 0) results[contestant].push(run);
      }
    }
    return results as Record<Contestant, Run[]>;
  }

  /** Where a contestant leaves what it synthesizes. */
  public outdir(contestant: Contestant): string {
    return join(this.folder, 'out', contestant);
  }

  public run(contestant: Contestant, { mode, endpoints, entries, file, isShared }: Scenario): Run {
    const { program: name, environment, preload }: Variant = VARIANTS[contestant] ?? { program: contestant };
    const outdir = this.outdir(contestant);
    mkdirSync(outdir, { recursive: true });
    const program = [
      ...(mode === 'ts-node' ? ['-r', 'ts-node/register'] : []),
      ...(preload ? ['-r', preload] : []),
      join(this.folder, mode, `${name}.${mode === 'ts-node' ? 'ts' : 'js'}`),
    ];
    const list = file && contestant === 'endpoint' ? [this.allowlist(entries)] : [];
    const start = process.hrtime.bigint();
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...program, outdir, String(endpoints), String(entries), ...list],
      {
        cwd: ROOT,
        encoding: 'utf8',
        env: {
          ...process.env,
          ...this.environment(name),
          ...environment,
          ...(isShared ? { BENCH_SHARED: 'yes' } : {}),
        },
        maxBuffer: 2 ** 28,
      },
    );
    const clock = Number(process.hrtime.bigint() - start) / 1e9;
    if (status !== 0) throw new Error(`${contestant} failed:\n${stderr.slice(0, 5000)}`);
    const effort: Effort = JSON.parse(stdout.slice(stdout.lastIndexOf('\n')));
    const json = jsonOf(name, outdir);
    return { ...effort, clock, jsonBytes: name === 'compile' ? 0 : statSync(json).size };
  }

  private environment(contestant: Contestant): NodeJS.ProcessEnv {
    const own = join(this.folder, contestant, 'node_modules');
    return {
      TS_NODE_PROJECT: join(ROOT, 'tsconfig.json'),
      NODE_PATH: [own, join(this.folder, 'node_modules'), join(ROOT, 'node_modules')].join(delimiter),
    };
  }

  private allowlist(entries: number): string {
    const path = join(this.folder, `allowlist-${entries}.yaml`);
    writeFileSync(path, allowlistFile(entries));
    return path;
  }
}

function jsonOf(contestant: Contestant, outdir: string): string {
  return contestant === 'aws-cdk'
    ? join(outdir, 'bench.template.json')
    : join(outdir, 'stacks', 'bench', 'cdk.tf.json');
}
