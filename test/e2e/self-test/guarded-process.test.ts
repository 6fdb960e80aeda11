import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { PATIENCE_MS } from '../../support/patience';
import { GuardedProcess } from '../harness/guarded-process';

const environment = process.env;
const SLEEPER = ['-c', 'sleep 60 & echo sleeper $!; wait'];

async function isGone(pid: number): Promise<boolean> {
  for (const start = Date.now(); Date.now() - start < PATIENCE_MS; ) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

describe('a guarded process', () => {
  it('keeps the two outputs and the exit code of its program apart', async () => {
    const program = new GuardedProcess('sh', ['-c', 'echo out; echo err >&2; exit 3'], { environment });

    expect(await program.ended).toBe(3);
    expect([program.stdout, program.stderr]).toEqual(['out\n', 'err\n']);
  });

  it('takes everything that it started with it when it is killed', async () => {
    const program = new GuardedProcess('sh', SLEEPER, { environment });
    const [, pid] = await program.waitFor(/sleeper (\d+)/);

    await program.kill();

    expect(await isGone(Number(pid))).toBe(true);
  });

  it('does not outlive the process of the tests, even one that is killed', async () => {
    const script = `
      const { GuardedProcess } = require(${JSON.stringify(join(__dirname, '..', 'harness', 'guarded-process'))});
      const program = new GuardedProcess('sh', ${JSON.stringify(SLEEPER)}, { environment: process.env });
      program.waitFor(/sleeper \\d+/).then(([line]) => console.log(line));`;
    const owner = spawn(process.execPath, ['-r', 'ts-node/register/transpile-only', '-e', script], {
      env: environment,
    });
    const line = await new Promise<string>((resolve) => owner.stdout.once('data', (text) => resolve(`${text}`)));

    owner.kill('SIGKILL');

    expect(await isGone(Number(line.replace('sleeper ', '')))).toBe(true);
  });

  it('says what the program said when it ends before it was ready', async () => {
    const program = new GuardedProcess('sh', ['-c', 'echo port in use >&2; exit 1'], { environment });

    await expect(program.waitFor(/ready/)).rejects.toThrow(/The program ended.*port in use/s);
  });
});
