import { doubleQuoted, escapedBackticks, escapedDoubleQuoted, literalPattern } from '../quoting/identifiers';
import { commandLine } from '../quoting/shell';
import { SHA256_NOTE } from './password-hash';
import type { UserDialect } from './user-dialect';

/**
 * Members of a database of CouchDB may write; a design document of the database keeps this one from it.
 *
 * @see https://docs.couchdb.org/en/stable/intro/security.html
 * @see https://docs.couchdb.org/en/stable/ddocs/ddocs.html#validate-document-update-functions
 * @internal
 */
export const couchdb: UserDialect = {
  names: {
    parts: 'none',
    longest: 238,
    unit: 'characters',
    longestUser: 64,
    refuses: {
      pattern: /[^a-z0-9_$()+/-]|^[^a-z]/,
      because: 'databases of CouchDB have lower case letters, digits and _$()+-/, and begin with a letter',
    },
  },
  example: 'orders',
  write: ({ user, canRead }) => {
    const readsOnly = `function (next, previous, login) { if (login.name === ${JSON.stringify(user)}) throw { forbidden: "reads only" }; }`;
    const paths = canRead.map(([name]) => encodeURIComponent(name));
    return {
      where: 'Send them with curl, as an administrator.',
      statements: [
        `PUT /_users/org.couchdb.user:${user}\n${JSON.stringify({
          name: user,
          type: 'user',
          roles: [],
          password_scheme: 'pbkdf2',
          pbkdf2_prf: 'sha256',
          iterations: 600_000,
          salt: 'SALT',
          derived_key: 'DERIVED_KEY',
        })}`,
        ...paths.map(
          (path) => `PUT /${path}/_design/reads-only-${user}\n${JSON.stringify({ validate_doc_update: readsOnly })}`,
        ),
        ...paths.map(
          (path) =>
            `PUT /${path}/_security\n${JSON.stringify({ admins: { roles: ['_admin'] }, members: { names: [user], roles: ['_admin'] } })}`,
        ),
      ],
      hardening: [],
      removal: [`DELETE /_users/org.couchdb.user:${user}?rev=REVISION`],
      requiresTls: false,
      notes: [
        'SALT and DERIVED_KEY stand for a random text and for what PBKDF2 makes of password and salt, in hexadecimal digits.',
        '_security is replaced as a whole: add the names that `GET /DATABASE/_security` shows.',
        'A server that listens with httpsd alone keeps all logins from connecting without TLS.',
      ],
    };
  },
};

/**
 * InfluxDB 1.x gives rights on databases, not on measurements.
 *
 * @see https://docs.influxdata.com/influxdb/v1/administration/authentication_and_authorization/
 * @internal
 */
export const influxdb: UserDialect = {
  names: { parts: 'none', longest: 255, unit: 'bytes', longestUser: 64 },
  example: 'DATABASE',
  write: ({ user, canRead }) => ({
    where: 'Run them in influx, as an administrator.',
    statements: [
      `CREATE USER ${escapedDoubleQuoted(user)} WITH PASSWORD 'PASSWORD'`,
      ...canRead.map(([name]) => `GRANT READ ON ${escapedDoubleQuoted(name)} TO ${escapedDoubleQuoted(user)}`),
    ],
    hardening: [],
    removal: [`DROP USER ${escapedDoubleQuoted(user)}`],
    requiresTls: false,
    notes: [
      'InfluxDB 1.x takes the password in clear: put it in place of PASSWORD in the shell of influx, which keeps such lines out of its history.',
      'They count only with auth-enabled = true; https-enabled = true keeps all logins from connecting without TLS.',
      'InfluxDB 2 has tokens instead: `influx auth create --read-bucket BUCKET_ID`.',
    ],
  }),
};

/**
 * The three expressions say what a login may configure, write and read.
 *
 * @see https://www.rabbitmq.com/docs/access-control
 * @internal
 */
export const rabbitmq: UserDialect = {
  names: { parts: 'none', longest: 255, unit: 'bytes', longestUser: 64 },
  example: 'QUEUE',
  database: '/',
  write: ({ user, database, canRead, connectionLimit }) => {
    const queues = `^(${canRead.map(([name]) => literalPattern(name)).join('|')})$`;
    const limits = JSON.stringify({ 'max-connections': connectionLimit });
    return {
      where: 'Run them in a shell on a node of RabbitMQ.',
      statements: [
        commandLine(['rabbitmqctl', 'add_user', user]),
        commandLine(['rabbitmqctl', 'set_user_limits', user, limits]),
        commandLine(['rabbitmqctl', 'set_permissions', `--vhost=${database}`, user, '^$', '^$', queues]),
      ],
      hardening: [],
      removal: [commandLine(['rabbitmqctl', 'delete_user', user])],
      requiresTls: false,
      notes: [
        'The first one asks for the password.',
        'Who reads from a queue takes messages out of it.',
        'listeners.tcp = none in rabbitmq.conf keeps all logins from connecting without TLS.',
      ],
    };
  },
};

/**
 * @see https://clickhouse.com/docs/sql-reference/statements/create/user
 * @internal
 */
export const clickhouse: UserDialect = {
  names: { parts: 'database', longest: 255, unit: 'bytes', longestUser: 64 },
  example: 'TABLE',
  write: ({ user, canRead }) => {
    const login = escapedBackticks(user);
    return {
      where: 'Run them in clickhouse-client, as an administrator.',
      statements: [
        // With readonly = 1 most drivers fail, because they set things for themselves.
        `CREATE USER ${login} IDENTIFIED WITH sha256_hash BY 'PASSWORD_SHA256' SETTINGS readonly = 2;`,
        ...canRead.map((parts) => `GRANT SELECT ON ${parts.map(escapedBackticks).join('.')} TO ${login};`),
      ],
      hardening: [],
      removal: [`DROP USER ${login};`],
      requiresTls: false,
      notes: [
        SHA256_NOTE,
        'A server that has tcp_port_secure and https_port alone keeps all logins from connecting without TLS.',
      ],
    };
  },
};

/**
 * @see https://cassandra.apache.org/doc/latest/cassandra/developing/cql/security.html
 * @internal
 */
export const cassandra: UserDialect = {
  names: {
    parts: 'database',
    longest: 48,
    unit: 'characters',
    longestUser: 64,
    refuses: { pattern: /\W/, because: 'names of keyspaces and tables have letters, digits and _ only' },
  },
  example: 'TABLE',
  write: ({ user, canRead }) => {
    const login = doubleQuoted(user);
    return {
      where: 'Run them in cqlsh, as an administrator.',
      statements: [
        `CREATE ROLE ${login} WITH HASHED PASSWORD = 'PASSWORD_HASH' AND LOGIN = true AND SUPERUSER = false;`,
        ...canRead.map((parts) => `GRANT SELECT ON TABLE ${parts.map(doubleQuoted).join('.')} TO ${login};`),
      ],
      hardening: [],
      removal: [`DROP ROLE ${login};`],
      requiresTls: false,
      notes: [
        'PASSWORD_HASH stands for a hash by bcrypt, as `tools/bin/hash_password` of Cassandra 4.1 or later prints it.',
        'They count only with PasswordAuthenticator and CassandraAuthorizer in cassandra.yaml; client_encryption_options with optional: false keeps all logins from connecting without TLS.',
      ],
    };
  },
};
