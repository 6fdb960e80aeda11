import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment } from '../../../../cli/exposure/base/synthesize';
import { bundledCommand } from '../../support/bundled-command';
import { command } from '../../support/command';
import { content, folderWith, written } from '../app';
import { Repository } from './repository';

const bundled = bundledCommand();
const start = process.cwd();
afterEach(() => process.chdir(start));

/** What the command leaves in the folder of temporary files. */
const scratchFolders = (pid = process.pid) =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`database-endpoint-${pid}-`));

/** Whether a process does anything: where nobody asks for its end, it is still listed. */
const isRunning = (pid: string) =>
  /^[^Z]/.test(spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' }).stdout);

/** Runs the command in the folder of the app, and sees that nothing is left of the worktree. */
async function diff(repository: Repository, ...args: string[]) {
  process.chdir(repository.app);
  const result = await command('exposure', 'diff', ...args);
  expect(repository.worktrees()).toBe(1);
  expect(scratchFolders()).toEqual([]);
  return result;
}

describe('exposure diff --base-ref', () => {
  it('compares the working directory with another commit, each by its own command', async () => {
    const repository = new Repository();
    const base = repository.commit(['8.8.8.8/32']);
    repository.git('mv', 'infra/app.js', 'infra/renamed.js');
    repository.write('infra/cdktf.json', { app: 'node renamed.js' });
    repository.commit(['9.9.9.9/32']);
    repository.write('infra/allowlist.json', ['8.8.8.0/24']);

    const { exitCode, out } = await diff(repository, '--base-ref', base, '--fail-on', 'gained');

    expect(exitCode).toBe(1);
    expect(out).toContain('255 IPv4 addresses');
    expect(out).toContain('1 endpoint changes: 1 with access gained.');
    expect((await diff(repository, '--base-ref', 'main')).out).toContain('1 with access gained, 1 with access lost');
  });

  it('takes a head that was synthesized before', async () => {
    const repository = new Repository();
    repository.commit(['8.8.8.8/32']);
    const head = folderWith({ 'exposure.json': content(written({ hostname: 'o.example.com' })) });

    expect((await diff(repository, '--base-ref', 'HEAD', head)).out).toContain(
      '1 IPv4 address (8.8.8.8/32) loses access',
    );
  });

  it('tells the place of an entry from the root of the repository', async () => {
    const repository = new Repository();
    repository.commit([]);
    repository.write('infra/allowlist.json', ['8.8.8.8/32']);
    const { out } = await diff(repository, '--base-ref', 'HEAD', '--format', 'sarif');

    expect(out).toContain('"uri": "infra/allowlist.json"');
  });

  it('lends the packages that are installed, which a command that installs its own does not touch', async () => {
    const repository = new Repository();
    repository.write('node_modules/@scope/writer/index.js', 'module.exports = require("writer")');
    repository.write('node_modules/.bin/tool', 'echo');
    repository.write('infra/node_modules/own/index.js', '');
    repository.commit(['8.8.8.8/32']);
    const replace =
      "node -e \"require('@scope/writer'); require('own')\" && node app.js && rm -rf ../node_modules/* ../node_modules/.bin/* ../node_modules/@scope/* node_modules";
    const lendOnly = `case "$PWD" in ${repository.app}) node app.js ;; *) ${replace} ;; esac`;

    expect(await diff(repository, '--base-ref', 'HEAD', '--synth-command', lendOnly)).toMatchObject({
      exitCode: 0,
      err: '',
    });
    for (const file of [
      'node_modules/@scope/writer/index.js',
      'node_modules/writer/index.js',
      'node_modules/.bin/tool',
      'infra/node_modules/own/index.js',
    ]) {
      expect([file, existsSync(join(repository.root, file))]).toEqual([file, true]);
    }
  });

  it('has the workspaces of the other commit', async () => {
    const repository = new Repository();
    repository.write('packages/writer2/index.js', 'exports.name = "base"');
    repository.git('-C', repository.root, 'add', '.');
    repository.commit(['8.8.8.8/32']);
    repository.write('packages/writer2/index.js', 'exports.name = "head"');
    const { symlinkSync } = await import('node:fs');
    symlinkSync('../packages/writer2', join(repository.root, 'node_modules/writer2'));
    const note = join(folderWith(), 'note');
    const both = `node -e "require('node:fs').appendFileSync('${note}', require('writer2').name + ' ')" && node app.js`;

    await diff(repository, '--base-ref', 'HEAD', '--synth-command', both);
    expect(readFileSync(note, 'utf8')).toBe('base head ');
  });

  it('works in a hook, whose environment names a repository', async () => {
    const [repository, other] = [new Repository(), new Repository()];
    repository.commit(['8.8.8.8/32']);
    other.commit(['8.8.8.0/24']);
    repository.write('infra/allowlist.json', ['9.9.9.9/32']);
    const names = {
      GIT_DIR: join(other.root, '.git'),
      GIT_WORK_TREE: other.root,
      GIT_INDEX_FILE: join(other.root, '.git/index'),
    };
    // The test's own git must not see it, which looks at the worktrees after the command.
    const { env } = process;
    process.env = { ...env, ...names };
    process.chdir(repository.app);
    const { exitCode, out } = await command('exposure', 'diff', '--base-ref', 'HEAD');
    process.env = env;

    expect({ exitCode, out }).toMatchObject({ exitCode: 0, out: expect.stringContaining('(8.8.8.8/32) loses access') });
    expect([repository.worktrees(), other.worktrees()]).toEqual([1, 1]);
  });

  it('runs no hook of the repository', async () => {
    const repository = new Repository();
    repository.commit(['8.8.8.8/32']);
    const note = join(folderWith(), 'note');
    writeFileSync(join(repository.root, '.git/hooks/post-checkout'), `#!/bin/sh\ntouch '${note}'\n`, { mode: 0o755 });

    expect((await diff(repository, '--base-ref', 'HEAD')).exitCode).toBe(0);
    expect(existsSync(note)).toBe(false);
  });

  it.each<[what: string, args: string[], message: RegExp]>([
    [
      'a commit that is not there',
      ['--base-ref', 'origin/main'],
      /'origin\/main' is not a commit of the repository\. Fetch it first/,
    ],
    ['an option in its place', ['--base-ref=--output=x'], /'--output=x' is not a commit/],
    [
      'a base with a mistake',
      ['--base-ref', 'HEAD'],
      /the base \(HEAD\) cannot be synthesized by 'node app\.js':[\s\S]*AllowlistEmpty/,
    ],
    [
      'a command that writes nothing',
      ['--base-ref', 'HEAD', '--synth-command', 'true'],
      /'true' has written nothing for the base/,
    ],
    ['a command that fails silently', ['--base-ref', 'HEAD', '--synth-command', 'exit 7'], /it ended with 7/],
    ['no command', ['--base-ref', 'HEAD', '--synth-command', ' '], /There is no command that synthesizes the base/],
  ])('ends with 2 and leaves nothing behind for %s', async (_, args, message) => {
    const repository = new Repository();
    repository.commit('broken');
    const { exitCode, err } = await diff(repository, ...args);

    expect(exitCode).toBe(2);
    expect(err).toMatch(message);
  });

  it('is refused outside of a repository', async () => {
    process.chdir(folderWith());

    expect((await command('exposure', 'diff', '--base-ref', 'HEAD')).exitCode).toBe(2);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'leaves nothing behind and nothing running after %s',
    async (signal) => {
      const repository = new Repository();
      repository.commit(['8.8.8.8/32']);
      const note = join(folderWith(), 'pid');
      const slow = `sleep 300 & echo $! > '${note}'; wait`;
      const child = spawn(bundled.file, ['exposure', 'diff', '--base-ref', 'HEAD', '--synth-command', slow], {
        cwd: repository.app,
        stdio: 'ignore',
      });
      const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
      while (!existsSync(note) || readFileSync(note, 'utf8') === '')
        await new Promise((resolve) => setTimeout(resolve, 50));
      expect(scratchFolders(child.pid)).toHaveLength(1);
      expect(isRunning(readFileSync(note, 'utf8').trim())).toBe(true);
      child.kill(signal);

      expect(await ended).toBe(2);
      expect(repository.worktrees()).toBe(1);
      expect(scratchFolders(child.pid)).toEqual([]);
      expect(isRunning(readFileSync(note, 'utf8').trim())).toBe(false);
    },
  );
});

describe('the environment of a synthesis', () => {
  it('has no rights in the cloud, and everything else', () => {
    const rights = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_PROFILE', 'AWS_ROLE_ARN'];
    const others = [
      'AWS_WEB_IDENTITY_TOKEN_FILE',
      'AWS_CONTAINER_CREDENTIALS_FULL_URI',
      'TF_TOKEN_app_terraform_io',
      'TF_VAR_password',
      'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
      'GITHUB_TOKEN',
      'CI_JOB_TOKEN',
    ];
    const secret = Object.fromEntries([...rights, ...others].map((name) => [name, 'secret']));
    const found = environment(
      '/out',
      { a: 1 },
      { ...secret, AWS_REGION: 'eu-central-1', CDKTF_CONTEXT_JSON: '{"b":2}' },
    );

    expect(JSON.stringify(found)).not.toContain('secret');
    expect(found).toMatchObject({
      AWS_REGION: 'eu-central-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/dev/null',
      CDKTF_OUTDIR: '/out',
      CDKTF_CONTEXT_JSON: '{"a":1,"b":2}',
    });
  });
});
