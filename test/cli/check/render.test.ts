import { ConversationError } from '../../../cli/check/connection/conversation-error';
import { toJson } from '../../../cli/check/render/json';
import { renderTable } from '../../../cli/check/render/table';
import { renderText } from '../../../cli/check/render/text';
import { exitCodeOfAll, reportOn } from '../../../cli/check/report';
import { DatabaseEngine } from '../../../lib/engine/database-engine';
import { observed, opened } from './finding/observed';

const sound = reportOn(observed({ tls: opened(), plaintext: { verdict: 'refused', evidence: 'hangs up' } }));
const weak = reportOn(
  observed({
    request: {
      ...observed().request,
      host: 'cache.example.com',
      port: 6379,
      engine: DatabaseEngine.REDIS,
      serverName: 'x',
    },
    tls: opened(),
    plaintext: { verdict: 'accepted', evidence: "answers '+PONG'" },
  }),
);
const unsure = reportOn(observed({ plaintext: { verdict: 'unknown', evidence: 'tells nothing' } }));
const gone = reportOn(
  observed({ addresses: [{ address: '203.0.113.7', failure: new ConversationError('timed-out') }] }),
);

describe('a report for people', () => {
  it('has a line for each check and the remedy beside what failed', () => {
    expect(renderText(weak)).toBe(`cache.example.com:6379 (Redis, as x)
  ok      reachable    1 of 1 addresses take connections
  ok      latency      TCP connection 12.3 ms, TLS handshake 34.6 ms
  ok      tls          TLSv1.3, TLS_AES_256_GCM_SHA384
  ok      client-cert  the server serves clients without a client certificate
  ok      chain        signed by CN=Some Root CA, trusted by the CAs that Node.js trusts
  ok      name         the certificate covers x
  ok      expiry       91 days left, until 2026-06-01
  ok      key          ECDSA P-256, which load balancers support
  FAILED  plaintext    the server answers '+PONG'
                       -> Make Redis refuse plaintext.

1 of 9 checks failed.
`);
  });

  it('ends with what cannot be told', () => {
    expect(renderText(sound)).toMatch(/^db\.example\.com:5432 \(PostgreSQL\)\n.*\n\nNo check failed\.\n$/s);
    expect(renderText(unsure)).toMatch(/\nNo check failed; 1 cannot be determined from outside\.\n$/);
  });
});

describe('a table of reports', () => {
  it('tells why nothing was proven', () => {
    const full = { opened: false, reason: 'is full', hasNoTls: false, remedy: 'Wait.' } as const;

    expect(renderTable([reportOn(observed({ tls: full }))])).toMatch(
      /\n {2}tls: nothing was proven: the server is full\n {4}-> Wait\.\n$/,
    );
    expect(renderTable([unsure])).not.toMatch(/->/);
  });

  it('has a row for each endpoint, then what is to be done', () => {
    expect(renderTable([sound, weak, gone])).toBe(
      `endpoint                engine      reachable  latency  tls  client-cert  chain  name  expiry  key  plaintext
db.example.com:5432     postgresql  ok         ok       ok   ok           ok     ok    ok      ok   ok
cache.example.com:6379  redis       ok         ok       ok   ok           ok     ok    ok      ok   FAILED
db.example.com:5432     postgresql  FAILED     -        -    -            -      -     -       -    -

cache.example.com:6379
  plaintext: the server answers '+PONG'
    -> Make Redis refuse plaintext.

db.example.com:5432
  reachable: 203.0.113.7 does not answer in time
    -> Packets are dropped: add this machine's public address to the allowlist, and check the subnets' network ACLs and routes.
`,
    );
  });

  test.each([
    [[sound, unsure], 0],
    [[sound, weak, gone], 1],
    [[sound, gone], 3],
    [[], 0],
  ])('has the worst exit code of its rows', (reports, exitCode) => {
    expect(exitCodeOfAll(reports)).toBe(exitCode);
  });
});

describe('a report for programs', () => {
  it('holds everything that was measured', () => {
    expect(JSON.parse(JSON.stringify(toJson(weak)))).toEqual({
      host: 'cache.example.com',
      port: 6379,
      engine: 'redis',
      serverName: 'x',
      checkedAt: '2026-03-01T12:00:00.000Z',
      exitCode: 1,
      findings: expect.arrayContaining([
        {
          check: 'plaintext',
          status: 'failed',
          detail: "the server answers '+PONG'",
          remedy: 'Make Redis refuse plaintext.',
        },
      ]),
      addresses: ['203.0.113.7'],
      connectMs: 12.3,
      tls: {
        version: 'TLSv1.3',
        cipher: 'TLS_AES_256_GCM_SHA384',
        handshakeMs: 34.6,
        certificate: {
          subject: 'CN=db.example.com',
          issuer: 'CN=Some CA',
          authority: 'CN=Some Root CA',
          names: ['db.example.com'],
          nameMatch: 'name',
          validFrom: '2026-01-01T00:00:00.000Z',
          validTo: '2026-06-01T00:00:00.000Z',
          key: { type: 'ec', curve: 'prime256v1' },
        },
      },
    });
  });

  it('leaves out what was not measured', () => {
    expect(JSON.parse(JSON.stringify(toJson(gone)))).not.toHaveProperty('tls');
    expect(JSON.parse(JSON.stringify(toJson(gone)))).not.toHaveProperty('connectMs');
  });
});
