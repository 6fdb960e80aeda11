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
}

/** Bundles the command for the tests of one file, and removes it after them. */
export function bundledCommand(): BundledCommand {
  const folder = mkdtempSync(join(tmpdir(), 'bundled-'));
  const file = join(folder, 'database-endpoint.js');
  // Each run starts a process, which takes a second where many tests run at once.
  jest.setTimeout(30_000);
  beforeAll(() => bundle(file));
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = async (...args: readonly string[]) => {
    const child = spawn(file, args, {
      cwd: folder,
      env: { PATH: process.env['PATH'] },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
    const [out, err, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
    return { exitCode, out, err };
  };
  return { folder, file, run };
}
