import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { bundle } from '../../../scripts/bundle';

export interface Outcome {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

/** The command as it is shipped: one file, far from the project, where a package outside of it cannot be found. */
export interface BundledCommand {
  readonly folder: string;
  readonly file: string;
  readonly run: (...args: readonly string[]) => Promise<Outcome>;
  /** The same with more in the environment, which is empty but for the path otherwise. */
  readonly runWith: (environment: NodeJS.ProcessEnv, ...args: readonly string[]) => Promise<Outcome>;
}

/** Bundles the command for the tests of one file, and removes it after them. */
export function bundledCommand(): BundledCommand {
  const folder = mkdtempSync(join(tmpdir(), 'bundled-'));
  const file = join(folder, 'database-endpoint.js');
  beforeAll(() => bundle(file));
  afterAll(() => rmSync(folder, { recursive: true }));
  const runWith = async (environment: NodeJS.ProcessEnv, ...args: readonly string[]) => {
    const child = spawn(file, args, {
      cwd: folder,
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
    const [out, err, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
    return { exitCode, out, err };
  };
  return { folder, file, run: (...args) => runWith({}, ...args), runWith };
}
