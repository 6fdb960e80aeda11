import { judgeLogin, judgeOpening } from '../../../../cli/check/protocol/mysql';
import { loginRequest, parseLoginAnswer, parseOpening } from '../../../../cli/check/protocol/mysql-packets';
import type { PlaintextAnswer } from '../../../../cli/check/protocol/protocol';
import { DatabaseEngine } from '../../../../lib/engine/database-engine';
import { check, detailOf, statuses } from '../../support/checking';
import { ACCESS_DENIED, error, greeting, LETS_IN, packet, SWITCHES, TLS_DEMANDED } from '../../support/mysql-behaviour';
import { closeServers, serve } from '../../support/test-server';

afterEach(closeServers);

describe('the answer to a made-up login without TLS', () => {
  const answers: [what: string, bytes: Buffer, verdict: PlaintextAnswer['verdict']][] = [
    ['access denied, which comes before require_secure_transport', ACCESS_DENIED, 'unknown'],
    ['another authentication method', SWITCHES, 'unknown'],
    ['more questions of the same method', packet(2, Buffer.from([1, 4])), 'unknown'],
    ['an open door', LETS_IN, 'accepted'],
    ['require_secure_transport', TLS_DEMANDED, 'refused'],
    ['the same in another language', error(2, 3159, 'Verbindungen ohne sicheren Transport'), 'refused'],
    ['a proxy that demands TLS', error(2, 1105, 'server does not allow insecure connections'), 'refused'],
    ['a hosted database', error(2, 9002, 'SSL connection is required. Please specify SSL options'), 'refused'],
  ];

  test.each(answers)('%s', (_, bytes, verdict) => {
    const parsed = parseLoginAnswer(bytes);

    expect(parsed).toMatchObject({ kind: 'value', length: bytes.length });
    expect(parsed.kind === 'value' && judgeLogin(parsed.value).verdict).toBe(verdict);
  });

  it('is asked for without a password', () => {
    const request = loginRequest('somebody');
    const afterUser = request.subarray(4 + 32 + 'somebody\0'.length);

    expect(afterUser[0]).toBe(0); // the length of the answer to the challenge
    expect(afterUser.toString('latin1', 1)).toBe('mysql_native_password\0');
  });
});

describe('a greeting', () => {
  test.each([
    [true, 'offers'],
    [false, 'does not offer'],
  ])('says whether the server has TLS: %s', (offersTls) => {
    const bytes = greeting(offersTls, '8.4.0');

    expect(parseOpening(bytes)).toEqual({
      kind: 'value',
      value: { type: 'greeting', version: '8.4.0', offersTls },
      length: bytes.length,
    });
  });

  it('may be an error without an SQLSTATE', () => {
    const bytes = error(0, 1129, "Host '1.2.3.4' is blocked", '');
    const parsed = parseOpening(bytes);

    expect(parsed).toMatchObject({
      value: { type: 'error', error: { code: 1129, text: "Host '1.2.3.4' is blocked" } },
    });
    expect(parsed.kind === 'value' && judgeOpening(parsed.value)?.verdict).toBe('unknown');
  });

  test.each([
    ['of another protocol', Buffer.from('SSH-2.0-OpenSSH_9.2')],
    ['without content', packet(0, Buffer.alloc(0))],
    ['of the protocol before version 10', packet(0, Buffer.from('\x093.23\0'))],
    ['without an end of its version', packet(0, Buffer.from('\x0a8.4'))],
    ['that breaks off after its version', packet(0, Buffer.from('\x0a8.4\x00123456789012'))],
    ['of sixteen megabytes', Buffer.from([0xff, 0xff, 0xff, 0])],
    ['out of order', packet(1, Buffer.from('\x0a8.4\0'))],
  ])('%s is refused', (_, bytes) => {
    expect(parseOpening(bytes).kind).toBe('malformed');
  });

  it('is waited for until its last byte', () => {
    const bytes = greeting(true);

    for (let length = 0; length < bytes.length; length++) {
      expect(parseOpening(bytes.subarray(0, length)).kind).toBe('incomplete');
    }
  });
});

test('an answer to a login that is no answer is refused', () => {
  expect(parseLoginAnswer(packet(2, Buffer.from([0x42]))).kind).toBe('malformed');
});

test('a check of MySQL tells what a server says that talks to nobody', async () => {
  const { port } = await serve((socket) => socket.end(error(0, 1129, "Host '1.2.3.4' is blocked", '')));

  const report = await check(DatabaseEngine.MYSQL, port);

  expect(detailOf(report, 'tls')).toBe(
    "nothing was proven: the server rejects clients before TLS: Host '1.2.3.4' is blocked [1129]",
  );
  expect(statuses(report)).toEqual({ reachable: 'ok', latency: 'ok', tls: 'unknown', plaintext: 'unknown' });
});
