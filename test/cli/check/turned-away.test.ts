import { parseSslAnswer } from '../../../cli/check/protocol/postgresql-messages';
import { mysqlRemedy, postgresqlRemedy } from '../../../cli/check/protocol/refusal';
import { DatabaseEngine } from '../../../lib/engine/database-engine';
import { check, detailOf, statuses } from '../support/checking';
import { error as mysqlError } from '../support/mysql-behaviour';
import { error as postgresqlError } from '../support/postgresql-behaviour';
import { type Behaviour, closeServers, serve } from '../support/test-server';

const { MYSQL, MARIADB, POSTGRESQL } = DatabaseEngine;

afterEach(closeServers);

const saysAtOnce =
  (bytes: Buffer): Behaviour =>
  (socket) =>
    socket.end(bytes);
const answers =
  (bytes: Buffer): Behaviour =>
  (socket) =>
    void socket.once('data', () => socket.end(bytes));

describe('a server that answers with an error before TLS', () => {
  test.each<[string, DatabaseEngine, Behaviour, RegExp]>([
    [
      'MySQL without a connection left',
      MYSQL,
      saysAtOnce(mysqlError(0, 1040, 'Too many connections', '')),
      /^Every connection is in use: .* raise max_connections\. Then check again\.$/,
    ],
    [
      'MySQL that blocks this host',
      MYSQL,
      saysAtOnce(mysqlError(0, 1129, "Host '1.2.3.4' is blocked", '')),
      /flush-hosts.* raise max_connect_errors/,
    ],
    [
      'MariaDB that admits no such host',
      MARIADB,
      saysAtOnce(mysqlError(0, 1130, "Host '1.2.3.4' is not allowed to connect to this MariaDB server", '')),
      /CREATE USER 'name'@'host'.* client IP preservation/,
    ],
    ['MySQL for another reason', MYSQL, saysAtOnce(mysqlError(0, 1999, 'Something', '')), /server's log/],
    [
      'PostgreSQL without a connection left',
      POSTGRESQL,
      answers(postgresqlError('53300', 'sorry, too many clients already')),
      /^Every connection is in use: .* raise max_connections/,
    ],
    ['PostgreSQL that starts', POSTGRESQL, answers(postgresqlError('57P03', 'starting up')), /wait until it is up/],
    [
      'PgBouncer without a connection left',
      POSTGRESQL,
      answers(postgresqlError('08P01', 'no more connections allowed (max_client_conn)')),
      /Every connection is in use/,
    ],
    [
      'PostgreSQL that cannot start a process',
      POSTGRESQL,
      answers(Buffer.from('Ecould not fork new process for connection: Cannot allocate memory\n\0')),
      /server's log/,
    ],
  ])('has proven nothing, and is told from one without TLS: %s', async (_, engine, behave, remedy) => {
    const { port } = await serve(behave);

    const report = await check(engine, port);

    expect(statuses(report)).toMatchObject({ tls: 'unknown' });
    expect(statuses(report)).not.toHaveProperty('client-cert');
    const [tls, plaintext] = report.findings.slice(-2);
    expect(tls.detail).toMatch(/^nothing was proven: the server rejects clients before TLS: /);
    expect(tls.remedy).toMatch(remedy);
    expect(JSON.stringify(report.findings)).not.toMatch(/Give .* a certificate/);
    expect([plaintext.check, plaintext.status]).not.toEqual(['plaintext', 'failed']);
    expect(report.exitCode).toBe(3);
  });

  it('is not asked to refuse plaintext, but to be able to answer', async () => {
    const { port } = await serve(saysAtOnce(mysqlError(0, 1040, 'Too many connections', '')));

    const report = await check(MYSQL, port);

    expect(report.findings.find(({ check: name }) => name === 'plaintext')).toMatchObject({
      status: 'unknown',
      remedy: expect.stringMatching(/max_connections/),
    });
  });

  it('says its error, whatever that holds', async () => {
    const { port } = await serve(saysAtOnce(mysqlError(0, 1040, '\u001b[2J\n::error::', '')));

    expect(detailOf(await check(MYSQL, port), 'tls')).toMatch(/before TLS: \\u001b\[2J\\n::error:: \[1040\]$/);
  });
});

test('every remedy ends in another check', () => {
  for (const code of [0, 1040, 1041, 1042, 1053, 1129, 1130, 1203])
    expect(mysqlRemedy(code)).toMatch(/ Then check again\.$/);
  for (const state of ['', '53300', '53200', '57P03', '57P01', 'XX000', 'constructor']) {
    expect(postgresqlRemedy(state, '')).toMatch(/^[A-Z][^{}]* Then check again\.$/);
  }
});

describe('an error in the oldest form', () => {
  test('ends with a zero', () => {
    expect(parseSslAnswer(Buffer.from('Ehello'))).toEqual({ kind: 'incomplete' });
    expect(parseSslAnswer(Buffer.from('Ehello\n\0'))).toMatchObject({
      kind: 'value',
      value: { sqlState: '', text: 'hello\n' },
      length: 8,
    });
  });

  test('has an end', () => {
    expect(parseSslAnswer(Buffer.alloc(9000, 'E')).kind).toBe('malformed');
  });
});
