import { spawnSync } from 'node:child_process';
import { run } from '../../../cli/program';
import { bundledCommand } from '../support/bundled-command';
import { closeServers, serve } from '../support/test-server';

const bundled = bundledCommand();
afterEach(closeServers);

describe('somebody who waits', () => {
  it('is told what is being checked, and finds nothing of it in the report', async () => {
    const { port } = await serve(() => undefined);
    const lines: string[] = [];
    let err = '';

    await run(['check', `127.0.0.1:${port}`, '--engine', 'redis', '--timeout', '1.5'], {
      out: () => undefined,
      err: (text) => {
        err += text;
      },
      progress: (line) => void lines.push(line),
    });

    expect(lines[0]).toBe(`0 of 1 checked, 0 s: 127.0.0.1:${port}`);
    expect(lines).toContainEqual(expect.stringMatching(/^0 of 1 checked, 1 s: /));
    expect(lines.at(-1)).toBe('');
    expect(err).toBe('');
  });

  it('sees it at a terminal only', async () => {
    const line = `${bundled.file} check 127.0.0.1:1 --engine redis`;
    const { stdout } = spawnSync('script', ['-qec', line, '/dev/null'], { encoding: 'utf8' });

    expect(stdout).toContain('\r\u001b[K0 of 1 checked, 0 s: 127.0.0.1:1');
    expect(await bundled.run('check', '127.0.0.1:1', '--engine', 'redis')).toMatchObject({ err: '' });
  });
});
