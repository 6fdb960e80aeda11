import { judgeSecureAnswer } from '../../../cli/check/protocol/greetings';
import { judgeComparison } from '../../../cli/check/protocol/postgresql';
import { DatabaseEngine } from '../../../lib/engine/database-engine';
import { authority, issue } from '../support/certificates';
import { check, detailOf, statuses } from '../support/checking';
import { ASKS_FOR_PASSWORD, error, NO_RULE, postgresqlBehaviour } from '../support/postgresql-behaviour';
import { type Behaviour, closeServers, serve } from '../support/test-server';
import { acceptTls, type ServerTls, tlsBehaviour } from '../support/tls-behaviour';

const { POSTGRESQL, REDIS, MONGODB, MEMCACHED, OPENSEARCH } = DatabaseEngine;

const ca = authority();
const identity = issue({ commonName: 'localhost', names: ['localhost'], issuer: ca });
const DEMANDS: ServerTls = { identity, clientCertificate: 'demanded' };
const ASKS: ServerTls = { identity, clientCertificate: 'asked' };

afterEach(closeServers);

/** Where a check gets no answer on one of its connections, and waits for it as long as it may. */
const UNANSWERED = [
  'an engine of nobody else',
  'an engine of nobody else that says nothing',
  'OpenSearch that dislikes the question',
];
const secondsFor = (name: string) => (UNANSWERED.includes(name) ? 2 : undefined);

async function checked(engine: DatabaseEngine, behave: Behaviour, timeoutSeconds?: number) {
  const { port } = await serve(behave);
  return check(engine, port, { ca, timeoutSeconds });
}

/** TLS only, with these words for every client. */
const https = (answer: string, tls: ServerTls = { identity }) => tlsBehaviour(tls, answer);

const postgresql = (tls: ServerTls, encrypted = ASKS_FOR_PASSWORD) =>
  postgresqlBehaviour({ tls, plain: NO_RULE, encrypted });

describe('a server that demands a certificate of the client', () => {
  test.each<[string, DatabaseEngine, Behaviour]>([
    ['Redis', REDIS, tlsBehaviour({ ...DEMANDS, minVersion: 'TLSv1.3' })],
    ['MongoDB', MONGODB, tlsBehaviour({ ...DEMANDS, minVersion: 'TLSv1.3' })],
    ['OpenSearch', OPENSEARCH, https('HTTP/1.1 200 OK\r\n\r\n', { ...DEMANDS, minVersion: 'TLSv1.3' })],
    ['PostgreSQL after its SSLRequest', POSTGRESQL, postgresql({ ...DEMANDS, minVersion: 'TLSv1.3' })],
    [
      'an engine of nobody else',
      DatabaseEngine.custom({ name: 'own', port: 1, handshake: REDIS.handshake }),
      tlsBehaviour({ ...DEMANDS, minVersion: 'TLSv1.3' }),
    ],
  ])('is found out in TLS 1.3, after the handshake: %s', async (name, engine, behave) => {
    const report = await checked(engine, behave, secondsFor(name));

    expect(statuses(report)).toMatchObject({ tls: 'ok', 'client-cert': 'failed', chain: 'ok', name: 'ok' });
    expect(detailOf(report, 'client-cert')).toBe(
      'the server ends TLS with the alert certificate_required when the client presents no certificate',
    );
    expect(report.exitCode).toBe(1);
  });

  test.each<[string, DatabaseEngine, Behaviour]>([
    ['Redis', REDIS, tlsBehaviour({ ...DEMANDS, maxVersion: 'TLSv1.2' })],
    ['PostgreSQL after its SSLRequest', POSTGRESQL, postgresql({ ...DEMANDS, maxVersion: 'TLSv1.2' })],
  ])('is found out in TLS 1.2, within the handshake: %s', async (_, engine, behave) => {
    const report = await checked(engine, behave);

    expect(statuses(report)).toMatchObject({ tls: 'unknown', 'client-cert': 'failed' });
    expect(detailOf(report, 'client-cert')).toBe(
      'the server ends TLS with the alert handshake_failure when the client presents no certificate',
    );
    expect(report.exitCode).toBe(1);
  });

  it('is found out where PostgreSQL says so at the login', async () => {
    const refusal = error('28000', 'connection requires a valid client certificate');

    const report = await checked(POSTGRESQL, postgresql(ASKS, refusal));

    expect(statuses(report)).toMatchObject({ tls: 'ok', 'client-cert': 'failed', plaintext: 'ok' });
    expect(detailOf(report, 'client-cert')).toBe(
      'the server answers: connection requires a valid client certificate [28000]',
    );
  });

  it.each([
    [
      'nginx',
      '400 Bad Request',
      '<title>400 No required SSL certificate was sent</title>',
      '400 No required SSL certificate was sent',
    ],
    ['IIS', '403 Forbidden', '<h2>403.7 - Client certificate required</h2>', '403.7 - Client certificate required'],
    [
      'Apache',
      '403 Forbidden',
      'Reason: Cannot perform Post-Handshake Authentication.',
      'Reason: Cannot perform Post-Handshake Authentication.',
    ],
  ])('is found out where %s says so in HTTP', async (_, status, body, words) => {
    const report = await checked(OPENSEARCH, https(`HTTP/1.1 ${status}\r\nServer: x\r\n\r\n${body}`));

    expect(statuses(report)).toMatchObject({ tls: 'ok', 'client-cert': 'failed' });
    expect(detailOf(report, 'client-cert')).toBe(`the server answers: '${words}'`);
  });

  it('is found out where it hangs up after the handshake, as MongoDB does', async () => {
    const report = await checked(MONGODB, (socket) => acceptTls(socket, { identity }).on('secure', () => socket.end()));

    expect(statuses(report)).toMatchObject({ tls: 'ok', 'client-cert': 'failed' });
    expect(detailOf(report, 'client-cert')).toMatch(
      /^the server (hangs up|resets the connection) after the TLS handshake/,
    );
  });

  it('has no idle connection to hold', async () => {
    const { port } = await serve(tlsBehaviour(DEMANDS));

    expect(statuses(await check(REDIS, port, { ca, idleSeconds: 1 }))).not.toHaveProperty('idle');
  });
});

describe('a server that goes on without a certificate of the client', () => {
  test.each<[string, DatabaseEngine, Behaviour]>([
    ['Redis that asks for none', REDIS, tlsBehaviour({ identity })],
    ['Redis that merely asks', REDIS, tlsBehaviour(ASKS)],
    ['Redis that merely asks in TLS 1.2', REDIS, tlsBehaviour({ ...ASKS, maxVersion: 'TLSv1.2' })],
    ['MongoDB that merely asks', MONGODB, tlsBehaviour(ASKS)],
    ['PostgreSQL that merely asks', POSTGRESQL, postgresql(ASKS)],
    ['PostgreSQL that knows its users', POSTGRESQL, postgresql(ASKS, NO_RULE)],
    ['OpenSearch that wants a login', OPENSEARCH, https('HTTP/1.1 401 Unauthorized\r\n\r\nno client certificate')],
    ['OpenSearch that dislikes the question', OPENSEARCH, https('HTTP/1.1 400 Bad Request\r\n\r\nno such host')],
    [
      'an engine of nobody else that says nothing',
      DatabaseEngine.custom({ name: 'own', port: 1, handshake: REDIS.handshake }),
      (socket) => void acceptTls(socket, ASKS),
    ],
  ])('is well: %s', async (name, engine, behave) => {
    const report = await checked(engine, behave, secondsFor(name));

    expect(statuses(report)).toMatchObject({ tls: 'ok', 'client-cert': 'ok' });
    expect(detailOf(report, 'client-cert')).toBe('the server serves clients without a client certificate');
  });

  it('cannot be told where the server says nothing', async () => {
    const { port } = await serve((socket) => void acceptTls(socket, { identity }));

    const report = await check(REDIS, port, { ca, timeoutSeconds: 0.5 });

    expect(statuses(report)).toMatchObject({ tls: 'ok', 'client-cert': 'unknown' });
  });

  it('cannot be told where memcached hangs up on a text, as it does with SASL', async () => {
    const report = await checked(MEMCACHED, (socket) => {
      const secure = acceptTls(socket, { identity });
      secure.on('data', () => secure.end());
    });

    expect(statuses(report)).toMatchObject({ tls: 'ok', 'client-cert': 'unknown' });
  });

  it('cannot be told where PostgreSQL has no connection left', async () => {
    const report = await checked(POSTGRESQL, postgresql(ASKS, error('53300', 'sorry, too many clients already')));

    expect(report.findings.find(({ check: name }) => name === 'client-cert')).toMatchObject({
      status: 'unknown',
      remedy: expect.stringMatching(/raise max_connections/),
    });
  });
});

test('no certificate is no reason to think that plaintext is accepted', () => {
  const plain = { type: 'error', error: { sqlState: '28000', text: 'no pg_hba.conf entry', routine: '' } } as const;
  const encrypted = { type: 'error', error: { ...plain.error, text: 'requires a valid client certificate' } } as const;

  expect(judgeComparison(plain, encrypted).verdict).toBe('refused');
});

test.each([
  ['', false, 'more'],
  ['HTTP/1.', false, 'more'],
  ['HTTP/1.1 40', false, 'more'],
  ['HTTP/1.1 40', true, 'served'],
  ['HTTP/1.1 400 Bad', false, 'more'],
  ['HTTP/1.1 400 Bad', true, 'served'],
  ['HTTP/1.1 200 OK', false, 'served'],
  [`HTTP/1.1 400 ${'x'.repeat(5000)}`, false, 'served'],
  ['HTTP/1.1 496 SSL Certificate Required\r\n', false, 'demand'],
  ['+', false, 'served'],
])('%j, over: %s, means %s', (text, isOver, type) => {
  expect(judgeSecureAnswer(Buffer.from(text), isOver).type).toBe(type);
});

test('the question of HTTPS names the server, and nothing that is no name', async () => {
  const questions: string[] = [];
  const { port } = await serve((socket) => {
    acceptTls(socket, { identity })
      .on('data', (bytes: Buffer) => void questions.push(bytes.toString()))
      .on('data', () => socket.end());
  });

  await check(OPENSEARCH, port);
  await check(OPENSEARCH, port, { serverName: 'x\r\nX-Evil: 1' });

  expect(questions.map((question) => /Host: .*/.exec(question)?.[0])).toEqual(['Host: localhost', 'Host: localhost']);
  expect(questions.join()).not.toMatch(/Evil/);
});

test('a demand is answered with the words of the engine', async () => {
  const remedy = async (engine: DatabaseEngine, behave: Behaviour) =>
    (await checked(engine, behave)).findings.find(({ check: name }) => name === 'client-cert')?.remedy;

  expect(await remedy(REDIS, tlsBehaviour(DEMANDS))).toMatch(
    /^give every client a certificate .* or let Redis serve clients without one: tls-auth-clients no/i,
  );
});
