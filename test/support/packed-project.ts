import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { devDependencies } from '../../package.json';
import { readmeBlock, shown } from '../../scripts/readme';

const root = join(__dirname, '../..');

/** A synthesized stack by `<example>: <stack>`. */
export type Stacks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export const EXAMPLES = readdirSync(join(root, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

export interface RunOptions {
  readonly folder: string;
  /** Folders with programs that come before those of the machine. */
  readonly path?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

/** What a program that succeeds has said. */
export function run({ folder, path, environment }: RunOptions, command: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: [path, process.env['PATH']].filter(Boolean).join(delimiter),
      // As settings, not as options: npm install is run as users run it.
      npm_config_audit: 'false',
      npm_config_fund: 'false',
      npm_config_prefer_offline: 'true',
      npm_config_loglevel: 'warn',
      TS_NODE_PROJECT: '',
      NODE_OPTIONS: '',
      ...environment,
    },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}\n${stderr}`);
  return { stdout, stderr };
}

/** An empty project into which the packed library is installed with its peers, as a new user does it. */
export class PackedProject {
  public readonly folder = mkdtempSync(join(tmpdir(), 'packed-project-'));
  /** What npm warned about. */
  public readonly warnings: string;

  public constructor(
    tarball: string,
    peers: readonly string[],
    private readonly path?: string,
  ) {
    writeFileSync(join(this.folder, 'package.json'), '{"name":"empty","version":"1.0.0","private":true}');
    const tools = (['typescript', 'ts-node', '@types/node'] as const).map((name) => `${name}@${devDependencies[name]}`);
    this.warnings = this.run('npm', 'install', tarball, ...peers, ...tools).stderr;
    writeFileSync(join(this.folder, 'tsconfig.json'), readmeBlock('tsconfig'));
  }

  public run(command: string, ...args: string[]): { readonly stdout: string; readonly stderr: string } {
    return run({ folder: this.folder, path: this.path }, command, ...args);
  }

  /** Runs a program with its types checked; the folder of its first stack. */
  public synthesize(program: string, stack = 'prod'): string {
    writeFileSync(join(this.folder, 'main.ts'), program);
    this.run('node', 'node_modules/ts-node/dist/bin.js', 'main.ts');
    return join(this.folder, 'cdktf.out', 'stacks', stack);
  }

  /** What the README's example yields, as the README shows it. */
  public readmeJson(): string {
    return shown(join(this.synthesize(readmeBlock('example')), 'cdk.tf.json'));
  }

  /** Every example, with its types checked. */
  public examples(): Stacks {
    cpSync(join(root, 'examples'), join(this.folder, 'examples'), { recursive: true });
    return synthesizeExamples(this.folder, { folder: this.folder, path: this.path });
  }
}

/** What the examples yield with the sources and the packages of the repository. */
export function referenceExamples(): Stacks {
  const environment = { TS_NODE_PROJECT: join(root, 'tsconfig.json') };
  return synthesizeExamples(root, { folder: root, environment }, ['-r', 'tsconfig-paths/register']);
}

const RUN_ALL = `
for (const [main, out] of JSON.parse(process.argv[1])) {
  process.env.CDKTF_OUTDIR = out;
  require(main);
}`;

function synthesizeExamples(home: string, options: RunOptions, modules: readonly string[] = []): Stacks {
  const out = mkdtempSync(join(tmpdir(), 'packed-examples-'));
  const jobs = EXAMPLES.map((name) => [join(home, 'examples', name, 'main.ts'), join(out, name)]);
  for (const [, folder] of jobs) mkdirSync(folder);
  try {
    run(options, 'node', '-r', 'ts-node/register', ...modules, '-e', RUN_ALL, JSON.stringify(jobs));
    return Object.fromEntries(EXAMPLES.flatMap((example) => stacksOf(example, join(out, example), home)));
  } finally {
    rmSync(out, { recursive: true });
  }
}

function stacksOf(example: string, out: string, home: string): [string, Readonly<Record<string, unknown>>][] {
  const { stacks } = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
  return Object.entries<{ synthesizedStackPath: string }>(stacks).map(([name, { synthesizedStackPath: path }]) => [
    `${example}: ${name}`,
    // Where no backend is named, the state's path begins with the folder of the app.
    JSON.parse(readFileSync(join(out, path), 'utf8').replaceAll(home, '<project>')),
  ]);
}
