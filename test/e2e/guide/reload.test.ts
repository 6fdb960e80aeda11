import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseEngine, EndpointTls } from '../../../lib';
import { check, statuses } from '../../cli/support/checking';
import { endpoint, validProps } from '../../support/endpoint';
import { describeWithBinaries } from '../check/servers/describe-with-binaries';
import { Mariadb } from '../check/servers/mariadb';
import { Postgresql } from '../check/servers/postgresql';
import type { RealServer } from '../check/servers/real-server';
import { startRedis } from '../check/servers/small-servers';
import { CA, HOST, SHOWN } from './certificates';
import { runInTerminal } from './terminal';

const folder = mkdtempSync(join(tmpdir(), 'reload-'));
writeFileSync(join(folder, 'ca.pem'), CA.certificate);
afterAll(() => rmSync(folder, { recursive: true }));

let server: RealServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

/** The statement that the guide names. */
function statementOf(engine: DatabaseEngine): string {
  const { certificateReload } = endpoint(validProps({ engine, tls: EndpointTls.passthrough() })).clientGuide();
  return /`(.*?)`/.exec(certificateReload ?? '')?.[1] ?? '';
}

/** What a client thinks of the dates in the certificate. */
async function dates(engine: DatabaseEngine, port: number) {
  return statuses(await check(engine, port, { ca: CA, serverName: HOST })).expiry;
}

const run = async (command: string) => expect(await runInTerminal(command, { folder })).toMatchObject({ exitCode: 0 });

describeWithBinaries(['postgres', 'initdb', 'psql', 'unshare', 'script'], 'a renewed certificate of PostgreSQL', () => {
  test('is shown after the statement of the guide, and not before', async () => {
    const cluster = new Postgresql();
    try {
      server = await cluster.start({ identity: SHOWN.expired, rules: 'hostssl all all all trust' });
      const { port } = server;
      cluster.replaceIdentity(SHOWN.right);
      expect(await dates(DatabaseEngine.POSTGRESQL, port)).toBe('failed');

      await run(`psql 'postgresql://admin@127.0.0.1:${port}/postgres' -c '${statementOf(DatabaseEngine.POSTGRESQL)}'`);

      // The postmaster reads its files when it gets to it.
      for (let left = 50; left > 0 && (await dates(DatabaseEngine.POSTGRESQL, port)) !== 'ok'; left--) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      expect(await dates(DatabaseEngine.POSTGRESQL, port)).toBe('ok');
    } finally {
      await server?.stop();
      server = undefined;
      cluster.remove();
    }
  });
});

describeWithBinaries(
  ['mariadbd', 'mariadb-install-db', 'mariadb', 'unshare', 'script'],
  'a renewed certificate of MariaDB',
  () => {
    test('is shown after the statement of the guide, and not before', async () => {
      const database = new Mariadb();
      try {
        server = await database.start({ identity: SHOWN.expired });
        const { port } = server;
        database.replaceIdentity(SHOWN.right);
        expect(await dates(DatabaseEngine.MARIADB, port)).toBe('failed');

        await run(`mariadb -h 127.0.0.1 -P ${port} -u root -e '${statementOf(DatabaseEngine.MARIADB)}'`);

        expect(await dates(DatabaseEngine.MARIADB, port)).toBe('ok');
      } finally {
        await server?.stop();
        server = undefined;
        database.remove();
      }
    });
  },
);

describeWithBinaries(['redis-server', 'redis-cli', 'unshare', 'script'], 'a renewed certificate of Redis', () => {
  test('is shown after the statement of the guide, and not before', async () => {
    const redis = await startRedis(SHOWN.expired);
    server = redis;
    const { certFile, keyFile } = redis.replaceIdentity(SHOWN.right);
    expect(await dates(DatabaseEngine.REDIS, redis.port)).toBe('failed');

    const statement = statementOf(DatabaseEngine.REDIS).replace('FILE', certFile).replace('KEY', keyFile);
    await run(`redis-cli -p ${redis.port} --tls --insecure -a sesame --no-auth-warning ${statement}`);

    expect(await dates(DatabaseEngine.REDIS, redis.port)).toBe('ok');
  });
});
