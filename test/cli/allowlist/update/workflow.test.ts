import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';

const root = join(__dirname, '../../../..');
const { env, jobs } = load(readFileSync(join(root, 'examples/gitops/github-feeds.yml'), 'utf8')) as {
  env: Record<string, string>;
  jobs: Record<string, { steps: { name?: string; run?: string }[] }>;
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'workflow-'));
  git('.', 'init', '--quiet', '--bare', '--initial-branch=main', 'origin.git');
  git('.', 'clone', '--quiet', 'origin.git', 'main');
  mkdirSync(join(folder, 'main', 'allowlists'));
  write('main/allowlists/a.yaml', 'entries: []\n');
  write('main/allowlists/a.yaml.lock.json', 'old\n');
  write('main/allowlists/gone.yaml.lock.json', 'gone\n');
  write('main/package.json', '{}\n');
  git('main', 'add', '.');
  git('main', 'commit', '--quiet', '-m', 'Start');
  git('main', 'push', '--quiet', 'origin', 'HEAD:main');
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  writeFileSync(join(folder, path), text);
}

function git(where: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, {
    cwd: join(folder, where),
    encoding: 'utf8',
    env: ENVIRONMENT(),
  });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout;
}

const ENVIRONMENT = (): NodeJS.ProcessEnv => ({
  PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
  HOME: folder,
  RUNNER_TEMP: join(folder, 'temp'),
  GITHUB_OUTPUT: join(folder, 'output'),
  GITHUB_STEP_SUMMARY: join(folder, 'summary'),
  GITHUB_REPOSITORY: 'example/databases',
  BASE: 'main',
  GH_LOG: join(folder, 'gh.log'),
  GIT_CONFIG_COUNT: '3',
  GIT_CONFIG_KEY_0: 'user.name',
  GIT_CONFIG_VALUE_0: 'test',
  GIT_CONFIG_KEY_1: 'user.email',
  GIT_CONFIG_VALUE_1: 'test@example.com',
  // Where the workflow pushes to.
  GIT_CONFIG_KEY_2: `url.${join(folder, 'origin.git')}.insteadOf`,
  GIT_CONFIG_VALUE_2: 'https://github.com/example/databases',
  ...env,
});

/** Runs a step as GitHub does, in a checkout; `gh` and `npx` are stubs. */
function step(job: string, name: string, where: string, stubs: Record<string, string> = {}): void {
  for (const made of ['bin', 'temp']) mkdirSync(join(folder, made), { recursive: true });
  for (const [command, script] of Object.entries(stubs)) {
    write(`bin/${command}`, `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'bin', command), 0o755);
  }
  const script = jobs[job].steps.find((each) => each.name === name)?.run ?? 'exit 99';
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    ...{ cwd: join(folder, where), encoding: 'utf8' as const, env: ENVIRONMENT() },
  });
  expect([status, stdout + stderr]).toEqual([0, expect.any(String)]);
}

function fetched(): boolean {
  step('fetch', 'Look for changes', 'main');
  return existsSync(join(folder, 'output')) && readFileSync(join(folder, 'output'), 'utf8').includes('changed=true');
}

function proposed(openPullRequest: string): string[] {
  rmSync(join(folder, 'fresh'), { recursive: true, force: true });
  git('.', 'clone', '--quiet', 'origin.git', 'fresh');
  mkdirSync(join(folder, 'temp', 'feeds'), { recursive: true });
  for (const file of ['feeds.md', 'feeds.patch'])
    writeFileSync(join(folder, 'temp/feeds', file), readFileSync(join(folder, 'temp', file)));
  step('propose', 'Propose', 'fresh', {
    gh: `echo "$@" >> "$GH_LOG"\nif [ "$1 $2" = "pr list" ]; then echo "${openPullRequest}"; fi`,
  });
  return readFileSync(join(folder, 'gh.log'), 'utf8').trim().split('\n');
}

test('a night without a change proposes nothing', () => {
  step('fetch', 'Fetch', 'main', { npx: 'echo "### Published lists"' });

  expect(fetched()).toBe(false);
  expect(readFileSync(join(folder, 'temp/feeds.md'), 'utf8')).toBe('### Published lists\n');
});

test('changed, new and removed lock files are proposed, and nothing else that the job has changed', () => {
  step('fetch', 'Fetch', 'main', {
    npx: [
      'echo "$@"',
      'echo new > allowlists/a.yaml.lock.json',
      'echo first > allowlists/b.yaml.lock.json',
      'rm allowlists/gone.yaml.lock.json',
      'echo evil > package.json',
    ].join('\n'),
  });

  expect(readFileSync(join(folder, 'summary'), 'utf8')).toBe(
    '--no-install database-endpoint allowlist update --format markdown allowlists/a.yaml\n',
  );
  expect(fetched()).toBe(true);
  const calls = proposed('');

  expect(git('origin.git', 'diff', '--name-status', 'main', 'feeds/update').split('\n')).toEqual([
    'M\tallowlists/a.yaml.lock.json',
    'A\tallowlists/b.yaml.lock.json',
    'D\tallowlists/gone.yaml.lock.json',
    '',
  ]);
  expect(calls.at(-1)).toMatch(/^pr create --head feeds\/update --base main --title .* --body-file .*feeds\.md$/);
});

test('a patch that touches other files changes none of them', () => {
  write('main/allowlists/a.yaml.lock.json', 'new\n');
  expect(fetched()).toBe(true);
  write('main/package.json', 'evil\n');
  write('temp/feeds.patch', git('main', 'diff', '--binary'));
  write('temp/feeds.md', 'text');

  proposed('');

  expect(git('origin.git', 'diff', '--name-only', 'main', 'feeds/update')).toBe('allowlists/a.yaml.lock.json\n');
});

test('the pull request of the night before is replaced', () => {
  write('main/allowlists/a.yaml.lock.json', 'new\n');
  expect(fetched()).toBe(true);
  write('temp/feeds.md', 'text');
  proposed('');
  write('main/allowlists/a.yaml.lock.json', 'newer\n');
  expect(fetched()).toBe(true);

  const calls = proposed('7');

  expect(git('origin.git', 'show', 'feeds/update:allowlists/a.yaml.lock.json')).toBe('newer\n');
  expect(git('origin.git', 'rev-list', '--count', 'main..feeds/update')).toBe('1\n');
  expect(calls.at(-1)).toMatch(/^pr edit 7 --body-file /);
});
