import { buildClientGuide, type ClientGuideInput } from '../../lib/clients/client-guide';
import { clientGuideMarkdown } from '../../lib/clients/client-guide-markdown';
import { DatabaseEngine } from '../../lib/engine/database-engine';
import { usualTls } from '../engine/engine-facts';
import { LEFT_ALONE } from '../support/text-functions';

function markdown(engine: DatabaseEngine, more: Partial<ClientGuideInput> = {}): string {
  const tls = usualTls(engine);
  const input = { engine, tls, hostname: 'db.example.com', port: engine.port, terraform: LEFT_ALONE } as const;
  return clientGuideMarkdown(buildClientGuide({ ...input, ...more }), engine.displayName, LEFT_ALONE);
}

test('the page of a self-managed PostgreSQL says everything that clients need', () => {
  expect(
    markdown(DatabaseEngine.POSTGRESQL, { user: 'looker', database: 'shop', idleTimeoutSeconds: 3600 }),
  ).toBe(`# Connecting to PostgreSQL at db.example.com

- Host: \`db.example.com\`, port 5432
- URL: \`postgresql://looker@db.example.com:5432/shop?sslmode=verify-full\`
- Name in the certificate: \`db.example.com\`
- CA: The CA that signed the database's certificate: get the CA certificate from whoever runs the database.

## psql

\`\`\`sh
psql 'postgresql://looker@db.example.com:5432/shop?sslmode=verify-full&sslrootcert=ca.pem'
\`\`\`

It verifies the CA and the name. Other clients based on libpq (psycopg, PHP, Ruby, ...) accept the same URL.

## Notes

- The load balancer forwards everything unchanged, so only the database can refuse clients without TLS: "hostssl" lines in pg_hba.conf, or rds.force_ssl = 1 on RDS.
- The listener drops connections that are idle for 3600 seconds: let clients send a TCP keepalive or a query more often.
- A database that dies sends no reset, and the load balancer closes its open connections late or, if it is the only target, perhaps not at all: only the client's keepalives and timeouts end them. They also keep inactive connections alive on newer hosts (Nitro v6), which stop tracking them after 350 seconds, whatever the listener allows.

## Idle connections

The load balancer drops a connection after 3600 seconds without traffic.

**psql and everything else based on libpq**: Add it to the URL parameters. With libpq 12 or later on Linux, add tcp_user_timeout=120000 as well: keepalives are not sent while data is unacknowledged, and this setting ends such a connection.

\`\`\`
keepalives_idle=60&keepalives_interval=15&keepalives_count=4
\`\`\`

**PostgreSQL JDBC driver**: Add it to the URL parameters: keepalive is off by default. The operating system decides when to send. socketTimeout (in seconds, longer than the longest query) aborts a query that a dead database does not answer.

\`\`\`
tcpKeepAlive=true
\`\`\`

**PgBouncer**: Set it in the section [pgbouncer] of pgbouncer.ini. On Linux, also set tcp_user_timeout = 120000, which ends connections whose data is not acknowledged.

\`\`\`
tcp_keepalive = 1
tcp_keepidle = 60
tcp_keepintvl = 15
tcp_keepcnt = 4
\`\`\`

**Npgsql**: Add it to the connection string: Npgsql then sends a query when the connection is idle.

\`\`\`
Keepalive=60
\`\`\`

**node-postgres**: Set both in the configuration of the client or the pool.

\`\`\`
keepAlive: true, keepAliveInitialDelayMillis: 60000
\`\`\`

**Linux, for clients that leave it to the operating system**: It applies to all connections on the machine whose programs enable TCP keepalive; put it into /etc/sysctl.d to keep it.

\`\`\`
sysctl -w net.ipv4.tcp_keepalive_time=60 net.ipv4.tcp_keepalive_intvl=15
\`\`\`

## When the certificate changes

Each time its certificate or key changes, PostgreSQL reads it again after \`SELECT pg_reload_conf();\`. Open connections keep the old one.

## A user for an integration

Give each integration its own user that can read only what it needs, instead of the administrator's. Run them in psql, connected to \`shop\` as an administrator.

\`\`\`
CREATE ROLE "looker" LOGIN CONNECTION LIMIT 10;
\\password "looker"
ALTER ROLE "looker" SET default_transaction_read_only = on;
GRANT CONNECT ON DATABASE "shop" TO "looker";
GRANT USAGE ON SCHEMA "public" TO "looker";
GRANT SELECT ON TABLE "public"."TABLE" TO "looker";
\`\`\`

Insert before all other lines of pg_hba.conf:

\`\`\`
hostssl "shop" "looker" all scram-sha-256
host all "looker" all reject
\`\`\`

These revoke rights from all users; others may rely on them:

\`\`\`
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
REVOKE TEMPORARY ON DATABASE "shop" FROM PUBLIC;
\`\`\`

- On RDS, use rds.force_ssl = 1 instead of pg_hba.conf.
- The server reads pg_hba.conf again after \`SELECT pg_reload_conf();\`.
- Everybody may call functions unless that right was revoked: check those with SECURITY DEFINER.

To remove the user:

\`\`\`
REVOKE ALL ON TABLE "public"."TABLE" FROM "looker";
REVOKE ALL ON SCHEMA "public" FROM "looker";
REVOKE ALL ON DATABASE "shop" FROM "looker";
DROP ROLE "looker";
\`\`\`
`);
});

test('the page of a managed database says how to get the CA', () => {
  const page = markdown(DatabaseEngine.AURORA_POSTGRESQL, {
    certificateName: 'orders.abc.eu-central-1.rds.amazonaws.com',
  });

  expect(page).toContain(
    'curl --fail --output eu-central-1-bundle.pem https://truststore.pki.rds.amazonaws.com/eu-central-1/eu-central-1-bundle.pem',
  );
  expect(page).toContain('sslrootcert=eu-central-1-bundle.pem');
  expect(page).not.toContain('When the certificate changes');
});

test.each(DatabaseEngine.all())('the page of $displayName is whole', (engine) => {
  const page = markdown(engine);

  expect(page).toMatch(/^# Connecting to .*\n/);
  expect(page).not.toMatch(/undefined|\[object|\n{3}/);
  expect(page.split('\n').filter((line) => line.startsWith('```')).length % 2).toBe(0);
  expect(markdown(engine)).toBe(page);
  expect(page.includes('## A user for an integration')).toBe(!['memcached', 'neptune', 'sftp'].includes(engine.name));
});

test('a block holds what looks like the end of one', () => {
  expect(markdown(DatabaseEngine.MYSQL, { user: 'a```b' })).toContain(
    "\n````sh\nmysql --host=db.example.com --port=3306 '--user=a```b'",
  );
});

test('what is known after apply is in it whole', () => {
  const page = markdown(DatabaseEngine.REDIS, {
    hostname: '${TfToken[TOKEN.7]}',
    user: '${TfToken[TOKEN.9]}',
    terraform: LEFT_ALONE,
  });

  expect(page).toContain('# Connecting to Redis at ${TfToken[TOKEN.7]}');
  expect(page.replaceAll(/\$\{TfToken\[TOKEN\.\d+\]\}/g, '')).not.toMatch(/TfToken|\$\{/);
  // A name that is not known cannot be quoted.
  expect(page).toContain('ACL SETUSER USER reset on');
});
