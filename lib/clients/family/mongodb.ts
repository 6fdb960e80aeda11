import type { ClientFamily } from '../client-family';
import type { Keepalives } from '../keepalive/client-keepalive';
import { commandLine } from '../quoting/shell';
import type { Recipes } from '../recipes/client-connection';
import type { ServerName } from '../server-name';
import { PATH, type UrlForm, type UrlParameters } from '../url-form';
import { any, only } from '../url-parameters';
import type { NameRules, UserDialect } from '../user-statements/user-dialect';
import { writeUrl } from '../write-url';

// https://www.mongodb.com/docs/manual/reference/connection-string-options/
const URL = {
  ...PATH,
  slash: true,
  parameters: ({ differs }: ServerName): UrlParameters => ({
    directConnection: 'true',
    tls: 'true',
    ...(differs ? { tlsAllowInvalidHostnames: 'true' } : {}),
  }),
};

// https://docs.aws.amazon.com/documentdb/latest/developerguide/connect_programmatically.html
const DOCUMENTDB_URL: UrlForm = {
  ...URL,
  parameters: (certificate) => ({ ...URL.parameters(certificate), retryWrites: 'false' }),
};

// https://www.mongodb.com/docs/manual/reference/connection-string-options/
const MONGODB = [
  only('tls', 'true'),
  only('ssl', 'true'),
  // Otherwise the driver reconnects to the members under their private names.
  only('directConnection', 'true'),
  only('authMechanism', 'scram-sha-256', 'scram-sha-1', 'mongodb-x509', 'mongodb-aws', 'mongodb-oidc'),
  ...any(`appName authSource compressors zlibCompressionLevel connectTimeoutMS socketTimeoutMS timeoutMS
    serverSelectionTimeoutMS heartbeatFrequencyMS localThresholdMS maxPoolSize minPoolSize maxConnecting maxIdleTimeMS
    waitQueueTimeoutMS w wtimeoutMS journal readConcernLevel readPreference readPreferenceTags maxStalenessSeconds
    retryReads retryWrites uuidRepresentation serverMonitoringMode tlsCAFile tlsCertificateKeyFile`),
];

const DOCUMENTDB = [
  ...MONGODB.filter(({ name }) => name !== 'retryWrites'),
  // https://docs.aws.amazon.com/documentdb/latest/developerguide/functional-differences.html#functional-differences.retryable-writes
  only('retryWrites', 'false'),
];

const recipesWith =
  (form: UrlForm): Recipes =>
  (connection) => {
    const { user = 'USER', database = 'DATABASE', nameDiffers, caFile, caInSystemStore, terraform } = connection;
    const url = writeUrl(form, { ...connection, user: undefined, database });
    return [
      {
        client: nameDiffers ? 'mongosh (CA only)' : 'mongosh',
        command: commandLine(
          ['mongosh', url, ...(caInSystemStore ? [] : [`--tlsCAFile=${caFile}`]), `--username=${user}`],
          terraform,
        ),
        verifiesName: !nameDiffers,
        verifiesChain: true,
        note: 'A user of a database other than the one in the URL needs --authenticationDatabase.',
      },
    ];
  };

/**
 * Clients of MongoDB and DocumentDB. Drivers turn keepalive on by themselves and send after 120 seconds, or 300 in some
 * versions.
 *
 * @see https://www.mongodb.com/docs/manual/reference/connection-string-options/#mongodb-urioption-urioption.maxIdleTimeMS
 * @see https://jira.mongodb.org/browse/NODE-5190
 */
const keepalives: Keepalives = ({ seconds }) => [
  {
    client: 'mongosh and the MongoDB drivers',
    setting: `maxIdleTimeMS=${seconds * 1000}`,
    note: 'Add it to the URL parameters: the pool then opens a new connection instead of using one that may have been dropped. Drivers enable TCP keepalive by default and send after 120 to 300 seconds.',
  },
];

const NAMES: NameRules = { parts: 'none', longest: 120, unit: 'bytes', longestUser: 64 };

/**
 * @see https://www.mongodb.com/docs/manual/reference/method/db.createRole/
 * @see https://www.mongodb.com/docs/manual/reference/method/passwordPrompt/
 */
const usersOf = (authority: 'database' | 'admin', tls: string): UserDialect => ({
  names: NAMES,
  reserved: undefined,
  reads: 'collections',
  example: 'COLLECTION',
  write: ({ user, database, canRead }) => {
    const role = `${user}_reads`;
    // Where the user is kept is where clients must log in.
    const db = `db.getSiblingDB(${JSON.stringify(authority === 'admin' ? 'admin' : database)})`;
    const privileges = canRead.map(([collection]) => ({ resource: { db: database, collection }, actions: ['find'] }));
    const [name, roleName] = [JSON.stringify(user), JSON.stringify(role)];
    return {
      where: 'Run them in mongosh, as an administrator.',
      statements: [
        `${db}.createRole({ "role": ${roleName}, "privileges": ${JSON.stringify(privileges)}, "roles": [] })`,
        `${db}.createUser({ "user": ${name}, "pwd": passwordPrompt(), "roles": [${roleName}] })`,
      ],
      hardening: [],
      removal: [`${db}.dropUser(${name})`, `${db}.dropRole(${roleName})`],
      requiresTls: false,
      notes: [tls],
    };
  },
});

const mongodbUsers = usersOf(
  'database',
  'net.tls.mode: requireTLS in mongod.conf keeps all users from connecting without TLS.',
);

/**
 * DocumentDB keeps all users in one place.
 *
 * @see https://docs.aws.amazon.com/documentdb/latest/developerguide/role_based_access_control.html
 */
const documentdbUsers = usersOf(
  'admin',
  'The cluster parameter tls = enabled, which is the default, keeps all users from connecting without TLS.',
);

const MONGODB_CLIENTS = {
  keepalives,
  userPattern: undefined,
  databasePattern: undefined,
  urlNote: undefined,
  tlsSettings: undefined,
};

/** @internal */
export const MONGODB_FAMILY = {
  mongodb: {
    ...MONGODB_CLIENTS,
    url: URL,
    urlParameters: MONGODB,
    recipes: recipesWith(URL),
    users: mongodbUsers,
    certificateReload: 'reads it again after `db.adminCommand({ rotateCertificates: 1 })`',
    clientCertificateSettings: 'net.tls.allowConnectionsWithoutCertificates in mongod.conf',
  },
  documentdb: {
    ...MONGODB_CLIENTS,
    url: DOCUMENTDB_URL,
    urlParameters: DOCUMENTDB,
    recipes: recipesWith(DOCUMENTDB_URL),
    users: documentdbUsers,
    certificateReload: undefined,
    clientCertificateSettings: undefined,
  },
} as const satisfies Readonly<Record<string, ClientFamily>>;
