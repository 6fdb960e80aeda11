import { ConversationError } from '../../../../cli/check/connection/conversation-error';
import type { CheckName, Status } from '../../../../cli/check/finding/finding';
import { findings } from '../../../../cli/check/finding/findings';
import type { Observation } from '../../../../cli/check/observation';
import { reportOn } from '../../../../cli/check/report';
import { DatabaseEngine } from '../../../../lib/engine/database-engine';
import { observed, opened } from './observed';

const request = (different: Partial<Observation['request']>) => ({
  request: { ...observed().request, ...different },
});
const expires = (validTo: string) => observed({ tls: opened({}, { validTo: new Date(validTo) }) });
const key = (type: string, more: object) => observed({ tls: opened({}, { key: { type, ...more } }) });
const chainError = (code: string, authority?: string) =>
  observed({ tls: opened({ chainError: code }, authority ? { authority } : {}) });

function find(observation: Observation, name: CheckName) {
  return findings(observation).find(({ check }) => check === name);
}

describe('what was seen is judged:', () => {
  const rows: [what: string, observation: Observation, check: CheckName, status: Status, said: RegExp][] = [
    ['latency', observed({ tls: opened() }), 'latency', 'ok', /^TCP connection 12\.3 ms, TLS handshake 34\.6 ms$/],
    ['an open TLS connection', observed({ tls: opened() }), 'tls', 'ok', /^TLSv1\.3, TLS_AES_256_GCM_SHA384$/],
    ['one that needs weak settings', observed({ tls: opened({ lenient: true }) }), 'tls', 'failed', /old versions/],

    ['plenty of time', expires('2026-06-01T00:00:00Z'), 'expiry', 'ok', /^91 days left, until 2026-06-01$/],
    ['two weeks', expires('2026-03-15T12:00:00Z'), 'expiry', 'ok', /^14 days left/],
    ['a little less', expires('2026-03-15T11:59:59Z'), 'expiry', 'warning', /^13 days left/],
    ['the last second', expires('2026-03-01T12:00:00Z'), 'expiry', 'warning', /^0 days left/],
    [
      'the first second after',
      expires('2026-03-01T11:59:59Z'),
      'expiry',
      'failed',
      /^expired on 2026-03-01, 0 days ago/,
    ],
    ['long after', expires('2026-02-01T00:00:00Z'), 'expiry', 'failed', /28 days ago/],
    [
      'a certificate of tomorrow',
      observed({ tls: opened({}, { validFrom: new Date('2026-03-02T00:00:00Z') }) }),
      'expiry',
      'failed',
      /^valid from 2026-03-02 only/,
    ],
    ['a date that nobody can read', expires('whenever'), 'expiry', 'warning', /an unknown date/],

    ['ECDSA P-256', key('ec', { curve: 'prime256v1' }), 'key', 'ok', /^ECDSA P-256,/],
    ['ECDSA P-384', key('ec', { curve: 'secp384r1' }), 'key', 'ok', /^ECDSA P-384,/],
    ['ECDSA P-521', key('ec', { curve: 'secp521r1' }), 'key', 'ok', /^ECDSA P-521,/],
    ['another curve', key('ec', { curve: 'secp256k1' }), 'key', 'warning', /^ECDSA secp256k1, which network load/],
    ['Ed25519', key('ed25519', {}), 'key', 'warning', /^ED25519, which network load balancers do not support$/],
    ['RSA 1024', key('rsa', { bits: 1024 }), 'key', 'failed', /^RSA 1024 is too short/],
    ['RSA 2048', key('rsa', { bits: 2048 }), 'key', 'ok', /^RSA 2048,/],
    ['RSA 3072', key('rsa', { bits: 3072 }), 'key', 'ok', /^RSA 3072,/],
    [
      'RSA 4096',
      key('rsa', { bits: 4096 }),
      'key',
      'warning',
      /^RSA 4096, which network load balancers do not support$/,
    ],

    [
      'a common name alone',
      observed({ tls: opened({}, { nameMatch: 'common-name' }) }),
      'name',
      'warning',
      /only as its common name$/,
    ],
    [
      'many other names',
      observed({ tls: opened({}, { nameMatch: 'none', names: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] }) }),
      'name',
      'failed',
      /covers a, b, c, d, e and 2 more, not db\.example\.com$/,
    ],
    ['no name', observed({ tls: opened({}, { nameMatch: 'none', names: [] }) }), 'name', 'failed', /covers no name/],

    [
      'a sound chain',
      observed({ tls: opened() }),
      'chain',
      'ok',
      /^signed by CN=Some Root CA, trusted by the CAs that/,
    ],
    ['one that signs itself', chainError('DEPTH_ZERO_SELF_SIGNED_CERT'), 'chain', 'failed', /self-signed/],
    ['an unknown root', chainError('SELF_SIGNED_CERT_IN_CHAIN'), 'chain', 'failed', /by CN=Some Root CA, which is not/],
    ['an expired CA', chainError('CERT_HAS_EXPIRED'), 'chain', 'failed', /a CA certificate of the chain has expired/],
    ['something else', chainError('CERT_SIGNATURE_FAILURE'), 'chain', 'failed', /\(CERT_SIGNATURE_FAILURE\)$/],

    [
      'an address without a way to it',
      observed({
        addresses: [
          { address: '2001:db8::1', failure: new ConversationError('no-route') },
          { address: '203.0.113.7', connectMs: 1 },
        ],
      }),
      'reachable',
      'ok',
      /^1 of 2 addresses take connections$/,
    ],
    [
      'a machine without IPv6',
      observed({
        addresses: [
          { address: '2001:db8::1', failure: new ConversationError('unreachable') },
          { address: '203.0.113.7', connectMs: 1 },
        ],
      }),
      'reachable',
      'ok',
      /^1 of 2 addresses take connections$/,
    ],
    [
      'an IPv4 address that cannot be reached',
      observed({
        addresses: [
          { address: '203.0.113.8', failure: new ConversationError('unreachable') },
          { address: '203.0.113.7', connectMs: 1 },
        ],
      }),
      'reachable',
      'warning',
      /: 203\.0\.113\.8 cannot be reached$/,
    ],
    [
      'no way to any address',
      observed({ addresses: [{ address: '2001:db8::1', failure: new ConversationError('no-route') }] }),
      'reachable',
      'failed',
      /no route$/,
    ],
    [
      'no way to an address that is to be blocked',
      observed({ waysIn: [{ address: '2001:db8::1', verdict: 'unknown', evidence: 'is far away' }], addresses: [] }),
      'blocked',
      'unknown',
      /^nothing was proven: 2001:db8::1 is far away$/,
    ],
  ];

  test.each(rows)('%s', (_, observation, check, status, said) => {
    expect(find(observation, check)).toMatchObject({ status, detail: expect.stringMatching(said) });
  });
});

describe('a remedy', () => {
  const { POSTGRESQL, AURORA_MYSQL, RABBITMQ, REDSHIFT, REDIS, SQL_SERVER } = DatabaseEngine;
  const noTls = { opened: false, reason: 'offers no TLS', hasNoTls: true } as const;
  const noAnswer = { opened: false, reason: 'hangs up', hasNoTls: false } as const;
  const accepted = { verdict: 'accepted', evidence: '...' } as const;

  const rows: [what: string, observation: Observation, check: CheckName, remedy: RegExp][] = [
    ['names the settings for TLS', observed({ tls: noTls }), 'tls', /ssl_cert_file and ssl_key_file/],
    ['does without them', observed({ ...request({ engine: SQL_SERVER }), tls: noTls }), 'tls', /enable TLS\.$/],
    [
      'names the port for TLS',
      observed({ ...request({ engine: RABBITMQ, port: 5672 }), tls: noAnswer }),
      'tls',
      /5671/,
    ],
    [
      'looks for the listener',
      observed({ ...request({ engine: REDIS, port: 6379 }), tls: noAnswer }),
      'tls',
      /listens on this port with TLS/,
    ],
    ['names the setting against plaintext', observed({ plaintext: accepted }), 'plaintext', /pg_hba\.conf/],
    [
      'names no setting where there is none',
      observed({ ...request({ engine: REDIS }), plaintext: accepted }),
      'plaintext',
      /^Make Redis refuse plaintext\.$/,
    ],
    [
      'knows the listener that speaks old TLS',
      observed({ ...request({ engine: REDIS }), tls: opened(), oldTls: accepted }),
      'old-tls',
      /TlsPolicy\.RECOMMENDED/,
    ],
    ['knows the servers that speak old TLS', observed({ tls: opened(), oldTls: accepted }), 'old-tls', /3 only\.$/],
    [
      'asks for the CA',
      chainError('SELF_SIGNED_CERT_IN_CHAIN'),
      'chain',
      /from whoever runs it, and pass it here with --ca FILE/,
    ],
    [
      'doubts the CA file',
      { ...chainError('SELF_SIGNED_CERT_IN_CHAIN'), ...request({ authorities: { file: 'own.pem', pem: '' } }) },
      'chain',
      /^Check whether own\.pem is the right CA/,
    ],
    [
      'knows the CA of RDS by its name',
      {
        ...chainError('UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'CN=Amazon RDS eu-central-1 Root CA RSA2048 G1'),
        ...request({ engine: POSTGRESQL }),
      },
      'chain',
      /global-bundle\.pem/,
    ],
    [
      'knows the CA of Aurora',
      { ...chainError('SELF_SIGNED_CERT_IN_CHAIN'), ...request({ engine: AURORA_MYSQL }) },
      'chain',
      /global-bundle\.pem/,
    ],
    [
      'knows the CA of Redshift',
      { ...chainError('SELF_SIGNED_CERT_IN_CHAIN'), ...request({ engine: REDSHIFT }) },
      'chain',
      /amazon-trust-ca-bundle/,
    ],
    [
      'doubts --servername',
      observed({ ...request({ serverName: 'x' }), tls: opened({}, { nameMatch: 'none' }) }),
      'name',
      /--servername is the name/,
    ],
    [
      'knows why a connection is refused',
      observed({ addresses: [{ address: '203.0.113.7', failure: new ConversationError('refused') }] }),
      'reachable',
      /healthy targets/,
    ],
    [
      'knows why packets are dropped',
      observed({ addresses: [{ address: '203.0.113.7', failure: new ConversationError('timed-out') }] }),
      'reachable',
      /allowlist/,
    ],
    [
      'knows nothing better than routes',
      observed({ addresses: [{ address: '203.0.113.7', failure: new ConversationError('unreachable') }] }),
      'reachable',
      /routes/,
    ],
    ['knows a name without addresses', observed({ addresses: [] }), 'reachable', /spelling/],
  ];

  test.each(rows)('%s', (_, observation, check, remedy) => {
    expect(find(observation, check)?.remedy).toMatch(remedy);
  });

  it('stands beside everything that failed', () => {
    const worst = observed({
      tls: opened(
        { lenient: true, chainError: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
        { nameMatch: 'none', key: { type: 'rsa', bits: 512 }, validTo: new Date(0) },
      ),
      plaintext: accepted,
      oldTls: accepted,
      hold: { verdict: 'forgotten', seconds: 400, evidence: '...' },
    });

    const failed = findings(worst).filter(({ status }) => status === 'failed');

    expect(failed.map(({ check }) => check)).toEqual([
      'tls',
      'chain',
      'name',
      'expiry',
      'key',
      'plaintext',
      'old-tls',
      'idle',
    ]);
    for (const { remedy } of failed) expect(remedy).toMatch(/^[A-Z].*\.$/);
  });
});

test.each(['unknown', 'refused'] as const)('old TLS is not spoken of where there is no new TLS: %s', (verdict) => {
  const observation = observed({
    tls: { opened: false, reason: 'hangs up', hasNoTls: false },
    oldTls: { verdict, evidence: 'hangs up when offered TLS 1.0 and 1.1' },
  });

  expect(find(observation, 'old-tls')).toBeUndefined();
});

test('warnings and what cannot be told do not fail a check', () => {
  const report = reportOn(
    observed({
      tls: opened({}, { key: { type: 'rsa', bits: 4096 } }),
      plaintext: { verdict: 'unknown', evidence: '...' },
    }),
  );

  expect(report.findings.map(({ status }) => status)).toEqual(expect.arrayContaining(['warning', 'unknown']));
  expect(report.exitCode).toBe(0);
});
