import { spawnSync } from 'node:child_process';
import { UsageError } from '../../usage-error';

/** Runs git in a folder, and returns what it says without the line break at its end. */
export function git(folder: string, ...args: readonly string[]): string {
  // What the repository has configured to run at a checkout is not needed to read its files.
  const quiet = ['-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false'];
  const { status, stdout, stderr, error } = spawnSync('git', [...quiet, ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...withoutRepository(process.env), GIT_TERMINAL_PROMPT: '0' },
  });
  if (error)
    throw new UsageError(`git cannot be run: ${error.message}. Install it, or pass the folders BASE and HEAD.`);
  if (status !== 0) throw new UsageError(`git ${args[0]} failed: ${stderr.trim()}`);
  return stdout.replace(/\n$/, '');
}

/** An environment that names no repository, as the one of a hook does: there, git looks at no other folder. */
export function withoutRepository(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const others = Object.entries(environment).filter(([name]) => !/^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX)$/.test(name));
  return Object.fromEntries(others);
}

/** The commit that a name means. */
export function commitOf(folder: string, ref: string): string {
  try {
    return git(folder, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`);
  } catch {
    throw new UsageError(
      `--base-ref '${ref}' is not a commit of the repository. Fetch it first: 'git fetch origin ${ref}', or fetch-depth: 0 of actions/checkout.`,
    );
  }
}

/** Where a folder is in its repository: `infra/`, or nothing in its root and outside of one. */
export function prefixOf(folder: string): string {
  try {
    return git(folder, 'rev-parse', '--show-prefix');
  } catch {
    return '';
  }
}
