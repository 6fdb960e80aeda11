import { judgePlaintext } from '../../../../cli/check/protocol/sql-server';
import { parsePacket, parsePrelogin, prelogin } from '../../../../cli/check/protocol/tds-packets';
import { DatabaseEngine } from '../../../../lib/engine/database-engine';
import { authority, issue } from '../../support/certificates';
import { check, detailOf, statuses } from '../../support/checking';
import { packet, preloginAnswer, tdsBehaviour } from '../../support/tds-behaviour';
import { closeServers, serve } from '../../support/test-server';

afterEach(closeServers);

describe('what SQL Server says about encryption', () => {
  test.each([
    [0, 'accepted'],
    [1, 'refused'],
    [2, 'accepted'],
    [3, 'refused'],
  ])('%i to a client that has none: plaintext is %s', (encryption, verdict) => {
    const bytes = preloginAnswer(encryption);

    const parsed = parsePrelogin(bytes);

    expect(parsed).toEqual({ kind: 'value', value: encryption, length: bytes.length });
    expect(judgePlaintext(encryption).verdict).toBe(verdict);
  });

  it('may be nothing', () => {
    const parsed = parsePrelogin(packet(4, Buffer.from([0x00, 0, 6, 0, 0, 0xff])));

    expect(parsed).toMatchObject({ kind: 'value', value: undefined });
    expect(judgePlaintext(undefined).verdict).toBe('unknown');
  });

  test.each([
    ['a word that nobody knows', preloginAnswer(9)],
    ['another type of packet', packet(0x12, preloginAnswer(1).subarray(8))],
    ['another protocol', Buffer.from('HTTP/1.1 400 Bad Request')],
    ['a packet without content', packet(4, Buffer.alloc(0))],
    ['a table of options without an end', packet(4, Buffer.from([0x00, 0, 6, 0, 0]))],
    ['an option outside of the packet', packet(4, Buffer.from([0x01, 0x40, 0, 0, 1, 0xff]))],
  ])('may not be %s', (_, bytes) => {
    expect(parsePrelogin(bytes).kind).toBe('malformed');
  });

  it('is waited for until its last byte', () => {
    const bytes = preloginAnswer(1);

    for (let length = 0; length < bytes.length; length++) {
      expect(parsePrelogin(bytes.subarray(0, length)).kind).toBe('incomplete');
    }
  });
});

test("the client's PRELOGIN is one packet that begins with its version", () => {
  const bytes = prelogin(1);
  const parsed = parsePacket(bytes);

  expect(parsed).toMatchObject({ kind: 'value', length: bytes.length });
  expect(bytes.readUInt16BE(2)).toBe(bytes.length);
  expect(bytes[8]).toBe(0);
  expect(bytes[8 + bytes.readUInt16BE(8 + 6)]).toBe(1);
});

describe('a check of SQL Server', () => {
  const ca = authority();
  // Long names make the server's certificate larger than a packet of TDS.
  const names = ['localhost', ...Array.from({ length: 100 }, (_, index) => `${'x'.repeat(60)}.${index}.example.com`)];
  const identity = issue({ commonName: 'localhost', names, issuer: ca });

  it('follows TLS over many packets', async () => {
    const { port } = await serve(tdsBehaviour({ tls: { identity }, toTls: 3, toPlain: 3 }));

    const report = await check(DatabaseEngine.SQL_SERVER, port, { ca });

    expect(report.exitCode).toBe(0);
    expect(detailOf(report, 'tls')).toMatch(/^TLSv1.2, /);
  });

  it('takes no server that encrypts the login only', async () => {
    const { port } = await serve(tdsBehaviour({ toTls: 0, toPlain: 0 }));

    const report = await check(DatabaseEngine.SQL_SERVER, port);

    expect(statuses(report)).toMatchObject({ tls: 'failed', plaintext: 'failed' });
    expect(detailOf(report, 'tls')).toBe('the server encrypts only the login');
  });

  it('holds a connection without traffic', async () => {
    const { port } = await serve(tdsBehaviour({ tls: { identity }, toTls: 1, toPlain: 3 }));

    const report = await check(DatabaseEngine.SQL_SERVER, port, { ca, idleSeconds: 0.1 });

    expect(statuses(report)).toMatchObject({ idle: 'ok' });
  });
});
