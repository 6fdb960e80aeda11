import { observe } from '../../../cli/check/observe';
import { reportOn } from '../../../cli/check/report';
import { DatabaseEngine } from '../../../lib/engine/database-engine';
import { blackHole } from '../support/black-hole';
import { check, detailOf, statuses } from '../support/checking';
import { closeServers, freePort, serve } from '../support/test-server';

const { SFTP } = DatabaseEngine;

afterEach(closeServers);

const NOBODY = DatabaseEngine.custom({ name: 'nobody', port: 1, handshake: SFTP.handshake });

function checkAddresses(port: number, resolve: () => Promise<readonly string[]>, timeoutSeconds = 30) {
  const request = {
    host: 'db.test',
    port,
    engine: NOBODY,
    serverName: 'db.test',
    timeoutSeconds,
    expect: 'open',
  } as const;
  return observe(request, { resolve, now: () => new Date() }).then(reportOn);
}

describe('an endpoint', () => {
  it('is reachable where all its addresses take connections', async () => {
    const { port } = await serve(() => undefined);

    const report = await checkAddresses(port, async () => ['127.0.0.1']);

    expect(detailOf(report, 'reachable')).toBe('1 of 1 addresses take connections');
    expect(statuses(report)).toEqual({ reachable: 'ok', latency: 'ok' });
    expect(report.exitCode).toBe(0);
  });

  it('is half reachable where one of them does not', async () => {
    const { port } = await serve(() => undefined);

    const report = await checkAddresses(port, async () => ['127.0.0.2', '127.0.0.1']);

    expect(detailOf(report, 'reachable')).toBe('1 of 2 addresses take connections: 127.0.0.2 refuses the connection');
    expect(statuses(report)).toMatchObject({ reachable: 'warning' });
    expect(report.exitCode).toBe(0);
  });

  it('is not reachable where nobody listens', async () => {
    const report = await check(SFTP, await freePort());

    expect(statuses(report)).toEqual({ reachable: 'failed' });
    expect(report.exitCode).toBe(3);
  });

  it('is not reachable where packets are dropped', async () => {
    const hole = await blackHole();

    const report = await check(SFTP, hole.port, { timeoutSeconds: 0.4 });

    expect(detailOf(report, 'reachable')).toBe('127.0.0.1 does not answer in time');
    expect(report.findings[0].remedy).toMatch(/allowlist/);
    expect(report.exitCode).toBe(3);
    await hole.close();
  });

  it('is not reachable where its name is unknown', async () => {
    const report = await checkAddresses(1, () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' })));

    expect(detailOf(report, 'reachable')).toBe('db.test has no address (ENOTFOUND)');
    expect(report.exitCode).toBe(3);
  });

  it('is not reachable where the resolver does not answer', async () => {
    const report = await checkAddresses(1, () => new Promise(() => undefined), 0.4);

    expect(detailOf(report, 'reachable')).toBe('db.test has no address (ETIMEDOUT)');
  });

  it('has no more addresses than a load balancer can have', async () => {
    const { port } = await serve(() => undefined);

    const report = await checkAddresses(port, async () => Array.from({ length: 500 }, () => '127.0.0.1'));

    expect(detailOf(report, 'reachable')).toBe('16 of 16 addresses take connections');
  });
});
