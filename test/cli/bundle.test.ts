import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from '../../package.json';
import { bundle } from '../../scripts/bundle';

const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
const outfile = join(folder, 'database-endpoint.js');

beforeAll(() => bundle(outfile));
afterAll(() => rmSync(folder, { recursive: true }));

function execute(...args: string[]) {
  // Far from the project: a package that is not in the bundle cannot be found.
  return spawnSync(outfile, args, { cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'] } });
}

describe('the bundled command', () => {
  it('runs by itself', () => {
    expect(execute('--version')).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('hands its exit code to the shell', () => {
    expect(execute('check', 'db', '--engine', 'db2').status).toBe(2);
    expect(execute('check', '127.0.0.1:1', '--engine', 'redis').status).toBe(3);
    expect(execute('check', '127.0.0.1:1', '--engine', 'redis', '--expect', 'blocked').status).toBe(0);
  });

  it('reads an allowlist from its standard input, by the name that is given', () => {
    const check = (input: string, ...args: string[]) =>
      spawnSync(outfile, ['allowlist', 'check', '-', ...args], { cwd: folder, encoding: 'utf8', input });

    expect(check('entries: [8.8.8.8]')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^stdin\.yaml: 1 entry\n/),
    });
    expect(check('cidr;owner\r\n8.8.8.300;jane\r\n', '--stdin-name', 'vendors/a.csv')).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^error: vendors\/a\.csv:2:1: cidr '8\.8\.8\.300' /),
    });
    expect(check('entries: [8.8.8.8]', '-').status).toBe(2);
  });

  it('passes on the license of what it holds', () => {
    expect(readFileSync(outfile, 'utf8')).toMatch(/commander \d+\.\d+\.\d+\n\n\(The MIT License\)/);
  });

  it('holds nothing of cdktf', () => {
    expect(readFileSync(outfile, 'utf8')).not.toMatch(/node_modules\/(cdktf|constructs|@cdktf)/);
  });
});
