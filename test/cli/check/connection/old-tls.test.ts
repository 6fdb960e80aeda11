import type { SecureVersion } from 'node:tls';
import { clientHello } from '../../../../cli/check/connection/client-hello';
import { Connection } from '../../../../cli/check/connection/connection';
import { offerOldTls, parseServerFlight } from '../../../../cli/check/connection/old-tls';
import { issue } from '../../support/certificates';
import { closeServers, serve } from '../../support/test-server';
import { tlsBehaviour } from '../../support/tls-behaviour';

afterEach(closeServers);

const identities = {
  ECDSA: issue({ commonName: 'localhost', names: ['localhost'] }),
  RSA: issue({ commonName: 'localhost', names: ['localhost'], key: 2048 }),
};

async function offer(port: number, timeoutMs = 30_000) {
  const connection = await Connection.open({ address: '127.0.0.1', port, timeoutMs });
  try {
    return await offerOldTls(connection.wire(), 'localhost');
  } finally {
    connection.close();
  }
}

describe('an offer of TLS 1.0 and 1.1', () => {
  const servers: [
    kind: keyof typeof identities,
    min: SecureVersion,
    max: SecureVersion,
    verdict: string,
    said: RegExp,
  ][] = [
    ['ECDSA', 'TLSv1', 'TLSv1', 'accepted', /TLS 1\.0$/],
    ['RSA', 'TLSv1', 'TLSv1', 'accepted', /TLS 1\.0$/],
    ['ECDSA', 'TLSv1.1', 'TLSv1.1', 'accepted', /TLS 1\.1$/],
    ['RSA', 'TLSv1', 'TLSv1.3', 'accepted', /TLS 1\.1$/],
    ['ECDSA', 'TLSv1.2', 'TLSv1.2', 'refused', /protocol_version/],
    ['RSA', 'TLSv1.2', 'TLSv1.3', 'refused', /protocol_version/],
    ['ECDSA', 'TLSv1.3', 'TLSv1.3', 'refused', /protocol_version/],
  ];

  test.each(servers)(
    'to a server with %s that speaks %s to %s is %s',
    async (kind, minVersion, maxVersion, verdict, said) => {
      const { port } = await serve(tlsBehaviour({ identity: identities[kind], minVersion, maxVersion }));

      const answer = await offer(port);

      expect(answer).toEqual({ verdict, evidence: expect.stringMatching(said) });
    },
  );

  test.each([
    ['hangs up', (socket: import('node:net').Socket) => socket.end(), 'refused', undefined],
    ['resets the connection', (socket: import('node:net').Socket) => socket.resetAndDestroy(), 'refused', undefined],
    ['sends nothing', () => undefined, 'unknown', 1000],
    ['speaks something else', (socket: import('node:net').Socket) => socket.end('HTTP/1.1 400'), 'unknown', undefined],
  ] as const)('to a server that %s', async (_, behave, verdict, timeoutMs) => {
    const { port } = await serve((socket) => socket.once('data', () => behave(socket)));

    expect((await offer(port, timeoutMs)).verdict).toBe(verdict);
  });
});

describe("the server's part of a handshake", () => {
  const record = (type: number, ...body: number[]) =>
    Buffer.from([type, 3, 1, body.length >> 8, body.length & 0xff, ...body]);
  const hello = (high: number, low: number) => [2, 0, 0, 4, high, low, 0, 0];
  const DONE = [14, 0, 0, 0];

  test.each([
    ['TLS 1.0', [3, 1]],
    ['TLS 1.1', [3, 2]],
    ['SSL 3.0', [3, 0]],
  ])('is complete at its last message: %s', (version, [high, low]) => {
    const flight = Buffer.concat([record(22, ...hello(high, low)), record(22, 11, 0, 0, 1, 9, ...DONE)]);

    expect(parseServerFlight(flight)).toEqual({
      kind: 'value',
      value: { verdict: 'accepted', evidence: `speaks ${version}` },
      length: flight.length,
    });
    for (let length = 0; length < flight.length; length++) {
      expect(parseServerFlight(flight.subarray(0, length)).kind).toBe('incomplete');
    }
  });

  it('may lie in many small records', () => {
    const bytes = [...hello(3, 1), ...DONE].map((byte) => record(22, byte));

    expect(parseServerFlight(Buffer.concat(bytes))).toMatchObject({ value: { verdict: 'accepted' } });
  });

  it('is a refusal where an alert comes before its last message', () => {
    const flight = Buffer.concat([record(22, ...hello(3, 1)), record(21, 2, 80)]);

    expect(parseServerFlight(flight)).toMatchObject({
      value: { verdict: 'refused', evidence: 'answers TLS 1.0 and 1.1 with alert internal_error' },
    });
  });

  it('goes on after a warning', () => {
    const flight = Buffer.concat([record(21, 1, 112), record(22, ...hello(3, 1), ...DONE)]);

    expect(parseServerFlight(flight)).toMatchObject({ value: { verdict: 'accepted' } });
  });

  it('may hold an alert that nobody knows', () => {
    expect(parseServerFlight(record(21, 2, 200))).toMatchObject({
      value: { evidence: expect.stringMatching(/alert 200$/) },
    });
    expect(parseServerFlight(record(21, 2))).toMatchObject({
      value: { evidence: expect.stringMatching(/close_notify$/) },
    });
  });

  test.each([
    ['another protocol', Buffer.from('HTTP/1.1 400 Bad Request')],
    ['a record of another protocol', Buffer.from([22, 9])],
    ['an empty record', Buffer.from([22, 3, 1, 0, 0])],
    ['a record that is too long', Buffer.from([22, 3, 1, 0xff, 0xff])],
    ['a version that was not offered', record(22, ...hello(3, 3), ...DONE)],
    ['a hello without a version', record(22, 2, 0, 0, 1, 3, ...DONE)],
    ['a handshake that begins with its end', record(22, ...DONE)],
    ['a message of sixteen megabytes', record(22, ...hello(3, 1), 11, 0xff, 0xff, 0xff)],
  ])('is not %s', (_, bytes) => {
    expect(parseServerFlight(bytes).kind).toBe('malformed');
  });
});

describe('a ClientHello', () => {
  it('offers nothing newer than it says', () => {
    const hello = clientHello({ newest: 'TLSv1.1', serverName: 'localhost' });

    expect([...hello.subarray(0, 3)]).toEqual([22, 3, 1]);
    expect(hello.readUInt16BE(3)).toBe(hello.length - 5);
    expect(hello.readUIntBE(6, 3)).toBe(hello.length - 9);
    expect(hello.readUInt16BE(9)).toBe(0x0302);
  });

  it('names the server, but no address', () => {
    expect(clientHello({ newest: 'TLSv1.2', serverName: 'db.example.com' }).includes('db.example.com')).toBe(true);
    expect(clientHello({ newest: 'TLSv1.2', serverName: '10.0.0.5' }).includes('10.0.0.5')).toBe(false);
  });
});
