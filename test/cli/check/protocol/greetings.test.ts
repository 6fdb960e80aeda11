import { GREETINGS, judgeGreeting } from '../../../../cli/check/protocol/greetings';
import type { ImmediateDialect } from '../../../../lib/engine/catalogue';
import { DatabaseEngine } from '../../../../lib/engine/database-engine';
import { TlsHandshake } from '../../../../lib/engine/tls-handshake';
import { check, detailOf, statuses } from '../../support/checking';
import { closeServers, serve } from '../../support/test-server';

afterEach(closeServers);

const ALERT = Buffer.from([21, 3, 1, 0, 2, 2, 40]);

// Recorded from servers, or put together from the protocols' documentation.
const ANSWERS: [dialect: ImmediateDialect, answer: string | Buffer][] = [
  ['redis', '+PONG\r\n'],
  ['redis', '-NOAUTH Authentication required.\r\n'],
  ['valkey', '-DENIED Valkey is running in protected mode\r\n'],
  ['memcached', 'VERSION 1.6.18\r\n'],
  ['memcached', 'ERROR\r\n'],
  ['mongodb', Buffer.from('2a000000010000000011ba0ddd07000000', 'hex').fill('11badd00', 8, 12, 'hex')],
  ['elasticsearch', 'HTTP/1.1 401 Unauthorized\r\nwww-authenticate: Basic\r\n\r\n{}'],
  ['couchdb', 'HTTP/1.1 200 OK\r\n\r\n{"couchdb":"Welcome"}'],
  ['influxdb', 'HTTP/1.1 404 Not Found\r\n\r\n'],
  ['opensearch', 'HTTP/1.1 302 Found\r\nLocation: http://localhost/login\r\n\r\n'],
  ['clickhouse', 'HTTP/1.0 400 Bad Request\r\n\r\nPort 9000 is for clickhouse-client program\r\n'],
  ['rabbitmq', Buffer.from('0100000000001f000a000a0009', 'hex')],
  ['rabbitmq', Buffer.from('AMQP\0\0\x09\x01', 'latin1')],
  ['cassandra', Buffer.from('840000000600000010', 'hex')],
  ['oracle', Buffer.from('001700000400000022000b28', 'hex')],
];

describe('a greeting without TLS', () => {
  test.each(ANSWERS)('of %s is answered in plaintext: %s', (dialect, answer) => {
    expect(judgeGreeting(GREETINGS[dialect], Buffer.from(answer), true)).toBe('plaintext');
  });

  const dialects = Object.keys(GREETINGS) as ImmediateDialect[];

  test.each(dialects)('of %s is answered by a TLS server with an alert', (dialect) => {
    expect(judgeGreeting(GREETINGS[dialect], ALERT, false)).toBe('tls');
  });

  test.each(dialects)('of %s may get an answer of another protocol', (dialect) => {
    expect(judgeGreeting(GREETINGS[dialect], Buffer.from('SSH-2.0-OpenSSH_9.2p1\r\n'), false)).toBe('other');
  });

  test.each(dialects)('of %s waits for enough of an answer', (dialect) => {
    expect(judgeGreeting(GREETINGS[dialect], Buffer.from('x'), false)).toBe('more');
    expect(judgeGreeting(GREETINGS[dialect], Buffer.from('x'), true)).toBe('other');
  });

  test.each(dialects)('of %s holds no login', (dialect) => {
    expect(GREETINGS[dialect].question.toString('latin1')).not.toMatch(/auth|user|pass|login/i);
  });

  test.each([
    ['nginx', 'HTTP/1.1 400 Bad Request\r\n\r\n<center>The plain HTTP request was sent to HTTPS port</center>'],
    ['Apache', "HTTP/1.1 400 Bad Request\r\n\r\nReason: You're speaking plain HTTP to an SSL-enabled server port."],
    ['Go', 'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n'],
    ['a redirect', 'HTTP/1.1 301 Moved Permanently\r\nServer: x\r\nLocation: https://localhost/\r\n\r\n'],
  ])('is told by %s to use HTTPS', (_, answer) => {
    expect(judgeGreeting(GREETINGS.opensearch, Buffer.from(answer), false)).toBe('http-refusal');
  });

  it('reads on as long as an HTTP error may yet say why', () => {
    const beginning = 'HTTP/1.1 400 Bad Request\r\n\r\n';

    expect(judgeGreeting(GREETINGS.opensearch, Buffer.from(beginning), false)).toBe('more');
    expect(judgeGreeting(GREETINGS.opensearch, Buffer.from(beginning.padEnd(5000)), false)).toBe('plaintext');
  });

  it('is known for every engine that opens with TLS', () => {
    const without = DatabaseEngine.all().filter(
      ({ handshake, _dialect }) => handshake === TlsHandshake.IMMEDIATE && !(_dialect && _dialect in GREETINGS),
    );

    expect(without).toEqual([]);
  });

  it('of MongoDB is a document of its own length in a message of its own length', () => {
    const question = GREETINGS.mongodb.question;

    expect(question.readInt32LE(0)).toBe(question.length);
    expect(question.readInt32LE(question.length - 19)).toBe(19);
  });
});

describe('a check of an engine that nobody knows', () => {
  const engine = DatabaseEngine.custom({ name: 'mystery', port: 4711, handshake: TlsHandshake.IMMEDIATE });

  it.each([
    ['hangs up', (socket: import('node:net').Socket) => socket.on('data', () => socket.end()), 'unknown'],
    ['answers with an alert', (socket: import('node:net').Socket) => socket.on('data', () => socket.end(ALERT)), 'ok'],
    ['answers in words', (socket: import('node:net').Socket) => socket.on('data', () => socket.end('huh?')), 'unknown'],
  ] as const)('judges plaintext with care where the server %s', async (_, behave, verdict) => {
    const { port } = await serve((socket) => void behave(socket));

    const report = await check(engine, port);

    expect(statuses(report)).toMatchObject({ plaintext: verdict });
  });

  it('says that TLS is not checked where nobody knows how it is negotiated', async () => {
    const { port } = await serve(() => undefined);
    const own = DatabaseEngine.custom({ name: 'mystery', port: 4711, handshake: TlsHandshake.NEGOTIATED });

    const report = await check(own, port);

    expect(statuses(report)).toEqual({ reachable: 'ok', latency: 'ok', tls: 'unknown' });
    expect(detailOf(report, 'tls')).toBe('nothing was proven: it is unknown how clients for mystery negotiate TLS');
  });
});

test('a half answer of HTTP is judged when the connection ends', async () => {
  const { port } = await serve((socket) => socket.on('data', () => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')));

  const report = await check(DatabaseEngine.OPENSEARCH, port);

  expect(detailOf(report, 'plaintext')).toBe("the server answers a client without TLS: 'HTTP/1.1 403 Forbidden'");
});
