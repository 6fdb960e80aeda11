import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Report } from '../../../../cli/check/report';
import { DatabaseEngine } from '../../../../lib/engine/database-engine';
import { TlsHandshake } from '../../../../lib/engine/tls-handshake';
import { check, detailOf, statuses } from '../../support/checking';
import { packet as mysqlPacket } from '../../support/mysql-behaviour';
import { message } from '../../support/postgresql-behaviour';
import { packet as tdsPacket } from '../../support/tds-behaviour';
import { type Behaviour, closeServers, serve } from '../../support/test-server';

const { POSTGRESQL, MARIADB, SQL_SERVER, REDIS, OPENSEARCH, SFTP } = DatabaseEngine;
const CUSTOM = DatabaseEngine.custom({ name: 'custom', port: 4711, handshake: TlsHandshake.IMMEDIATE });

afterEach(closeServers);

const TIMEOUT = 0.3;

/** Writes as fast as the client reads, and counts what leaves. */
function flood(socket: Socket, chunk: Buffer, sent: { bytes: number }): void {
  const more = () => {
    while (!socket.destroyed && socket.writable) {
      sent.bytes += chunk.length;
      if (!socket.write(chunk)) break;
    }
  };
  socket.on('drain', more);
  more();
}

const drip = (chunk: Buffer) => (socket: Socket) => {
  let at = 0;
  const timer = setInterval(() => {
    if (socket.destroyed) return clearInterval(timer);
    return socket.write(chunk.subarray(at % chunk.length, (at++ % chunk.length) + 1));
  }, 10);
  socket.on('close', () => clearInterval(timer));
};

const BEHAVIOURS: [name: string, behave: Behaviour][] = [
  ['sends nothing', () => undefined],
  ['hangs up at once', (socket) => socket.end()],
  ['hangs up after the first question', (socket) => socket.once('data', () => socket.end())],
  ['resets the connection after the first question', (socket) => socket.once('data', () => socket.resetAndDestroy())],
  ['ends its side only', (socket) => socket.end().resume()],
  ['repeats what it hears', (socket) => socket.pipe(socket)],
  ['talks garbage', (socket) => socket.write(randomBytes(3000))],
  ['answers with zeros', (socket) => socket.write(Buffer.alloc(3000))],
  ['drips an endless line', drip(Buffer.from('x'))],
  ['drips a TLS record', drip(Buffer.concat([Buffer.from([22, 3, 3, 0x40, 0]), Buffer.alloc(0x4000, 1)]))],
  ['drips a message of PostgreSQL', drip(message('E', Buffer.alloc(5000, 'x')))],
  ['drips a packet of MySQL', drip(mysqlPacket(0, Buffer.alloc(5000, 'x')))],
  ['drips a packet of SQL Server', drip(tdsPacket(4, Buffer.alloc(5000, 'x')))],
  ['announces a message of 2 GB', (socket) => socket.write(Buffer.from([0x45, 0x7f, 0xff, 0xff, 0xff]))],
  ['announces a packet of 16 MB', (socket) => socket.write(Buffer.from([0xff, 0xff, 0xff, 0]))],
  ['agrees to TLS and says nothing', (socket) => socket.once('data', () => socket.write('S'))],
  ['agrees to TLS and talks garbage', (socket) => socket.on('data', () => socket.write(Buffer.from('SSSSSSSS')))],
];

const NOTICE = message('N', Buffer.from('SNOTICE\0Mhello\0\0'));

const FLOODS: [name: string, chunk: Buffer][] = [
  ['words without an end', Buffer.alloc(64 * 1024, 'x')],
  ['lines without an end', Buffer.alloc(64 * 1024, 'welcome\n')],
  ['notices without an end', Buffer.alloc(NOTICE.length * 1000, NOTICE)],
];

describe.each([POSTGRESQL, MARIADB, SQL_SERVER, REDIS, OPENSEARCH, CUSTOM, SFTP])(
  'a check of $displayName',
  (engine) => {
    const fails = engine === SFTP ? { ssh: 'failed' } : { tls: 'failed' };
    const outcomes = new Map<string, { report: Report; seconds: number }>();

    // Most of these wait for a timeout, so they wait together.
    beforeAll(async () => {
      const all = BEHAVIOURS.map(async ([name, behave]) => {
        const { port } = await serve(behave);
        const start = performance.now();
        const report = await check(engine, port, { timeoutSeconds: TIMEOUT, idleSeconds: 0.1 });
        outcomes.set(name, { report, seconds: (performance.now() - start) / 1000 });
      });
      await Promise.all(all);
      await closeServers();
    });

    test.each(BEHAVIOURS)('comes to an end with a server that %s', (name) => {
      const outcome = outcomes.get(name);

      expect(outcome && statuses(outcome.report)).toMatchObject({ reachable: 'ok', ...fails });
      expect(outcome?.report.exitCode).toBe(1);
      // Each connection has its time, and no more than four follow one another; the machine may be very busy.
      expect(outcome?.seconds).toBeLessThan(4 * TIMEOUT + 60);
    });

    test.each(FLOODS)('keeps little of a server that sends %s', async (_, chunk) => {
      const sent = { bytes: 0 };
      const { port } = await serve((socket) => flood(socket, chunk, sent));

      const report = await check(engine, port, { timeoutSeconds: TIMEOUT });

      expect(statuses(report)).toMatchObject(fails);
      // What it did not read lies in the buffers of the operating system, a few megabytes for each connection.
      expect(sent.bytes).toBeLessThan(64 * 1024 * 1024);
    });
  },
);

test('a check tells a server that is silent from one that hangs up', async () => {
  const silent = await serve(() => undefined);
  const rude = await serve((socket) => socket.end());

  const [first, second] = await Promise.all(
    [silent, rude].map(({ port }) => check(REDIS, port, { timeoutSeconds: TIMEOUT })),
  );

  expect(detailOf(first, 'tls')).toBe('the server does not answer in time');
  expect(statuses(first)).toMatchObject({ plaintext: 'unknown' });
  expect(detailOf(second, 'tls')).toBe('the server closes the connection during the TLS handshake');
  expect(statuses(second)).toMatchObject({ plaintext: 'ok' });
});

test('what a server says cannot command the terminal', async () => {
  const { port } = await serve((socket) => socket.write('SSH-2.0-\u001b]0;owned\u0007\u001b[2J\u202e9.2\n'));

  const report = await check(SFTP, port);

  expect(detailOf(report, 'ssh')).toBe('speaks SSH 2.0 (\\u001b]0;owned\\u0007\\u001b[2J\\u202e9.2)');
});
