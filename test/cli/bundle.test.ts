import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { version } from '../../package.json';
import { blackHole } from './support/black-hole';
import { bundledCommand } from './support/bundled-command';
import { issue } from './support/certificates';
import { error } from './support/mysql-behaviour';
import { closeServers, serve } from './support/test-server';
import { tlsBehaviour } from './support/tls-behaviour';

const command = bundledCommand();

describe('the bundled command', () => {
  it('runs by itself', async () => {
    expect(await command.run('--version')).toEqual({ exitCode: 0, out: `${version}\n`, err: '' });
  });

  it('hands its exit code to the shell', async () => {
    const hole = await blackHole();
    const blocked = ['--engine', 'redis', '--expect', 'blocked', '--timeout', '0.5'];

    expect((await command.run('check', 'db', '--engine', 'db2')).exitCode).toBe(2);
    expect((await command.run('check', '127.0.0.1:1', '--engine', 'redis')).exitCode).toBe(3);
    expect((await command.run('check', '127.0.0.1:1', ...blocked)).exitCode).toBe(3);
    expect((await command.run('check', `127.0.0.1:${hole.port}`, ...blocked)).exitCode).toBe(0);
    await hole.close();
  });

  it('reads an allowlist from its standard input, by the name that is given', () => {
    const check = (input: string, ...args: string[]) =>
      spawnSync(command.file, ['allowlist', 'check', '-', ...args], {
        cwd: command.folder,
        encoding: 'utf8',
        input,
      });

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

  it('finds a server that demands a certificate of the client, and one that is full', async () => {
    const identity = issue({ commonName: 'localhost', names: ['localhost'] });
    const strict = await serve(tlsBehaviour({ identity, clientCertificate: 'demanded' }));
    const full = await serve((socket) => socket.end(error(0, 1040, 'Too many connections', '')));

    const redis = await command.run('check', `localhost:${strict.port}`, '--engine', 'redis');
    const mysql = await command.run('check', `localhost:${full.port}`, '--engine', 'mysql');

    expect(redis.exitCode).toBe(1);
    expect(redis.out).toMatch(/FAILED +client-cert +the server ends TLS with the alert certificate_required/);
    expect(mysql.exitCode).toBe(3);
    expect(mysql.out).toMatch(
      /unknown +tls +nothing was proven: .*Too many connections \[1040\]\n +-> Every connection/,
    );
    await closeServers();
  });

  it('passes on the license of what it holds', () => {
    expect(readFileSync(command.file, 'utf8')).toMatch(/commander \d+\.\d+\.\d+\n\n\(The MIT License\)/);
  });

  it('stays below 2.3 MB, the SDK, JMESPath and the page of the exposure included', () => {
    expect(statSync(command.file).size).toBeLessThan(2_300_000);
  });

  it('holds nothing of cdktf', () => {
    expect(readFileSync(command.file, 'utf8')).not.toMatch(/node_modules\/(cdktf|constructs|@cdktf)/);
  });
});
