import type { CheckRequest } from '../../../cli/check/request';
import { DatabaseEngine } from '../../../lib/engine/database-engine';
import { authority, type Identity, issue } from '../support/certificates';
import { check, detailOf, statuses } from '../support/checking';
import { LETS_IN as MYSQL_LETS_IN, mysqlBehaviour } from '../support/mysql-behaviour';
import { ASKS_FOR_PASSWORD, NO_RULE, postgresqlBehaviour } from '../support/postgresql-behaviour';
import { tdsBehaviour } from '../support/tds-behaviour';
import { type Behaviour, closeServers, serve } from '../support/test-server';
import { dualBehaviour, type ServerTls, tlsBehaviour } from '../support/tls-behaviour';
import { NO_TLS, type Verdicts, verdicts } from '../support/verdicts';

const { POSTGRESQL, MARIADB, SQL_SERVER, REDIS } = DatabaseEngine;

const ca = authority();
const intermediate = issue({ commonName: 'Intermediate CA', issuer: ca, isAuthority: true });
const good = { identity: issue({ commonName: 'localhost', names: ['localhost'], issuer: ca }) };
const OLD = { minVersion: 'TLSv1', maxVersion: 'TLSv1' } as const;

afterEach(closeServers);

const FAMILIES: readonly {
  readonly engine: DatabaseEngine;
  readonly sound: (tls: ServerTls) => Behaviour;
  readonly both: (tls: ServerTls) => Behaviour;
  readonly plaintextOnly: Behaviour;
  /** What cannot be determined from outside of a sound server. */
  readonly unknown?: Verdicts;
  readonly both_: Verdicts;
}[] = [
  {
    engine: POSTGRESQL,
    sound: (tls) => postgresqlBehaviour({ tls, plain: NO_RULE }),
    both: (tls) => postgresqlBehaviour({ tls, plain: ASKS_FOR_PASSWORD }),
    plaintextOnly: postgresqlBehaviour({ plain: ASKS_FOR_PASSWORD }),
    both_: { plaintext: 'failed' },
  },
  {
    engine: MARIADB,
    sound: (tls) => mysqlBehaviour({ tls }),
    both: (tls) => mysqlBehaviour({ tls, plain: MYSQL_LETS_IN }),
    plaintextOnly: mysqlBehaviour({}),
    unknown: { plaintext: 'unknown' },
    both_: { plaintext: 'failed' },
  },
  {
    engine: SQL_SERVER,
    sound: (tls) => tdsBehaviour({ tls, toTls: 1, toPlain: 3 }),
    both: (tls) => tdsBehaviour({ tls, toTls: 1, toPlain: 2 }),
    plaintextOnly: tdsBehaviour({ toTls: 2, toPlain: 2 }),
    both_: { plaintext: 'failed' },
  },
  {
    engine: REDIS,
    sound: (tls) => tlsBehaviour(tls),
    both: (tls) => dualBehaviour(tls, (socket) => socket.end('-NOAUTH Authentication required.\r\n')),
    plaintextOnly: (socket) => socket.on('data', () => socket.end('-ERR unknown command\r\n')),
    both_: { plaintext: 'failed' },
  },
];

describe.each(FAMILIES)('a check of $engine.displayName', ({ engine, sound, both, plaintextOnly, unknown, both_ }) => {
  const expectVerdicts = async (
    behave: Behaviour,
    different: Verdicts,
    options: Partial<CheckRequest> & { ca?: Identity } = { ca },
  ) => {
    const { port } = await serve(behave);
    const report = await check(engine, port, options);
    const expected = verdicts({ ...unknown, ...different });
    expect(statuses(report)).toEqual(expected);
    expect(report.exitCode).toBe(Object.values(different).includes('failed') ? 1 : 0);
    return report;
  };

  it('finds nothing wrong with a sound server', () => expectVerdicts(sound(good), {}));

  it('finds nothing wrong with a server that sends an intermediate certificate', () => {
    const identity = issue({ commonName: 'localhost', names: ['localhost'], issuer: intermediate });
    return expectVerdicts(sound({ identity, chain: [intermediate] }), {});
  });

  it('sees that an intermediate certificate is missing', () => {
    const identity = issue({ commonName: 'localhost', names: ['localhost'], issuer: intermediate });
    return expectVerdicts(sound({ identity }), { chain: 'failed' });
  });

  it('sees a server that speaks nothing newer than TLS 1.0', async () => {
    const report = await expectVerdicts(sound({ ...good, ...OLD }), { tls: 'failed', 'old-tls': 'failed' });
    expect(detailOf(report, 'tls')).toMatch(/^TLSv1, /);
    expect(detailOf(report, 'old-tls')).toBe('the server speaks TLS 1.0');
  });

  it('sees a server that speaks old TLS beside the new', async () => {
    const report = await expectVerdicts(sound({ ...good, minVersion: 'TLSv1.1' }), { 'old-tls': 'failed' });
    expect(detailOf(report, 'old-tls')).toBe('the server speaks TLS 1.1');
  });

  it('sees an expired certificate', () => {
    const identity = issue({
      commonName: 'localhost',
      names: ['localhost'],
      issuer: ca,
      validFromDays: -9,
      validForDays: 7,
    });
    return expectVerdicts(sound({ identity }), { expiry: 'failed', chain: 'unknown' });
  });

  it('sees a certificate that signs itself', () => {
    const identity = issue({ commonName: 'localhost', names: ['localhost'] });
    return expectVerdicts(sound({ identity }), { chain: 'failed' });
  });

  it('sees a certificate with another name', () => {
    const identity = issue({ commonName: 'db.example.com', names: ['db.example.com'], issuer: ca });
    return expectVerdicts(sound({ identity }), { name: 'failed' });
  });

  it('takes another name where it is the one to expect', () => {
    const identity = issue({ commonName: 'db.example.com', names: ['db.example.com'], issuer: ca });
    return expectVerdicts(sound({ identity }), {}, { ca, serverName: 'db.example.com' });
  });

  it('sees a CA that nobody here trusts', () => expectVerdicts(sound(good), { chain: 'failed' }, {}));

  it('sees a server without TLS', () => expectVerdicts(plaintextOnly, NO_TLS));

  it('sees a server that takes clients with TLS and without', () => expectVerdicts(both(good), both_));

  it('leaves no connection behind', async () => {
    let open = 0;
    const behave = both(good);
    const { port } = await serve((socket) => {
      open++;
      // A client that is gone answers the next byte with a reset.
      const timer = setInterval(() => socket.write('?'), 20);
      socket.on('close', () => {
        clearInterval(timer);
        open--;
      });
      behave(socket);
    });

    await check(engine, port, { ca, timeoutSeconds: 20 });
    for (let waited = 0; open > 0 && waited < 3000; waited += 50) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }

    expect(open).toBe(0);
  });
});
