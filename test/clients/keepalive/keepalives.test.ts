import * as fc from 'fast-check';
import { buildClientGuide } from '../../../lib/clients/client-guide';
import { keepaliveSeconds } from '../../../lib/clients/keepalive/client-keepalive';
import { DatabaseEngine } from '../../../lib/engine/database-engine';
import { type Member, usualTls } from '../../engine/engine-facts';
import { runs } from '../../support/property-runs';
import { LEFT_ALONE } from '../../support/text-functions';

const guideOf = (engine: DatabaseEngine, tls: 'terminate' | 'passthrough', idleTimeoutSeconds?: number) =>
  buildClientGuide({
    engine,
    tls,
    hostname: 'db.example.com',
    port: 1,
    idleTimeoutSeconds,
    terraform: LEFT_ALONE,
  });

const MODES = DatabaseEngine.all().flatMap((engine) =>
  (['terminate', 'passthrough'] as const).map((tls) => ({ engine, tls, called: `${engine.name}, ${tls}` })),
);

test.each(MODES)(
  'every client of $called sends something before the listener drops idle connections',
  ({ engine, tls }) => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 6000 }), (idle) => {
        const { keepalive, idleTimeoutSeconds } = guideOf(engine, tls, idle);

        expect(idleTimeoutSeconds).toBe(tls === 'terminate' ? 350 : idle);
        for (const { afterSeconds } of keepalive) expect(afterSeconds ?? 0).toBeLessThan(idleTimeoutSeconds ?? 0);
      }),
      { numRuns: runs(30) },
    );
  },
);

test.each(MODES)('the keepalive of $called is described for its clients, in sentences', ({ engine, tls }) => {
  const { keepalive } = guideOf(engine, tls, 3600);

  expect(keepalive.length).toBeGreaterThan(1);
  expect(keepalive.at(-1)?.setting).toBe('sysctl -w net.ipv4.tcp_keepalive_time=60 net.ipv4.tcp_keepalive_intvl=15');
  for (const { note } of keepalive) expect(note).toMatch(/^[A-Z].*\.$/);
  expect(new Set(keepalive.map(({ client }) => client)).size).toBe(keepalive.length);
});

test('half of the limit is soon enough, and a minute is seldom enough', () => {
  expect([60, 61, 119, 120, 350, 6000].map(keepaliveSeconds)).toEqual([30, 30, 59, 60, 60, 60]);
});

test('where the limit is known after apply, clients speak often enough for the shortest one', () => {
  expect(keepaliveSeconds(undefined)).toBe(30);
  expect(keepaliveSeconds(-1.8881545897087503e289)).toBe(30);
});

test.each<[Member, client: string, setting: string | undefined, afterSeconds: number | undefined]>([
  [
    'POSTGRESQL',
    'psql and everything else based on libpq',
    'keepalives_idle=60&keepalives_interval=15&keepalives_count=4',
    60,
  ],
  [
    'REDSHIFT',
    'psql and everything else based on libpq',
    'keepalives_idle=60&keepalives_interval=15&keepalives_count=4',
    60,
  ],
  ['POSTGRESQL', 'PostgreSQL JDBC driver', 'tcpKeepAlive=true', undefined],
  ['POSTGRESQL', 'PgBouncer', 'tcp_keepalive = 1\ntcp_keepidle = 60\ntcp_keepintvl = 15\ntcp_keepcnt = 4', 60],
  ['POSTGRESQL', 'Npgsql', 'Keepalive=60', 60],
  ['MYSQL', 'mysql, mariadb and everything else based on their C libraries', undefined, undefined],
  ['AURORA_MYSQL', 'MySQL Connector/J', 'tcpKeepAlive=true', undefined],
  ['MARIADB', 'MariaDB Connector/J', 'tcpKeepAlive=true&tcpKeepIdle=60&tcpKeepInterval=15&tcpKeepCount=4', 60],
  ['SQL_SERVER', 'go-mssqldb, and sqlcmd in Go', 'keepAlive=30', 30],
  ['REDIS', 'redis-cli', undefined, 15],
  ['VALKEY', 'valkey-cli', undefined, 15],
  ['REDIS', 'stunnel', undefined, 60],
  ['REDIS', 'node-redis', 'pingInterval: 60000', 60],
  ['MEMCACHED', 'pymemcache', 'socket_keepalive=KeepaliveOpts(idle=60, intvl=15, cnt=4)', 60],
  ['MONGODB', 'mongosh and the MongoDB drivers', 'maxIdleTimeMS=60000', undefined],
  ['OPENSEARCH', 'curl', '--keepalive-time 60', 60],
  ['RABBITMQ', 'pika, Shovel and Federation plugins', 'heartbeat=60', 30],
  ['CLICKHOUSE', 'clickhouse-client', '--tcp_keep_alive_timeout=60', 60],
  ['CASSANDRA', 'cqlsh and the Python driver', 'idle_heartbeat_interval=30', 30],
  ['ORACLE', 'sqlplus and everything else based on Oracle Client 19 or later', '(EXPIRE_TIME=1)', 60],
  ['NEPTUNE', 'Gremlin Java driver', 'keepAliveInterval(60000)', 60],
  ['SFTP', 'sftp', '-o ServerAliveInterval=60', 60],
])('%s, %s: %s', (member, client, setting, afterSeconds) => {
  const engine = DatabaseEngine[member] as DatabaseEngine;
  const tls = usualTls(engine);

  const entry = guideOf(engine, tls, 3600).keepalive.find((each) => each.client === client);

  expect([entry?.setting, entry?.afterSeconds]).toEqual([setting, afterSeconds]);
});

test.each<[Member, client: string, limit: string]>([
  ['POSTGRESQL', 'psql and everything else based on libpq', 'tcp_user_timeout=120000'],
  ['POSTGRESQL', 'PostgreSQL JDBC driver', 'socketTimeout (in seconds'],
  ['POSTGRESQL', 'PgBouncer', 'tcp_user_timeout = 120000'],
  ['MYSQL', 'MySQL Connector/J', 'socketTimeout (in milliseconds'],
  ['MARIADB', 'MariaDB Connector/J', 'socketTimeout (in milliseconds'],
  ['SQL_SERVER', 'Microsoft JDBC Driver', 'socketTimeout (in milliseconds'],
])('%s, %s: %s ends what a dead database does not answer', (member, client, limit) => {
  const { keepalive } = guideOf(DatabaseEngine[member] as DatabaseEngine, 'passthrough', 3600);

  expect(keepalive.find((each) => each.client === client)?.note).toContain(limit);
});

test('Oracle counts in minutes, so short limits are left to the operating system', () => {
  const { keepalive } = guideOf(DatabaseEngine.ORACLE, 'passthrough', 60);

  expect(keepalive[0].setting).toBe('(ENABLE=BROKEN)');
});

test('behind a wrapper, only the wrapper connects to the listener', () => {
  const { keepalive } = guideOf(DatabaseEngine.POSTGRESQL, 'terminate');

  expect(keepalive.map(({ client }) => client)).toEqual([
    'stunnel',
    'Linux, for clients that leave it to the operating system',
  ]);
});
