import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commitOf, git, prefixOf } from './git';
import { linkModules } from './linked-modules';
import { synthesize } from './synthesize';

/** What is compared with another commit. */
export interface BaseRef {
  /** The other commit, by any name that git knows. */
  readonly ref: string;
  /** What was synthesized of the head; the working directory is synthesized without it. */
  readonly head?: string;
  /** What synthesizes the app instead of the command in its cdktf.json. */
  readonly command?: string;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Synthesizes another commit of the app in the working directory, in a worktree of its own, and hands both folders on.
 * The worktree is gone after it, whatever happens, and so is what was synthesized.
 */
export async function withBaseRef<Result>(
  { ref, head, command }: BaseRef,
  use: (base: string, head: string) => Result,
): Promise<Result> {
  const here = process.cwd();
  const commit = commitOf(here, ref);
  const [root, prefix] = [git(here, 'rev-parse', '--show-toplevel'), prefixOf(here)];
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), `database-endpoint-${process.pid}-`)));
  const worktree = join(scratch, 'base');
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  for (const signal of SIGNALS) process.once(signal, interrupt);
  try {
    git(root, 'worktree', 'add', '--detach', '--quiet', worktree, commit);
    linkModules(root, worktree, prefix);
    const { signal } = interruption;
    const outdir = (name: string) => {
      mkdirSync(join(scratch, name));
      return join(scratch, name);
    };
    const base = await synthesize({
      folder: join(worktree, prefix),
      outdir: outdir('base.out'),
      title: `the base (${ref})`,
      ...{ command, signal },
    });
    const synthesized =
      head ??
      (await synthesize({ folder: here, outdir: outdir('head.out'), title: 'the working directory', command, signal }));
    return use(base, synthesized);
  } finally {
    for (const signal of SIGNALS) process.removeListener(signal, interrupt);
    removeWorktree(root, worktree);
    rmSync(scratch, { recursive: true, force: true });
  }
}

function removeWorktree(root: string, worktree: string): void {
  rmSync(worktree, { recursive: true, force: true });
  // What git has noted about worktrees that are not there any more.
  git(root, 'worktree', 'prune');
}
