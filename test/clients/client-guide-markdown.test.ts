import { buildClientGuide, type ClientGuideInput } from '../../lib/clients/client-guide';
import { clientGuideMarkdown } from '../../lib/clients/client-guide-markdown';
import { DatabaseEngine } from '../../lib/engine/database-engine';
import { TlsHandshake } from '../../lib/engine/tls-handshake';
import { LEFT_ALONE } from '../support/text-functions';

function markdown(engine: DatabaseEngine, more: Partial<ClientGuideInput> = {}): string {
  const tls = engine.handshake === TlsHandshake.IMMEDIATE ? 'terminate' : 'passthrough';
  const input = { engine, tls, hostname: 'db.example.com', port: engine.port, terraform: LEFT_ALONE } as const;
  return clientGuideMarkdown(buildClientGuide({ ...input, ...more }), engine.displayName, LEFT_ALONE);
}

test('the page of a self-managed PostgreSQL says all there is to know', () => {
  expect(
    markdown(DatabaseEngine.POSTGRESQL, { user: 'looker', database: 'shop', idleTimeoutSeconds: 3600 }),
  ).toBe(`# Connecting to PostgreSQL at db.example.com

- Host: \`db.example.com\`, port 5432
- URL: \`postgresql://looker@db.example.com:5432/shop?sslmode=verify-full\`
- Name in the certificate: \`db.example.com\`
- CA: The CA that signed the database's certificate: take its certificate from whoever runs the database.

## psql

\`\`\`sh
psql 'postgresql://looker@db.example.com:5432/shop?sslmode=verify-full&sslrootcert=ca.pem'
\`\`\`

It verifies the CA and the name. Other clients on libpq (psycopg, PHP, Ruby, ...) take the same URL.

## Notes

- The load balancer passes everything through, so only the database can refuse clients without TLS: "hostssl" lines in pg_hba.conf, or rds.force_ssl = 1 on RDS.
- The listener drops connections that are idle for 3600 seconds: let clients send a TCP keepalive or a query more often.
- A database that dies sends no reset, and the load balancer ends its open connections late, or, where it is the only target, perhaps not at all: the keepalives and timeouts of the client do. They also keep a silent connection known to newer hosts (Nitro v6), which forget it after 350 seconds whatever the listener allows.

## Idle connections

The load balancer forgets a connection after 3600 seconds without traffic.

**psql and everything else on libpq**: Add it to the parameters of the URL. With libpq 12 or later on Linux, add tcp_user_timeout=120000 as well: keepalives are not sent while data waits for an answer, and this ends such a connection.

\`\`\`
keepalives_idle=60&keepalives_interval=15&keepalives_count=4
\`\`\`

**PostgreSQL JDBC driver**: Add it to the parameters of the URL: keepalive is off by default. When to speak is up to the operating system. socketTimeout (in seconds, longer than the longest query) ends a query that a dead database does not answer.

\`\`\`
tcpKeepAlive=true
\`\`\`

**PgBouncer**: It stands in the section [pgbouncer] of pgbouncer.ini. On Linux, tcp_user_timeout = 120000 beside it ends connections whose data nobody acknowledges.

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

**node-postgres**: Both are properties of the configuration of the client or the pool.

\`\`\`
keepAlive: true, keepAliveInitialDelayMillis: 60000
\`\`\`

**Linux, for clients that leave it to the operating system**: It holds for all connections of the machine whose programs turn TCP keepalive on; put it into /etc/sysctl.d to keep it.

\`\`\`
sysctl -w net.ipv4.tcp_keepalive_time=60 net.ipv4.tcp_keepalive_intvl=15
\`\`\`

## When the certificate changes

Each time its certificate or key changes, PostgreSQL reads it again after \`SELECT pg_reload_conf();\`. Connections that are open keep the old one.

## A user for an integration

Give each integration a user of its own that can read what it needs, instead of the administrator's. Run them in psql, connected to \`shop\` as an administrator.

\`\`\`
CREATE ROLE "looker" LOGIN CONNECTION LIMIT 10;
\\password "looker"
ALTER ROLE "looker" SET default_transaction_read_only = on;
GRANT CONNECT ON DATABASE "shop" TO "looker";
GRANT USAGE ON SCHEMA "public" TO "looker";
GRANT SELECT ON TABLE "public"."TABLE" TO "looker";
\`\`\`

Before all other lines of pg_hba.conf:

\`\`\`
hostssl "shop" "looker" all scram-sha-256
host all "looker" all reject
\`\`\`

These take rights away from all users; others may rely on them:

\`\`\`
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
REVOKE TEMPORARY ON DATABASE "shop" FROM PUBLIC;
\`\`\`

- Where the server is one of RDS, rds.force_ssl = 1 takes the place of pg_hba.conf.
- The server reads pg_hba.conf again after \`SELECT pg_reload_conf();\`.
- Functions may be called by everybody unless that was taken back: look at those with SECURITY DEFINER.

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

test('what is known after apply stands in it whole', () => {
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
