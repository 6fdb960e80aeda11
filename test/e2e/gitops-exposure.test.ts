import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { load } from 'js-yaml';
import { bundle } from '../../scripts/bundle';
import { appCommand, repositoryFile } from './fixtures/app-command';
import { runCommand, succeeded } from './fixtures/command';
import { scratchFolder } from './harness';

const LOOKER = '  - { cidr: 203.0.113.7, description: Looker, owner: data-team }';
const BERLIN = '  - { cidr: 198.51.100.0/24, description: Berlin office, owner: platform-team }';
const OFFICE = '  - { cidr: 192.0.2.7, description: Office }';
const allowlist = (...entries: string[]) => ['entries:', ...entries, ''].join('\n');

const GAINED =
  '+ 256 IPv4 addresses (198.51.100.0/24) gain access: Berlin office, owner platform-team, at gitops/allowlist.yaml:2:13';
const LOST = '- 1 IPv4 address (203.0.113.7/32) loses access: Looker, owner data-team, at gitops/allowlist.yaml:2:13';

const BASE = allowlist(LOOKER, OFFICE);

/** What becomes of it. */
const CHANGES: readonly (readonly [what: string, head: string, shown: readonly string[], exitCode: number])[] = [
  ['nothing', `# reviewed\n${allowlist(OFFICE, LOOKER)}`, ['Nothing changes in who can reach what.'], 0],
  ['access gained', allowlist(BERLIN, LOOKER, OFFICE), [GAINED, '1 endpoint changes: 1 with access gained.'], 1],
  ['access lost', allowlist(OFFICE), [LOST, '1 endpoint changes: 1 with access lost.'], 1],
  ['access gained and lost', allowlist(BERLIN, OFFICE), [GAINED, LOST, '1 with access gained, 1 with access lost.'], 1],
];

describe('the exposure of examples/gitops', () => {
  const root = scratchFolder('gitops-repository');
  const command = join(root, 'database-endpoint.js');
  const app = appCommand('unused');
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    ...app.environment,
    // The app of the repository is the command's own; what it imports is installed here.
    CDKTF_APP: app.command.replace(/"[^"]*unused"$/, 'gitops/main.ts'),
    NODE_PATH: repositoryFile('node_modules'),
    DATABASE_ENDPOINT: command,
    GITHUB_STEP_SUMMARY: '',
    ...{ AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' },
  };
  const git = async (...args: string[]) =>
    succeeded(
      await runCommand('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], {
        folder: root,
        environment: process.env,
      }),
    );
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  const commit = async (text: string) => {
    write('gitops/allowlist.yaml', text);
    await git('add', 'gitops');
    await git('commit', '--quiet', '--message', 'x');
  };
  const exposure = (own: NodeJS.ProcessEnv = {}) =>
    runCommand('bash', ['gitops/pipeline.sh', 'exposure'], { folder: root, environment: { ...environment, ...own } });

  beforeAll(async () => {
    await bundle(command);
    const main = readFileSync(repositoryFile('examples/gitops/main.ts'), 'utf8');
    const fromFile = main
      .replace(/allow: \[.*\],/, "allow: AllowlistFile.read('gitops/allowlist.yaml'),")
      .replace('AllowedSource,', 'AllowlistFile,');
    write('gitops/main.ts', fromFile);
    copyFileSync(repositoryFile('examples/gitops/pipeline.sh'), join(root, 'gitops/pipeline.sh'));
    await git('init', '--quiet', '--initial-branch=main');
    await commit(BASE);
    await git('update-ref', 'refs/remotes/origin/main', 'main');
  });

  it.each(CHANGES)('tells %s since the base of a branch, without credentials', async (_, head, shown, stopped) => {
    await git('checkout', '--quiet', '--detach', 'main');
    await commit(head);

    const { exitCode, output } = await exposure();
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    for (const text of shown) expect(output).toContain(text);
    expect(await exposure({ FAIL_ON: 'any' })).toMatchObject({ exitCode: stopped });
    expect((await git('worktree', 'list')).trim().split('\n')).toHaveLength(1);
  });

  it('writes what a job puts into the pull request, and what other systems read', async () => {
    await git('checkout', '--quiet', '--detach', 'main');
    await commit(allowlist(BERLIN));
    const OUT = join(scratchFolder('out'), 'exposure');
    const summary = join(scratchFolder('summary'), 'summary.md');
    await exposure({ OUT, BASE_REF: 'HEAD^1', GITHUB_STEP_SUMMARY: summary });

    const written = (name: string) => readFileSync(join(OUT, name), 'utf8');
    expect(written('exposure.md')).toMatch(/^<!-- database-endpoint exposure diff -->\n/);
    expect(readFileSync(summary, 'utf8')).toBe(written('exposure.md'));
    expect(written('exposure.md')).toContain(
      '| **gained** | 256 IPv4 addresses: `198.51.100.0/24` | `Berlin office` | `platform-team` |  |  | `gitops/allowlist.yaml:2:13` |',
    );
    expect(JSON.parse(written('exposure.json')).facts).toMatchObject({ gained: true, public: false });
    expect(written('exposure.sarif')).toContain('"uri": "gitops/allowlist.yaml"');
    expect(written('exposure.xml')).toContain('<testsuite name="databases-prod/Orders"');
  });

  it('fails where a commit cannot be synthesized, and says so', async () => {
    await git('checkout', '--quiet', '--detach', 'main');
    await commit('entries: [203.0.113.300]\n');

    expect(await exposure()).toMatchObject({ exitCode: 2, output: expect.stringContaining('[CidrInvalid]') });
  });

  describe('in the comment of a pull request', () => {
    const workflow = load(readFileSync(repositoryFile('examples/gitops/github-actions.yml'), 'utf8')) as {
      readonly jobs: { readonly comment: { readonly steps: readonly { readonly run?: string }[] } };
    };
    const script = workflow.jobs.comment.steps.flatMap(({ run }) => run ?? [])[0];

    /** Runs the step with a `gh` that answers a list of comments with these ids, and tells what else it was asked. */
    const asked = async (...ids: number[]) => {
      const folder = scratchFolder('comment');
      const gh = join(folder, 'gh');
      writeFileSync(
        gh,
        `#!/bin/sh\ncase "$*" in\n*--paginate*) printf '%s\\n' ${ids.join(' ')} ;;\n*) echo "$*" >> '${folder}/asked' ;;\nesac\n`,
      );
      chmodSync(gh, 0o755);
      const own = { PATH: `${folder}:${process.env['PATH']}`, GITHUB_REPOSITORY: 'o/r', PULL_REQUEST: '7' };
      succeeded(await runCommand('bash', ['-e', '-o', 'pipefail', '-c', script], { folder, environment: own }));
      return readFileSync(join(folder, 'asked'), 'utf8').trim();
    };

    it('is added where there is none', async () => {
      expect(await asked()).toBe('api --silent repos/o/r/issues/7/comments --field body=@exposure/exposure.md');
    });

    it('replaces the one that is there', async () => {
      expect(await asked(41, 42)).toBe(
        'api --silent --method PATCH repos/o/r/issues/comments/41 --field body=@exposure/exposure.md',
      );
    });
  });
});
