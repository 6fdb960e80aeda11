import { existsSync, lstatSync, mkdirSync, readdirSync, readlinkSync, realpathSync, symlinkSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/**
 * Lets an app of another worktree use the packages that are installed in this one: in `node_modules` of the app's folder
 * and of those above it.
 *
 * Every package is a link of its own in a folder of the worktree: a command that removes or replaces packages there, as
 * `npm ci` does, removes links.
 *
 * @param root of the repository.
 * @param worktree of another commit of it.
 * @param prefix the app's folder within both, such as `infra/`.
 */
export function linkModules(root: string, worktree: string, prefix: string): void {
  const parts = prefix.split('/').filter((part) => part !== '');
  for (let depth = 0; depth <= parts.length; depth++) {
    const folder = join(...parts.slice(0, depth), 'node_modules');
    const [from, to] = [join(root, folder), join(worktree, folder)];
    if (existsSync(from) && !existsSync(to) && existsSync(join(to, '..'))) linkEach(realpathSync(from), to, root);
  }
}

function linkEach(from: string, to: string, root: string): void {
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    // npm's notes about what it has installed do not hold here.
    if (name.startsWith('.') && name !== '.bin') continue;
    if (name.startsWith('@') || name === '.bin') linkEach(source, target, root);
    else symlinkSync(linkTarget(source, root) ?? source, target);
  }
}

/** A workspace of the repository is linked relatively, and has to be that of the other commit. */
function linkTarget(source: string, root: string): string | undefined {
  if (!lstatSync(source).isSymbolicLink()) return undefined;
  const text = readlinkSync(source);
  const within = relative(root, resolve(source, '..', text));
  return within.startsWith('..') || within.split(/[\\/]/).includes('node_modules') ? undefined : text;
}
