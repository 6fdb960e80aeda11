import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { startupMessage } from '../../../cli/check/protocol/postgresql-messages';
import { DatabaseEngine } from '../../../lib/engine/database-engine';
import { authority, issue } from '../../cli/support/certificates';
import { check, detailOf, statuses } from '../../cli/support/checking';
import { NO_TLS, type Verdicts, verdicts } from '../../cli/support/verdicts';
import { describeWithBinaries } from './servers/describe-with-binaries';
import { Mariadb, type MariadbOptions } from './servers/mariadb';
import { Postgresql, type PostgresqlOptions } from './servers/postgresql';
import { startRabbitmq } from './servers/rabbitmq';
import type { RealServer } from './servers/real-server';
import { type RedisClients, startNginx, startOpenssl, startRedis, startSshd } from './servers/small-servers';

const { POSTGRESQL, MARIADB, REDIS, OPENSEARCH, RABBITMQ, SFTP } = DatabaseEngine;

const ca = authority();
const localhost = { commonName: 'localhost', names: ['localhost'] };
const IDENTITIES = {
  good: issue({ ...localhost, issuer: ca }),
  // Half of all servers still have RSA, and old clients know nothing else.
  rsa: issue({ ...localhost, issuer: ca, key: 2048 }),
  expired: issue({ ...localhost, issuer: ca, validFromDays: -9, validForDays: 7 }),
  selfSigned: issue(localhost),
  wrongName: issue({ commonName: 'db.example.com', names: ['db.example.com'], issuer: ca }),
};

const OLD: Verdicts = { tls: 'failed', 'old-tls': 'failed' };

let server: RealServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

/** A connection on which the server waits for a password, which takes one of those that it has. */
async function beginLogin(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  socket.write(startupMessage('somebody'));
  await once(socket, 'data');
  return socket;
}

async function expectVerdicts(engine: DatabaseEngine, port: number, different: Verdicts) {
  // Redis waits for the end of a line that a ClientHello never has.
  const report = await check(engine, port, { ca, timeoutSeconds: 10 });
  const expected = verdicts(different);
  expect(statuses(report)).toEqual(expected);
  expect(report.exitCode).toBe(Object.values(expected).includes('failed') ? 1 : 0);
  return report;
}

describeWithBinaries(['postgres', 'initdb'], 'a check of a real PostgreSQL', () => {
  let cluster: Postgresql;
  beforeAll(() => {
    cluster = new Postgresql();
  });
  afterAll(() => cluster?.remove());

  const TLS_ONLY = 'hostssl all all all scram-sha-256';
  const BOTH = 'host all all all scram-sha-256';

  test.each<[what: string, options: PostgresqlOptions, different: Verdicts]>([
    ['that demands TLS', { identity: IDENTITIES.good, rules: TLS_ONLY }, {}],
    ['with an RSA key', { identity: IDENTITIES.rsa, rules: TLS_ONLY }, {}],
    [
      'that rejects plaintext by a rule',
      { identity: IDENTITIES.good, rules: `hostnossl all all all reject\n${BOTH}` },
      {},
    ],
    ['that takes both', { identity: IDENTITIES.good, rules: BOTH }, { plaintext: 'failed' }],
    ['that trusts everybody', { identity: IDENTITIES.good, rules: 'host all all all trust' }, { plaintext: 'failed' }],
    [
      'that knows its users',
      { identity: IDENTITIES.good, rules: 'host all reader all scram-sha-256' },
      { plaintext: 'unknown' },
    ],
    ['without TLS', { rules: BOTH }, NO_TLS],
    [
      'with an expired certificate',
      { identity: IDENTITIES.expired, rules: TLS_ONLY },
      { expiry: 'failed', chain: 'unknown' },
    ],
    ['with a certificate that signs itself', { identity: IDENTITIES.selfSigned, rules: TLS_ONLY }, { chain: 'failed' }],
    ['with a certificate of another name', { identity: IDENTITIES.wrongName, rules: TLS_ONLY }, { name: 'failed' }],
    ['that speaks TLS 1.0 only', { identity: IDENTITIES.rsa, rules: TLS_ONLY, isOld: true }, OLD],
  ])('%s', async (_, options, different) => {
    server = await cluster.start(options);

    await expectVerdicts(POSTGRESQL, server.port, different);
  });

  test.each<[what: string, rules: string, different: Verdicts]>([
    ['that demands a certificate of the client', `${TLS_ONLY} clientcert=verify-ca`, { 'client-cert': 'failed' }],
    ['that logs in by certificate', 'hostssl all all all cert', { 'client-cert': 'failed' }],
    ['that merely asks for one', TLS_ONLY, {}],
  ])('%s', async (_, rules, different) => {
    server = await cluster.start({ identity: IDENTITIES.good, rules, clientAuthority: ca });

    await expectVerdicts(POSTGRESQL, server.port, different);
  });

  it('without a connection left says so', async () => {
    server = await cluster.start({ identity: IDENTITIES.good, rules: BOTH, maxConnections: 2 });
    const logins = await Promise.all([beginLogin(server.port), beginLogin(server.port)]);

    const report = await check(POSTGRESQL, server.port, { ca });

    for (const login of logins) login.destroy();
    expect(statuses(report)).toMatchObject({ 'client-cert': 'unknown', plaintext: 'unknown' });
    expect(JSON.stringify(report.findings)).toMatch(/53300.*raise max_connections/);
  });

  it('holds an idle connection', async () => {
    server = await cluster.start({ identity: IDENTITIES.good, rules: TLS_ONLY });

    expect(statuses(await check(POSTGRESQL, server.port, { ca, idleSeconds: 1 }))).toMatchObject({ idle: 'ok' });
  });
});

describeWithBinaries(['mariadbd', 'mariadb-install-db'], 'a check of a real MariaDB', () => {
  let database: Mariadb;
  beforeAll(() => {
    database = new Mariadb();
  });
  afterAll(() => database?.remove());

  // Whether it demands TLS is told after a login only.
  const plaintext = 'unknown';

  test.each<[what: string, options: MariadbOptions, different: Verdicts]>([
    ['that demands TLS', { identity: IDENTITIES.good, requireTls: true }, { plaintext }],
    ['that takes both', { identity: IDENTITIES.good }, { plaintext }],
    ['without TLS', {}, NO_TLS],
    [
      'with an expired certificate',
      { identity: IDENTITIES.expired },
      { plaintext, expiry: 'failed', chain: 'unknown' },
    ],
    ['with a certificate that signs itself', { identity: IDENTITIES.selfSigned }, { plaintext, chain: 'failed' }],
    ['with a certificate of another name', { identity: IDENTITIES.wrongName }, { plaintext, name: 'failed' }],
    ['that speaks TLS 1.0 only', { identity: IDENTITIES.rsa, isOld: true }, { plaintext, ...OLD }],
  ])('%s', async (_, options, different) => {
    server = await database.start(options);

    await expectVerdicts(MARIADB, server.port, different);
  });
});

describeWithBinaries(['redis-server'], 'a check of a real Redis', () => {
  test.each<[what: string, clients: RedisClients, different: Verdicts]>([
    ['that demands a certificate of the client, as it does by default', 'default', { 'client-cert': 'failed' }],
    ['that merely asks for one', 'optional', {}],
  ])('%s', async (_, clients, different) => {
    server = await startRedis(IDENTITIES.good, '127.0.0.1', clients);

    await expectVerdicts(REDIS, server.port, different);
  });

  test.each<[what: string, identity: keyof typeof IDENTITIES | undefined, different: Verdicts]>([
    ['with TLS', 'good', {}],
    ['with an expired certificate', 'expired', { expiry: 'failed', chain: 'unknown' }],
    ['with a certificate that signs itself', 'selfSigned', { chain: 'failed' }],
    ['with a certificate of another name', 'wrongName', { name: 'failed' }],
    ['without TLS', undefined, NO_TLS],
  ])('%s', async (_, identity, different) => {
    server = await startRedis(identity && IDENTITIES[identity]);

    await expectVerdicts(REDIS, server.port, different);
  });

  it('holds an idle connection', async () => {
    server = await startRedis(IDENTITIES.good);

    expect(statuses(await check(REDIS, server.port, { ca, idleSeconds: 1 }))).toMatchObject({ idle: 'ok' });
  });
});

describeWithBinaries(['rabbitmqctl'], 'a check of a real RabbitMQ', () => {
  test.each<[what: string, identity: keyof typeof IDENTITIES, isOld: boolean, different: Verdicts]>([
    ['that speaks AMQPS alone', 'good', false, {}],
    ['with a certificate of another name', 'wrongName', false, { name: 'failed' }],
    ['that keeps to its defaults', 'good', true, { 'old-tls': 'failed' }],
  ])('%s', async (_, identity, isOld, different) => {
    server = await startRabbitmq(IDENTITIES[identity], isOld);

    await expectVerdicts(RABBITMQ, server.port, different);
  });
});

describeWithBinaries(['nginx'], 'a check of a real HTTPS server', () => {
  it('sees that plaintext is refused, although it is answered', async () => {
    server = await startNginx(IDENTITIES.good);

    const report = await expectVerdicts(OPENSEARCH, server.port, {});

    expect(detailOf(report, 'plaintext')).toBe('the server tells a client without TLS to use HTTPS');
  });

  test.each<[what: string, clients: 'on' | 'optional', different: Verdicts]>([
    ['that demands a certificate of the client', 'on', { 'client-cert': 'failed' }],
    ['that merely asks for one', 'optional', {}],
  ])('%s', async (_, clients, different) => {
    server = await startNginx(IDENTITIES.good, clients);

    await expectVerdicts(OPENSEARCH, server.port, different);
  });

  it('holds an idle connection', async () => {
    server = await startNginx(IDENTITIES.good);

    expect(statuses(await check(OPENSEARCH, server.port, { ca, idleSeconds: 1 }))).toMatchObject({ idle: 'ok' });
  });
});

describeWithBinaries(['openssl'], 'a check of the TLS server of OpenSSL', () => {
  const OLD_CIPHERS = ['-cipher', 'DEFAULT@SECLEVEL=0'];

  test.each<[what: string, flags: string[], different: Verdicts]>([
    ['that speaks TLS 1.0 only', ['-tls1', ...OLD_CIPHERS], OLD],
    ['that speaks TLS 1.1 only', ['-tls1_1', ...OLD_CIPHERS], OLD],
    ['that speaks all versions', OLD_CIPHERS, { 'old-tls': 'failed' }],
    ['that speaks TLS 1.2 only', ['-tls1_2'], {}],
    ['that speaks TLS 1.3 only', ['-tls1_3'], {}],
    ['that demands a certificate of the client', ['-Verify', '1', '-verify_return_error'], { 'client-cert': 'failed' }],
  ])('%s', async (_, flags, different) => {
    server = await startOpenssl(IDENTITIES.rsa, '-www', ...flags);

    await expectVerdicts(OPENSEARCH, server.port, different);
  });
});

describeWithBinaries(['sshd', 'ssh-keygen'], 'a check of a real SSH server', () => {
  it('reads who it is', async () => {
    server = await startSshd();

    const report = await check(SFTP, server.port, { idleSeconds: 1 });

    expect(statuses(report)).toEqual({ reachable: 'ok', latency: 'ok', ssh: 'ok', idle: 'ok' });
    expect(detailOf(report, 'ssh')).toMatch(/^speaks SSH 2\.0 \(OpenSSH_/);
  });
});
