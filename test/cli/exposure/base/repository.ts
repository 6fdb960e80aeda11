import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folderWith } from '../app';

/** Synthesizes what allowlist.json beside it lists, as an app of CDKTF does, by way of a package. */
const APP = `
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { write } = require('writer');
const values = JSON.parse(readFileSync(__dirname + '/allowlist.json', 'utf8'));
if (values === 'broken') throw new Error('prod/Orders: allow is empty. [AllowlistEmpty]');
const out = process.env.CDKTF_OUTDIR;
writeFileSync(out + '/manifest.json', '{}');
mkdirSync(out + '/stacks/prod', { recursive: true });
const sources = values.map((value) => ({ kind: 'cidr', value, file: 'allowlist.json' }));
const endpoint = { endpoint: 'prod/Orders', engine: 'postgresql', hostname: 'o.example.com', port: 5432 };
const rest = { tls: 'passthrough', internetFacing: true, expired: [], checks: [] };
write(out + '/stacks/prod/exposure.json', { version: 1, endpoints: [{ ...endpoint, ...rest, sources }] });
`;

const WRITER = `exports.write = (file, content) => require('node:fs').writeFileSync(file, JSON.stringify(content));`;

/** A repository with an app in its folder `infra`, whose packages are installed and not committed. */
export class Repository {
  public readonly root = folderWith({
    '.gitignore': 'node_modules\ncdktf.out\n',
    'node_modules/writer/index.js': WRITER,
    'infra/app.js': APP,
    'infra/cdktf.json': { app: 'node app.js', context: {} },
  });

  public constructor() {
    this.git('init', '--quiet', '--initial-branch=main');
  }

  public get app(): string {
    return join(this.root, 'infra');
  }

  public git(...args: readonly string[]): string {
    const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
    return execFileSync('git', [...who, ...args], {
      cwd: this.root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  public write(name: string, content: unknown): void {
    const file = join(this.root, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }

  /** Commits the app with these blocks in its allowlist. */
  public commit(values: readonly string[] | 'broken'): string {
    this.write('infra/allowlist.json', JSON.stringify(values));
    this.git('add', '.');
    this.git('commit', '--quiet', '--message', 'x');
    return this.git('rev-parse', 'HEAD').trim();
  }

  /** What git knows of worktrees, of which only its own is to be left. */
  public worktrees(): number {
    return this.git('worktree', 'list').trim().split('\n').length;
  }
}
