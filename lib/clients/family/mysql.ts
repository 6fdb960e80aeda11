import type { ClientFamily } from '../client-family';
import { interval, KERNEL_DECIDES, type Keepalives } from '../keepalive/client-keepalive';
import { backticked } from '../quoting/identifiers';
import { commandLine } from '../quoting/shell';
import type { ClientConnection, Recipes } from '../recipes/client-connection';
import type { ClientRecipe } from '../recipes/client-recipe';
import { PATH, type VerifyingUrlForm } from '../url-form';
import { any, only, PRISMA, TRUE } from '../url-parameters';
import { hashCommand } from '../user-statements/password-hash';
import type { NameRules, NewUser, UserDialect } from '../user-statements/user-dialect';

// https://dev.mysql.com/doc/refman/8.4/en/connecting-using-uri-or-key-value-pairs.html
// https://mariadb.com/docs/tools/community/mariadb-shell/connecting/encrypted-connections/
const URL: VerifyingUrlForm = {
  ...PATH,
  parameters: ({ differs }) => ({ 'ssl-mode': differs ? 'VERIFY_CA' : 'VERIFY_IDENTITY' }),
};

// Other clients have TLS options of their own and do not say that they ignore this one.
const URL_NOTE =
  'The URL is for MySQL Shell and X DevAPI clients, which honour its ssl-mode. Other clients may ignore it and connect without verifying the certificate: set sslMode=VERIFY_IDENTITY (or VERIFY_CA) for MySQL Connector/J and sslMode=verify-full (or verify-ca) for MariaDB Connector/J, and use the commands in this guide for mysql and mariadb. How MariaDB Shell and others handle it is not confirmed here.';

const PARAMETERS = [
  // https://dev.mysql.com/doc/refman/8.4/en/connecting-using-uri-or-key-value-pairs.html
  only('ssl-mode', 'verify_ca', 'verify_identity'),
  only('tls-versions', 'tlsv1.2', 'tlsv1.3', 'tlsv1.2,tlsv1.3'),
  ...any('ssl-ca ssl-capath ssl-cert ssl-key ssl-crl ssl-crlpath connect-timeout compression compression-algorithms'),
  // https://dev.mysql.com/doc/connector-j/en/connector-j-reference-configuration-properties.html
  // https://mariadb.com/docs/connectors/mariadb-connector-j/about-mariadb-connector-j/connection-parameters
  only('sslMode', 'verify_ca', 'verify_identity', 'verify-ca', 'verify-full'),
  ...any(`connectTimeout socketTimeout tcpKeepAlive tcpNoDelay useUnicode characterEncoding connectionCollation
    connectionTimeZone serverTimezone forceConnectionTimeZoneToSession preserveInstants useCompression
    rewriteBatchedStatements useServerPrepStmts cachePrepStmts prepStmtCacheSize prepStmtCacheSqlLimit useCursorFetch
    defaultFetchSize zeroDateTimeBehavior tinyInt1isBit yearIsDateType trustCertificateKeyStoreUrl
    trustCertificateKeyStoreType clientCertificateKeyStoreUrl clientCertificateKeyStoreType`),
  // https://github.com/go-sql-driver/mysql#parameters
  only('tls', 'true'),
  ...any(`parseTime loc charset collation timeout readTimeout writeTimeout maxAllowedPacket interpolateParams
    clientFoundRows columnsWithAlias rejectReadOnly checkConnLiveness`),
  // https://dev.mysql.com/doc/connector-python/en/connector-python-connectargs.html
  // https://pymysql.readthedocs.io/en/latest/modules/connections.html
  only('ssl_verify_cert', ...TRUE),
  only('ssl_verify_identity', ...TRUE),
  ...any('ssl_ca ssl_cert ssl_key connect_timeout connection_timeout read_timeout write_timeout'),
  ...PRISMA,
  ...any('sslcert'),
  // Those of MariaDB's Connector/J, which reaches MySQL as well.
  only('useSsl', ...TRUE),
  ...any('serverSslCert tcpKeepIdle tcpKeepInterval tcpKeepCount'),
];

/**
 * The client of MySQL. It verifies the name it connects to, so another name in the certificate leaves it the CA.
 *
 * @see https://dev.mysql.com/doc/refman/8.4/en/connection-options.html#option_general_ssl-mode
 */
const mysqlRecipes: Recipes = (connection) => [mysqlClient(connection)];

/**
 * The client of MariaDB. Since 11.4 it cannot be told to verify the CA only.
 *
 * @see https://mariadb.com/docs/server/clients-and-utilities/mariadb-client/mariadb-command-line-client
 */
const mariadbRecipes: Recipes = (connection) =>
  connection.nameDiffers ? [mariadbByHostsFile(connection), mysqlClient(connection)] : [mariadbClient(connection)];

function mysqlClient(connection: ClientConnection): ClientRecipe {
  const { hostname, nameDiffers, caFile } = connection;
  return {
    client: nameDiffers ? 'mysql (CA only)' : 'mysql',
    command: commandLine(
      [
        'mysql',
        ...login(connection, hostname),
        `--ssl-ca=${caFile}`,
        `--ssl-mode=${nameDiffers ? 'VERIFY_CA' : 'VERIFY_IDENTITY'}`,
      ],
      connection.terraform,
    ),
    verifiesName: !nameDiffers,
    verifiesChain: true,
    note: "MySQL's client; MariaDB's client of the same name has other options.",
  };
}

function mariadbClient(connection: ClientConnection): ClientRecipe {
  return {
    client: 'mariadb',
    command: mariadbCommand(connection, connection.hostname),
    verifiesName: true,
    verifiesChain: true,
  };
}

function mariadbByHostsFile(connection: ClientConnection): ClientRecipe {
  const { hostname, addresses, certificateName } = connection;
  return {
    client: 'mariadb',
    command: mariadbCommand(connection, certificateName),
    verifiesName: true,
    verifiesChain: true,
    note: `Needs ${certificateName} to resolve to ${hostname} at the client: split-horizon DNS, or "${addresses[0]} ${certificateName}" in its hosts file.`,
  };
}

function mariadbCommand(connection: ClientConnection, host: string): string {
  return commandLine(
    ['mariadb', ...login(connection, host), `--ssl-ca=${connection.caFile}`, '--ssl-verify-server-cert'],
    connection.terraform,
  );
}

// A database as a separate argument could be an option, such as --ssl-mode=DISABLED.
function login({ port, user = 'USER', database = 'DATABASE' }: ClientConnection, host: string): readonly string[] {
  return [`--host=${host}`, `--port=${port}`, `--user=${user}`, '-p', `--database=${database}`];
}

/**
 * Clients of MySQL and MariaDB. The command line clients have no option for it.
 *
 * @see https://dev.mysql.com/doc/connector-j/en/connector-j-connp-props-networking.html
 * @see https://mariadb.com/docs/connectors/mariadb-connector-j/about-mariadb-connector-j
 */
const keepalives: Keepalives = ({ seconds }) => [
  { client: 'mysql, mariadb and everything else based on their C libraries', note: KERNEL_DECIDES },
  {
    client: 'MySQL Connector/J',
    setting: 'tcpKeepAlive=true',
    note: 'This is the default. The operating system decides when to send. socketTimeout (in milliseconds, longer than the longest query; 0 by default, which means never) aborts a query that a dead database does not answer.',
  },
  {
    client: 'MariaDB Connector/J',
    setting: `tcpKeepAlive=true&tcpKeepIdle=${seconds}&tcpKeepInterval=${interval(seconds)}&tcpKeepCount=4`,
    afterSeconds: seconds,
    note: 'Add it to the URL parameters; Java 11 or later. socketTimeout (in milliseconds, longer than the longest query) aborts a query that a dead database does not answer.',
  },
];

const NAMES: NameRules = { parts: 'database', longest: 64, unit: 'characters', longestUser: 32 };

/**
 * The server makes the password up and shows it once.
 *
 * @see https://dev.mysql.com/doc/refman/8.4/en/create-user.html
 */
const mysqlUsers: UserDialect = {
  names: NAMES,
  reserved: /^(?:mysql\..*|information_schema)$/i,
  reads: 'tables',
  example: 'TABLE',
  write: (newUser) =>
    written(newUser, 'mysql', 'IDENTIFIED BY RANDOM PASSWORD', [
      'The server generates the password and shows it once (MySQL 8.0.18 or later).',
    ]),
};

const DOUBLE_SHA1 = 'openssl sha1 -binary | openssl sha1 -r | cut -c 1-40 | tr a-f A-F | sed "s/^/*/"';

/**
 * MariaDB neither generates passwords nor prompts for one: it accepts the hash.
 *
 * @see https://mariadb.com/docs/server/reference/sql-statements/account-management-sql-statements/create-user
 */
const mariadbUsers: UserDialect = {
  names: { ...NAMES, longestUser: 80 },
  reserved: /^mariadb\..*$/i,
  reads: 'tables',
  example: 'TABLE',
  write: (newUser) =>
    written(newUser, 'mariadb', "IDENTIFIED BY PASSWORD 'PASSWORD_HASH'", [
      `PASSWORD_HASH is a placeholder for the output of ${hashCommand(DOUBLE_SHA1)}. The hash has no salt: choose a long random password.`,
    ]),
};

// User names are plain words by rule, so that no quoting can go wrong between the two ways to escape in strings.
function written(newUser: NewUser, client: string, identified: string, notes: readonly string[]) {
  const { user, connectionLimit, canRead } = newUser;
  const account = `'${user}'@'%'`;
  return {
    where: `Run them in ${client}, as an administrator.`,
    statements: [
      `CREATE USER ${account} ${identified} REQUIRE SSL WITH MAX_USER_CONNECTIONS ${connectionLimit};`,
      ...canRead.map((parts) => `GRANT SELECT ON TABLE ${parts.map(backticked).join('.')} TO ${account};`),
    ],
    hardening: [],
    removal: [`DROP USER ${account};`],
    requiresTls: true,
    notes: [
      ...notes,
      "'%' matches every address: the server sees the load balancer's, and the security groups decide who gets that far.",
    ],
  };
}

const MYSQL_CLIENTS = {
  url: URL,
  urlParameters: PARAMETERS,
  keepalives,
  userPattern: undefined,
  databasePattern: undefined,
  urlNote: URL_NOTE,
  tlsSettings: 'ssl_cert and ssl_key in my.cnf',
  clientCertificateSettings: undefined,
};

/** @internal */
export const MYSQL_FAMILY = {
  mysql: {
    ...MYSQL_CLIENTS,
    recipes: mysqlRecipes,
    users: mysqlUsers,
    certificateReload: 'reads it again after `ALTER INSTANCE RELOAD TLS;`',
  },
  mariadb: {
    ...MYSQL_CLIENTS,
    recipes: mariadbRecipes,
    users: mariadbUsers,
    certificateReload: 'reads it again after `FLUSH SSL;`',
  },
} as const satisfies Readonly<Record<string, ClientFamily>>;
