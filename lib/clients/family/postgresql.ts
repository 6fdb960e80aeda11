import type { ClientFamily } from '../client-family';
import { givesUpSeconds, interval, type Keepalives } from '../keepalive/client-keepalive';
import { doubleQuoted } from '../quoting/identifiers';
import { codeSpan } from '../quoting/markdown';
import { commandLine } from '../quoting/shell';
import type { ClientConnection, Recipes } from '../recipes/client-connection';
import type { ClientRecipe } from '../recipes/client-recipe';
import { PATH, type VerifyingUrlForm } from '../url-form';
import { any, only, PRISMA, TRUE } from '../url-parameters';
import type { NewUser, UserDialect } from '../user-statements/user-dialect';
import { writeUrl } from '../write-url';

// https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
const URL: VerifyingUrlForm = {
  ...PATH,
  parameters: ({ differs }) => ({ sslmode: differs ? 'verify-ca' : 'verify-full' }),
};

// https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS
const LIBPQ = [
  only('sslmode', 'verify-ca', 'verify-full'),
  only('ssl_min_protocol_version', 'tlsv1.2', 'tlsv1.3'),
  only('channel_binding', 'prefer', 'require'),
  only('require_auth', 'scram-sha-256'),
  // Encryption by Kerberos would take the place of TLS.
  only('gssencmode', 'disable'),
  ...any(`application_name fallback_application_name client_encoding options connect_timeout keepalives keepalives_idle
    keepalives_interval keepalives_count tcp_user_timeout target_session_attrs load_balance_hosts passfile sslrootcert
    sslcert sslkey sslcrl sslcrldir sslcertmode`),
];

// https://jdbc.postgresql.org/documentation/use/
const PGJDBC = [
  only('ssl', ...TRUE),
  ...any(`ApplicationName connectTimeout socketTimeout loginTimeout cancelSignalTimeout tcpKeepAlive tcpNoDelay
    currentSchema readOnly readOnlyMode targetServerType hostRecheckSeconds prepareThreshold
    preparedStatementCacheQueries preparedStatementCacheSizeMiB defaultRowFetchSize reWriteBatchedInserts stringtype
    preferQueryMode binaryTransfer autosave`),
];

const POSTGRESQL = [
  ...LIBPQ,
  ...PGJDBC,
  ...PRISMA,
  ...any('schema pgbouncer'),
  // https://pkg.go.dev/github.com/jackc/pgx/v5
  ...any(`pool_max_conns pool_min_conns pool_max_conn_lifetime pool_max_conn_idle_time pool_health_check_period
    default_query_exec_mode statement_cache_capacity description_cache_capacity`),
  // https://node-postgres.com/apis/client
  ...any('statement_timeout query_timeout lock_timeout idle_in_transaction_session_timeout'),
];

/**
 * psql and everything else based on libpq.
 *
 * @see https://www.postgresql.org/docs/current/libpq-ssl.html
 */
const recipes: Recipes = (connection) =>
  connection.nameDiffers ? [byNameAndAddress(connection), byAuthorityOnly(connection)] : [byName(connection)];

function byName(connection: ClientConnection): ClientRecipe {
  return {
    client: 'psql',
    command: psql(connection, connection.hostname, { sslmode: 'verify-full' }),
    verifiesName: true,
    verifiesChain: true,
    note: 'Other clients based on libpq (psycopg, PHP, Ruby, ...) accept the same URL.',
  };
}

/** libpq connects to `hostaddr` and verifies `host`. */
function byNameAndAddress(connection: ClientConnection): ClientRecipe {
  const { addresses, certificateName } = connection;
  return {
    client: 'psql',
    command: psql({ ...connection, hostCount: addresses.length }, certificateName, {
      hostaddr: addresses.join(','),
      sslmode: 'verify-full',
      ...(addresses.length > 1 ? { connect_timeout: CONNECT_TIMEOUT_SECONDS } : {}),
    }),
    verifiesName: true,
    verifiesChain: true,
    note: addresses.length > 1 ? severalAddresses(connection) : oneAddress(connection),
  };
}

/** Enough for any network, and short enough to wait for at a zone that has failed. */
const CONNECT_TIMEOUT_SECONDS = '10';

function oneAddress({ hostname, addresses: [address] }: ClientConnection): string {
  return `${address} is an address of ${hostname}: libpq connects to hostaddr and verifies host. To survive the failure of a zone, list all addresses: hostaddr accepts a comma-separated list such as ADDRESS,ADDRESS, and the URL must then repeat host:port as often, also separated by commas. libpq tries them in turn, so set connect_timeout too.`;
}

function severalAddresses({ hostname, addresses }: ClientConnection): string {
  return `${addresses.join(', ')} are the addresses of ${hostname}, which never change: libpq connects to those in hostaddr, one after the other, and verifies host, which stands in the URL as often. connect_timeout makes it go on when a zone fails.`;
}

function byAuthorityOnly(connection: ClientConnection): ClientRecipe {
  return {
    client: 'psql (CA only)',
    command: psql(connection, connection.hostname, { sslmode: 'verify-ca' }),
    verifiesName: false,
    verifiesChain: true,
    note: 'For drivers that do not accept name and address separately.',
  };
}

function psql(
  connection: ClientConnection & { readonly hostCount?: number },
  host: string,
  parameters: Record<string, string>,
): string {
  const { user = 'USER', database = 'DATABASE', caFile, terraform } = connection;
  const url = writeUrl(URL, {
    ...connection,
    user,
    database,
    hostname: host,
    parameters: { ...parameters, sslrootcert: caFile },
  });
  return commandLine(['psql', url], terraform);
}

/**
 * Clients of PostgreSQL, CockroachDB and Redshift.
 *
 * @see https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-KEEPALIVES-IDLE
 * @see https://jdbc.postgresql.org/documentation/use/
 * @see https://www.pgbouncer.org/config.html#tcp_keepidle
 * @see https://www.npgsql.org/doc/keepalive.html
 */
const keepalives: Keepalives = ({ seconds }) => [
  {
    client: 'psql and everything else based on libpq',
    setting: `keepalives_idle=${seconds}&keepalives_interval=${interval(seconds)}&keepalives_count=4`,
    afterSeconds: seconds,
    note: `Add it to the URL parameters. With libpq 12 or later on Linux, add tcp_user_timeout=${givesUpSeconds(seconds) * 1000} as well: keepalives are not sent while data is unacknowledged, and this setting ends such a connection.`,
  },
  {
    client: 'PostgreSQL JDBC driver',
    setting: 'tcpKeepAlive=true',
    note: 'Add it to the URL parameters: keepalive is off by default. The operating system decides when to send. socketTimeout (in seconds, longer than the longest query) aborts a query that a dead database does not answer.',
  },
  {
    client: 'PgBouncer',
    setting: [
      'tcp_keepalive = 1',
      `tcp_keepidle = ${seconds}`,
      `tcp_keepintvl = ${interval(seconds)}`,
      'tcp_keepcnt = 4',
    ].join('\n'),
    afterSeconds: seconds,
    note: `Set it in the section [pgbouncer] of pgbouncer.ini. On Linux, also set tcp_user_timeout = ${givesUpSeconds(seconds) * 1000}, which ends connections whose data is not acknowledged.`,
  },
  {
    client: 'Npgsql',
    setting: `Keepalive=${seconds}`,
    afterSeconds: seconds,
    note: 'Add it to the connection string: Npgsql then sends a query when the connection is idle.',
  },
  {
    client: 'node-postgres',
    setting: `keepAlive: true, keepAliveInitialDelayMillis: ${seconds * 1000}`,
    afterSeconds: seconds,
    note: 'Set both in the configuration of the client or the pool.',
  },
];

/**
 * @see https://www.postgresql.org/docs/current/sql-createrole.html
 * @see https://www.postgresql.org/docs/current/auth-pg-hba-conf.html
 */
const users: UserDialect = {
  names: {
    parts: 'schema',
    defaultSchema: 'public',
    longest: 63,
    unit: 'bytes',
    longestUser: 63,
    refuses: { pattern: /^\//, because: 'pg_hba.conf treats a name that begins with a slash as a regular expression' },
  },
  reserved: /^(?:postgres|pg_.*|rds.*)$/i,
  reads: 'tables',
  example: 'TABLE',
  write: (newUser) => {
    const { user, database, connectionLimit } = newUser;
    const [role, db] = [doubleQuoted(user), doubleQuoted(database)];
    return {
      where: `Run them in psql, connected to ${codeSpan(database)} as an administrator.`,
      statements: [
        `CREATE ROLE ${role} LOGIN CONNECTION LIMIT ${connectionLimit};`,
        // Asks for the password and sends only its hash.
        `\\password ${role}`,
        `ALTER ROLE ${role} SET default_transaction_read_only = on;`,
        `GRANT CONNECT ON DATABASE ${db} TO ${role};`,
        ...grants(newUser),
      ],
      hardening: [
        // Until PostgreSQL 14, everybody may create tables there.
        'REVOKE CREATE ON SCHEMA public FROM PUBLIC;',
        `REVOKE TEMPORARY ON DATABASE ${db} FROM PUBLIC;`,
      ],
      removal: [...revocations(newUser), `REVOKE ALL ON DATABASE ${db} FROM ${role};`, `DROP ROLE ${role};`],
      configuration: {
        file: 'pg_hba.conf',
        lines: [
          `hostssl ${db} ${role} all scram-sha-256`,
          // The first line that fits decides: no TLS, no other database.
          `host all ${role} all reject`,
        ],
      },
      requiresTls: false,
      notes: [
        'On RDS, use rds.force_ssl = 1 instead of pg_hba.conf.',
        'The server reads pg_hba.conf again after `SELECT pg_reload_conf();`.',
        'Everybody may call functions unless that right was revoked: check those with SECURITY DEFINER.',
      ],
    };
  },
};

/**
 * Redshift does not support \password: the user has none, and gets temporary ones from IAM.
 *
 * @see https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_USER.html
 */
const redshiftUsers: UserDialect = {
  names: { parts: 'schema', defaultSchema: 'public', longest: 127, unit: 'bytes', longestUser: 127 },
  reserved: /^rdsdb$/i,
  reads: 'tables',
  example: 'TABLE',
  write: (newUser) => {
    const { user, database, connectionLimit } = newUser;
    const [role, db] = [doubleQuoted(user), doubleQuoted(database)];
    return {
      where: `Run them in psql, connected to ${codeSpan(database)} as an administrator.`,
      statements: [`CREATE USER ${role} PASSWORD DISABLE CONNECTION LIMIT ${connectionLimit};`, ...grants(newUser)],
      hardening: ['REVOKE CREATE ON SCHEMA public FROM PUBLIC;', `REVOKE TEMPORARY ON DATABASE ${db} FROM PUBLIC;`],
      removal: [...revocations(newUser), `DROP USER ${role};`],
      requiresTls: false,
      notes: [
        'The user has no password. Clients get temporary ones from IAM (`aws redshift get-cluster-credentials`).',
        `If a client cannot do that: ALTER USER ${role} PASSWORD 'sha256|DIGEST|SALT', with the digest of password and salt.`,
        'The cluster parameter require_ssl = true keeps all users from connecting without TLS.',
      ],
    };
  },
};

/**
 * CockroachDB cannot limit the connections of a user, and keeps the rules of pg_hba.conf in a cluster setting.
 *
 * @see https://www.cockroachlabs.com/docs/stable/create-role
 * @see https://www.cockroachlabs.com/docs/stable/cockroach-sql#commands
 */
const cockroachdbUsers: UserDialect = {
  names: { parts: 'schema', defaultSchema: 'public', longest: 63, unit: 'bytes', longestUser: 63 },
  reserved: /^(?:node|crdb_internal.*)$/i,
  reads: 'tables',
  example: 'TABLE',
  write: (newUser) => {
    const { user, database } = newUser;
    const [role, db] = [doubleQuoted(user), doubleQuoted(database)];
    return {
      where: `Run them in cockroach sql, connected to ${codeSpan(database)} as an administrator.`,
      statements: [
        `CREATE ROLE ${role} LOGIN;`,
        // Asks for the password. Quotes around the user would become part of its name here.
        // https://github.com/cockroachdb/cockroach/blob/master/pkg/cli/clisqlshell/scan_local_cmd.go
        `\\password ${user}`,
        `ALTER ROLE ${role} SET default_transaction_read_only = on;`,
        `GRANT CONNECT ON DATABASE ${db} TO ${role};`,
        ...grants(newUser),
      ],
      hardening: ['REVOKE CREATE ON SCHEMA public FROM PUBLIC;'],
      removal: [...revocations(newUser), `REVOKE ALL ON DATABASE ${db} FROM ${role};`, `DROP ROLE ${role};`],
      requiresTls: false,
      notes: [
        'CockroachDB cannot limit the connections of a single user.',
        'Nodes that run with --certs-dir and without --accept-sql-without-tls keep all users from connecting without TLS.',
      ],
    };
  },
};

function grants(newUser: NewUser): readonly string[] {
  const role = doubleQuoted(newUser.user);
  return [
    ...schemas(newUser).map((schema) => `GRANT USAGE ON SCHEMA ${schema} TO ${role};`),
    ...tables(newUser).map((table) => `GRANT SELECT ON TABLE ${table} TO ${role};`),
  ];
}

function revocations(newUser: NewUser): readonly string[] {
  const role = doubleQuoted(newUser.user);
  return [
    ...tables(newUser).map((table) => `REVOKE ALL ON TABLE ${table} FROM ${role};`),
    ...schemas(newUser).map((schema) => `REVOKE ALL ON SCHEMA ${schema} FROM ${role};`),
  ];
}

function schemas({ canRead }: NewUser): readonly string[] {
  return [...new Set(canRead.map(([schema]) => doubleQuoted(schema)))];
}

function tables({ canRead }: NewUser): readonly string[] {
  return canRead.map((parts) => parts.map(doubleQuoted).join('.'));
}

const POSTGRESQL_CLIENTS = {
  url: URL,
  recipes,
  keepalives,
  userPattern: undefined,
  databasePattern: undefined,
  urlNote: undefined,
};

/** @internal */
export const POSTGRESQL_FAMILY = {
  postgresql: {
    ...POSTGRESQL_CLIENTS,
    urlParameters: POSTGRESQL,
    users,
    certificateReload: 'reads it again after `SELECT pg_reload_conf();`',
    tlsSettings: 'ssl, ssl_cert_file and ssl_key_file in postgresql.conf',
    clientCertificateSettings: 'clientcert and the method cert in pg_hba.conf',
  },
  // https://www.cockroachlabs.com/docs/stable/rotate-certificates
  cockroachdb: {
    ...POSTGRESQL_CLIENTS,
    urlParameters: POSTGRESQL,
    users: cockroachdbUsers,
    certificateReload: 'reads it again when its process gets SIGHUP',
    tlsSettings: '--certs-dir with node.crt and node.key',
    // https://www.cockroachlabs.com/docs/stable/security-reference/authentication
    clientCertificateSettings: 'the method cert in the cluster setting server.host_based_authentication.configuration',
  },
  redshift: {
    ...POSTGRESQL_CLIENTS,
    urlParameters: [...LIBPQ, ...PGJDBC],
    users: redshiftUsers,
    certificateReload: undefined,
    tlsSettings: undefined,
    clientCertificateSettings: undefined,
  },
} as const satisfies Readonly<Record<string, ClientFamily>>;
