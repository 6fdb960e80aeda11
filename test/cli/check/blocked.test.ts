import { observe } from '../../../cli/check/observe';
import { reportOn } from '../../../cli/check/report';
import { DatabaseEngine } from '../../../lib/engine/database-engine';
import { blackHole } from '../support/black-hole';
import { issue } from '../support/certificates';
import { check, detailOf, statuses } from '../support/checking';
import { greeting } from '../support/mysql-behaviour';
import { type Behaviour, closeServers, freePort, serve } from '../support/test-server';
import { tlsBehaviour } from '../support/tls-behaviour';

const { POSTGRESQL, MARIADB, SQL_SERVER, REDIS, SFTP } = DatabaseEngine;
const blocked = { expect: 'blocked', timeoutSeconds: 0.4 } as const;

afterEach(closeServers);

describe('a check that expects to be blocked', () => {
  it('is content where packets are dropped', async () => {
    const hole = await blackHole();

    const report = await check(POSTGRESQL, hole.port, blocked);

    expect(statuses(report)).toEqual({ blocked: 'ok' });
    expect(detailOf(report, 'blocked')).toBe('127.0.0.1 does not answer in time');
    expect(report.exitCode).toBe(0);
    await hole.close();
  });

  it('proves nothing where the connection is refused, as by a service that is dead for everybody', async () => {
    const report = await check(POSTGRESQL, await freePort(), blocked);

    expect(statuses(report)).toEqual({ blocked: 'unknown' });
    expect(detailOf(report, 'blocked')).toBe('nothing was proven: 127.0.0.1 refuses the connection');
    expect(report.exitCode).toBe(3);
  });

  test.each<[string, Behaviour, string]>([
    ['cut', (socket) => socket.once('data', () => socket.resetAndDestroy()), 'resets the connection'],
    ['ended', (socket) => socket.end(), 'hangs up'],
  ])('fails where the connection was taken, and is %s before anything is said', async (_, behave, what) => {
    const { port } = await serve(behave);

    const report = await check(REDIS, port, blocked);

    expect(detailOf(report, 'blocked')).toBe(`127.0.0.1 accepts the connection and ${what} before sending anything`);
    expect(report.exitCode).toBe(1);
  });

  test.each<[string, DatabaseEngine, Behaviour]>([
    ['PostgreSQL', POSTGRESQL, (socket) => socket.once('data', () => socket.write('N'))],
    ['MariaDB', MARIADB, (socket) => socket.write(greeting(true))],
    ['SQL Server', SQL_SERVER, (socket) => socket.once('data', () => socket.write('\x04'))],
    ['Redis', REDIS, tlsBehaviour({ identity: issue({ commonName: 'localhost' }) })],
    [
      'Redis with TLS 1.3 only',
      REDIS,
      tlsBehaviour({ identity: issue({ commonName: 'localhost' }), minVersion: 'TLSv1.3' }),
    ],
    ['SFTP', SFTP, (socket) => socket.write('SSH-2.0-x\r\n')],
  ])('fails where %s answers', async (_, engine, behave) => {
    const { port } = await serve(behave);

    const report = await check(engine, port, blocked);

    expect(detailOf(report, 'blocked')).toBe('127.0.0.1 accepts the connection and answers');
    expect(report.exitCode).toBe(1);
  });

  it('fails where the connection stands, even if nobody says anything', async () => {
    const { port } = await serve(() => undefined);

    const report = await check(REDIS, port, blocked);

    expect(detailOf(report, 'blocked')).toBe('127.0.0.1 accepts the connection and sends nothing');
    expect(report.exitCode).toBe(1);
  });

  it('fails where one of several addresses lets it in', async () => {
    const { port } = await serve((socket) => socket.write('hello'));
    const request = { host: 'localhost', port, engine: REDIS, serverName: 'localhost', ...blocked };

    const report = reportOn(
      await observe(request, { resolve: async () => ['127.0.0.2', '127.0.0.1'], now: () => new Date() }),
    );

    expect(detailOf(report, 'blocked')).toBe('127.0.0.1 accepts the connection and answers');
    expect(report.exitCode).toBe(1);
  });

  it('proves nothing where one address drops it and another one refuses', async () => {
    const hole = await blackHole();
    const request = { host: 'localhost', port: hole.port, engine: REDIS, serverName: 'localhost', ...blocked };

    // Nobody listens on the other address.
    const report = reportOn(
      await observe(request, { resolve: async () => ['127.0.0.1', '127.0.0.2'], now: () => new Date() }),
    );

    expect(detailOf(report, 'blocked')).toBe('nothing was proven: 127.0.0.2 refuses the connection');
    expect(report.exitCode).toBe(3);
    await hole.close();
  });

  it('is content where all addresses that this machine has a way to drop it', async () => {
    const hole = await blackHole();
    const request = { host: 'localhost', port: hole.port, engine: REDIS, serverName: 'localhost', ...blocked };

    const report = reportOn(
      await observe(request, { resolve: async () => ['127.0.0.1', '255.255.255.255'], now: () => new Date() }),
    );

    expect(detailOf(report, 'blocked')).toBe('127.0.0.1 does not answer in time');
    expect(report.exitCode).toBe(0);
    await hole.close();
  });

  it('proves nothing where this machine has no way to the address', async () => {
    const request = { host: 'db.test', port: 1, engine: REDIS, serverName: 'db.test', ...blocked };

    // Linux sends no connection to the broadcast address anywhere.
    const report = reportOn(
      await observe(request, { resolve: async () => ['255.255.255.255'], now: () => new Date() }),
    );

    expect(statuses(report)).toEqual({ blocked: 'unknown' });
    expect(report.exitCode).toBe(3);
  });

  it('proves nothing where the name is unknown', async () => {
    const request = { host: 'nowhere.invalid', port: 1, engine: REDIS, serverName: 'nowhere.invalid', ...blocked };
    const resolve = () => Promise.reject(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }));

    const report = reportOn(await observe(request, { resolve, now: () => new Date() }));

    expect(detailOf(report, 'blocked')).toBe('nothing was proven: nowhere.invalid has no address (ENOTFOUND)');
    expect(report.exitCode).toBe(3);
  });
});
