import type { ClientFamily } from '../client-family';
import { KERNEL_DECIDES, type Keepalives } from '../keepalive/client-keepalive';
import { bracketed } from '../quoting/identifiers';
import { codeSpan } from '../quoting/markdown';
import { commandLine } from '../quoting/shell';
import type { Recipes } from '../recipes/client-connection';
import type { VerifyingUrlForm } from '../url-form';
import { any, only, TRUE } from '../url-parameters';
import type { UserDialect } from '../user-statements/user-dialect';
import { writeUrl } from '../write-url';

// The path would name an instance. https://github.com/microsoft/go-mssqldb#the-connection-string-can-be-specified-in-one-of-three-formats
const URL: VerifyingUrlForm = {
  database: 'parameter',
  databaseWord: 'database',
  user: true,
  parameters: ({ name, differs }) => ({
    encrypt: 'true',
    trustServerCertificate: 'false',
    ...(differs ? { hostNameInCertificate: name } : {}),
  }),
};

// https://learn.microsoft.com/sql/connect/golang/connection-options
const PARAMETERS = [
  only('encrypt', 'strict', 'mandatory', ...TRUE),
  only('trustServerCertificate', 'false', 'no', '0'),
  only('tlsmin', '1.2', '1.3'),
  ...any(`app+name workstation+id connection+timeout dial+timeout keepAlive packet+size ApplicationIntent
    multisubnetfailover certificate serverCertificate hostNameInCertificate database language`),
];

/**
 * sqlcmd, and the URL of Go programs. Both can be told the name in the certificate.
 *
 * @see https://learn.microsoft.com/sql/tools/sqlcmd-utility
 * @see https://github.com/microsoft/go-mssqldb#connection-parameters-and-dsn
 */
const recipes: Recipes = (connection) => {
  const { hostname, port, certificateName, nameDiffers, caFile, caInSystemStore } = connection;
  const { user = 'USER', database = 'DATABASE', terraform } = connection;
  const otherName = nameDiffers ? ['-F', certificateName] : [];
  const trust: Record<string, string> = caInSystemStore ? {} : { certificate: caFile };
  return [
    {
      client: 'sqlcmd',
      command: commandLine(
        ['sqlcmd', '-S', `tcp:${hostname},${port}`, '-U', user, '-d', database, '-Nm', ...otherName],
        terraform,
      ),
      verifiesName: true,
      verifiesChain: true,
      note: `Never add -C, which trusts any certificate. sqlcmd trusts what the operating system trusts${
        caInSystemStore ? '' : `: add ${codeSpan(caFile)} to its store`
      }.`,
    },
    {
      client: 'go-mssqldb',
      command: writeUrl(URL, { ...connection, user, database, parameters: trust }),
      verifiesName: true,
      verifiesChain: true,
    },
  ];
};

/**
 * Clients of SQL Server.
 *
 * @see https://github.com/microsoft/go-mssqldb#less-common-parameters
 * @see https://learn.microsoft.com/sql/connect/odbc/dsn-connection-string-attribute
 */
const keepalives: Keepalives = ({ seconds }) => [
  {
    client: 'go-mssqldb, and sqlcmd in Go',
    setting: `keepAlive=${Math.min(30, seconds)}`,
    afterSeconds: Math.min(30, seconds),
    note: 'Add it to the URL parameters; without it, the driver sends every 30 seconds.',
  },
  {
    client: 'ODBC Driver 17 and 18, and sqlcmd based on them',
    setting: `KeepAlive=${Math.min(30, seconds)}`,
    afterSeconds: Math.min(30, seconds),
    note: "Set it in the driver's section in odbcinst.ini; without it, the driver sends every 30 seconds.",
  },
  {
    client: 'Microsoft JDBC Driver',
    note: `${KERNEL_DECIDES} socketTimeout (in milliseconds, longer than the longest query) aborts a query that a dead database does not answer.`,
  },
];

/**
 * sqlcmd puts the value of an environment variable in place of `$(NAME)`, so that no password is in a file or a
 * history.
 *
 * @see https://learn.microsoft.com/sql/t-sql/statements/create-login-transact-sql
 * @see https://learn.microsoft.com/sql/tools/sqlcmd/sqlcmd-use-scripting-variables
 */
const users: UserDialect = {
  names: {
    parts: 'schema',
    defaultSchema: 'dbo',
    longest: 128,
    unit: 'characters',
    longestUser: 128,
    refuses: { pattern: /\$\(/, because: 'sqlcmd would substitute a variable for "$(...)"' },
  },
  reserved: /^(?:sa|dbo)$/i,
  reads: 'tables',
  example: 'TABLE',
  write: ({ user, database, canRead }) => {
    const [login, db] = [bracketed(user), bracketed(database)];
    return {
      where: 'Run them with sqlcmd, as an administrator.',
      statements: [
        'USE [master];',
        `CREATE LOGIN ${login} WITH PASSWORD = N'$(LOGIN_PASSWORD)', CHECK_POLICY = ON, DEFAULT_DATABASE = ${db};`,
        `DENY VIEW ANY DATABASE TO ${login};`,
        `USE ${db};`,
        `CREATE USER ${login} FOR LOGIN ${login};`,
        ...canRead.map((parts) => `GRANT SELECT ON OBJECT::${parts.map(bracketed).join('.')} TO ${login};`),
        'GO',
      ],
      hardening: [],
      removal: [`USE ${db};`, `DROP USER ${login};`, 'USE [master];', `DROP LOGIN ${login};`, 'GO'],
      requiresTls: false,
      notes: [
        'sqlcmd reads the password from the environment: `read -rs LOGIN_PASSWORD; export LOGIN_PASSWORD`, in the shell that starts it.',
        '"Force Encryption" in the server\'s configuration, or rds.force_ssl = 1 on RDS, keeps all users from connecting without TLS.',
      ],
    };
  },
};

/** sqlcmd takes a hyphen for an option. */
const NO_OPTION = '^[^-]';

/** @internal */
export const SQL_SERVER_FAMILY = {
  sqlserver: {
    url: URL,
    urlParameters: PARAMETERS,
    recipes,
    keepalives,
    users,
    userPattern: NO_OPTION,
    databasePattern: NO_OPTION,
    urlNote: undefined,
    certificateReload: 'reads it only when its service starts: restart it',
    tlsSettings: undefined,
    clientCertificateSettings: undefined,
  },
} as const satisfies Readonly<Record<string, ClientFamily>>;
