import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../cli/program';
import { version } from '../../package.json';
import { blackHole } from './support/black-hole';
import { authority, issue } from './support/certificates';
import { command } from './support/command';
import { closeServers, freePort, serve } from './support/test-server';
import { tlsBehaviour } from './support/tls-behaviour';

const ca = authority();
const identity = issue({ commonName: 'localhost', names: ['localhost'], issuer: ca });
const folder = mkdtempSync(join(tmpdir(), 'program-'));
const caFile = join(folder, 'ca.pem');

beforeAll(() => writeFileSync(caFile, ca.certificate));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(closeServers);

describe('the command', () => {
  it('succeeds where no check failed', async () => {
    const { port } = await serve((socket) => {
      socket.once('data', (first: Buffer) => {
        socket.pause().unshift(first);
        if (first[0] === 22) tlsBehaviour({ identity })(socket);
        else socket.destroy();
      });
    });

    const { exitCode, out, err } = await command('check', `localhost:${port}`, '--engine', 'redis', '--ca', caFile);

    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toMatch(/No check failed/);
  });

  it('fails where a check failed, and says so in JSON if asked', async () => {
    const { port } = await serve(tlsBehaviour({ identity }));

    const { exitCode, out } = await command('check', `localhost:${port}`, '--engine', 'redis', '--json');

    expect(exitCode).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ exitCode: 1, engine: 'redis', tls: { version: 'TLSv1.3' } });
  });

  it('turns into a test of the allowlist', async () => {
    const { port } = await serve(tlsBehaviour({ identity }));
    const args = ['--engine', 'redis', '--expect', 'blocked'];

    const hole = await blackHole();

    expect((await command('check', `127.0.0.1:${port}`, ...args)).exitCode).toBe(1);
    expect((await command('check', `127.0.0.1:${await freePort()}`, ...args)).exitCode).toBe(3);
    expect((await command('check', `127.0.0.1:${hole.port}`, ...args, '--timeout', '0.5')).exitCode).toBe(0);
    await hole.close();
  });

  it('says that nothing is there', async () => {
    const { exitCode, out } = await command('check', `127.0.0.1:${await freePort()}`, '--engine', 'redis');

    expect(exitCode).toBe(3);
    expect(out).toMatch(/FAILED {2}reachable +127\.0\.0\.1 refuses the connection/);
  });

  test.each([
    [['check', '--engine', 'redis'], /Write HOST\[:PORT\], or --from FOLDER/],
    [['check', 'db'], /Write --engine NAME/],
    [['check', 'db', '--engine', 'db2'], /'db2' is not an engine/],
    [['check', 'db', '--engine', 'redis', '--password', 'x'], /unknown option '--password'/],
    [['chekc', 'db'], /unknown command 'chekc'/],
    [[], /Usage: database-endpoint/],
  ])('refuses %j', async (args, message) => {
    const { exitCode, out, err } = await command(...args);

    expect(exitCode).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(message);
  });

  it('explains itself', async () => {
    const { exitCode, out } = await command('check', '--help');

    expect(exitCode).toBe(0);
    expect(out).toMatch(/Exit codes:\n {2}0 {2}no check failed/);
    expect(out).toMatch(/aurora-mysql,\s+aurora-postgresql,\s+cassandra/);
  });

  it('tells its version', async () => {
    expect(await command('--version')).toEqual({ exitCode: 0, out: `${version}\n`, err: '' });
  });

  it('owns up to its own bugs', async () => {
    const exitCode = await run(['--version'], {
      out: () => {
        throw new TypeError('no paper');
      },
      err: (text) => expect(text).toMatch(/bug in database-endpoint: TypeError: no paper/),
    });

    expect(exitCode).toBe(4);
  });
});
