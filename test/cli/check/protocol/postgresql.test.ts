import { judgeComparison, judgePlaintext, postgresql } from '../../../../cli/check/protocol/postgresql';
import {
  type Message,
  parseMessage,
  parseSslAnswer,
  startupMessage,
} from '../../../../cli/check/protocol/postgresql-messages';
import type { PlaintextAnswer } from '../../../../cli/check/protocol/protocol';
import { DatabaseEngine } from '../../../../lib/engine/database-engine';
import { authority, issue } from '../../support/certificates';
import { check, detailOf, statuses } from '../../support/checking';
import {
  ASKS_FOR_PASSWORD,
  error,
  LETS_IN,
  message,
  NO_RULE,
  postgresqlBehaviour,
} from '../../support/postgresql-behaviour';
import { closeServers, serve } from '../../support/test-server';

afterEach(closeServers);

const ca = authority();
const tls = { identity: issue({ commonName: 'localhost', names: ['localhost'], issuer: ca }) };

function parsed(bytes: Buffer): Message {
  const result = parseMessage(bytes);
  if (result.kind !== 'value') throw new Error(`no message: ${JSON.stringify(result)}`);
  expect(result.length).toBe(bytes.length);
  return result.value;
}

describe('the first answer to a login without TLS', () => {
  const answers: [what: string, bytes: Buffer, verdict: PlaintextAnswer['verdict'] | 'compare'][] = [
    ['a question for a SCRAM password', ASKS_FOR_PASSWORD, 'accepted'],
    ['a question for a password in plaintext', message('R', Buffer.from([0, 0, 0, 3])), 'accepted'],
    ['a question of a method that nobody knows yet', message('R', Buffer.from([0, 0, 0, 99])), 'accepted'],
    ['an open door', LETS_IN, 'accepted'],
    ['a wrong password, where none was asked for', error('28P01', 'password authentication failed'), 'accepted'],
    ['a missing database, behind "trust"', error('3D000', 'database "x" does not exist', 'InitPostgres'), 'accepted'],
    [
      'a missing role, behind "trust"',
      error('28000', 'role "x" does not exist', 'InitializeSessionUserId'),
      'accepted',
    ],
    ['a failed ident login', error('28000', 'Ident authentication failed for user "x"', 'auth_failed'), 'accepted'],
    ['no line in pg_hba.conf', NO_RULE, 'compare'],
    ['a reject line in pg_hba.conf', error('28000', 'pg_hba.conf rejects connection for host "1.2.3.4"'), 'compare'],
    ['the same in another language', error('28000', 'kein pg_hba.conf-Eintrag für Host »1.2.3.4«, SSL aus'), 'compare'],
    ['an unknown user of a pooler', error('08P01', 'no such user: x', ''), 'compare'],
    ['a pooler that demands TLS', error('08P01', 'SSL required', ''), 'refused'],
    ['a proxy of RDS', error('28000', 'This RDS Proxy requires TLS connections', ''), 'refused'],
    ['a hosted database', error('08P01', 'connection is insecure (try using `sslmode=require`)', ''), 'refused'],
    ['a node of CockroachDB', error('08P01', 'node is running secure mode, SSL connection required', ''), 'refused'],
    [
      'a node of CockroachDB that serves clients without TLS',
      error('28000', 'password authentication failed for user x', ''),
      'accepted',
    ],
    ['a server that is starting up', error('57P03', 'the database system is starting up', ''), 'unknown'],
    ['a server that is full', error('53300', 'sorry, too many clients already', ''), 'unknown'],
  ];

  test.each(answers)('%s', (_, bytes, verdict) => {
    const judged = judgePlaintext(parsed(bytes));

    expect(judged === 'compare' ? judged : judged.verdict).toBe(verdict);
  });

  it('is looked for behind notices and the negotiation of a version', () => {
    const notice = message('N', Buffer.from('SNOTICE\0Mhello\0\0'));
    const negotiation = message('v', Buffer.alloc(8));

    expect(parsed(Buffer.concat([notice, negotiation, ASKS_FOR_PASSWORD]))).toEqual({
      type: 'authentication',
      method: 10,
    });
  });

  it('means that plaintext is refused where the same login may begin over TLS', () => {
    expect(judgeComparison(parsed(NO_RULE), parsed(ASKS_FOR_PASSWORD)).verdict).toBe('refused');
  });

  test.each([
    ['is turned away just so', parsed(NO_RULE)],
    ['gets no answer', undefined],
  ])('tells nothing where the same login over TLS %s', (_, encrypted) => {
    expect(judgeComparison(parsed(NO_RULE), encrypted).verdict).toBe('unknown');
  });
});

describe('a message of PostgreSQL', () => {
  test.each([
    ['of another protocol', Buffer.from('HTTP/1.1 400')],
    ['that is longer than any before a login', Buffer.from([0x52, 0x7f, 0xff, 0xff, 0xff])],
    ['that is shorter than its own length', Buffer.from([0x52, 0, 0, 0, 3])],
    ['that asks for a login without saying how', message('R', Buffer.alloc(2))],
  ])('%s is refused', (_, bytes) => {
    expect(parseMessage(bytes).kind).toBe('malformed');
  });

  it('is waited for until its last byte', () => {
    for (let length = 0; length < NO_RULE.length; length++) {
      expect(parseMessage(NO_RULE.subarray(0, length)).kind).toBe('incomplete');
    }
  });
});

describe('the answer to an SSLRequest', () => {
  test.each([
    ['S', Buffer.from('S'), 'yes'],
    ['N', Buffer.from('N'), 'no'],
    ['an error', error('53300', 'too many'), { sqlState: '53300', text: 'too many', routine: 'ClientAuthentication' }],
  ])('may be %s', (_, bytes, value) => {
    expect(parseSslAnswer(bytes)).toEqual({ kind: 'value', value, length: bytes.length });
  });

  test.each([
    ['another letter', Buffer.from('X')],
    [
      'a notice and no error',
      Buffer.concat([message('E', Buffer.alloc(0)).subarray(0, 1), Buffer.from([0xff, 0, 0, 0])]),
    ],
  ])('may not be %s', (_, bytes) => {
    expect(parseSslAnswer(bytes).kind).toBe('malformed');
  });

  it('is waited for', () => {
    expect(parseSslAnswer(Buffer.alloc(0)).kind).toBe('incomplete');
    expect(parseSslAnswer(Buffer.from('E\0')).kind).toBe('incomplete');
  });
});

describe('a check of PostgreSQL', () => {
  it('does not take plaintext that is slipped in before TLS', async () => {
    const { port } = await serve(postgresqlBehaviour({ tls, plain: NO_RULE, stuffing: message('R', Buffer.alloc(4)) }));

    const report = await check(DatabaseEngine.POSTGRESQL, port, { ca });

    expect(statuses(report)).toMatchObject({ tls: 'failed' });
    expect(detailOf(report, 'tls')).toMatch(/in plaintext after it agreed to TLS/);
  });

  it('tells what a server says that is too busy to negotiate', async () => {
    const { port } = await serve((socket) => socket.end(error('53300', 'sorry, too many clients already')));

    const report = await check(DatabaseEngine.POSTGRESQL, port, { ca });

    expect(detailOf(report, 'tls')).toBe(
      'nothing was proven: the server rejects clients before TLS: sorry, too many clients already [53300]',
    );
    expect(statuses(report)).toMatchObject({ plaintext: 'unknown' });
  });

  it('cannot tell whether plaintext is refused where no made-up login may begin', async () => {
    const { port } = await serve(postgresqlBehaviour({ tls, plain: NO_RULE, encrypted: NO_RULE }));

    const report = await check(DatabaseEngine.POSTGRESQL, port, { ca });

    expect(statuses(report)).toMatchObject({ tls: 'ok', plaintext: 'unknown' });
    expect(report.exitCode).toBe(0);
  });

  it('sends nothing but requests for TLS, a made-up login and good-bye', async () => {
    const heard: Buffer[] = [];
    const { port } = await serve((socket) => {
      socket.once('data', (bytes: Buffer) => {
        heard.push(bytes);
        socket.write(bytes.length === 8 ? 'N' : ASKS_FOR_PASSWORD);
        socket.on('data', (more: Buffer) => heard.push(more));
        socket.on('end', () => socket.end());
      });
    });

    await check(DatabaseEngine.POSTGRESQL, port);

    const sslRequest = postgresql.opening?.('') ?? Buffer.alloc(0);
    expect(heard.map((bytes) => bytes.toString('latin1')).sort()).toEqual(
      [sslRequest, sslRequest, startupMessage('database_endpoint_check'), Buffer.from('X\0\0\0\x04')]
        .map((bytes) => bytes.toString('latin1'))
        .sort(),
    );
  });
});
