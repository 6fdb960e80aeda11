import type { ClientFamily } from '../client-family';
import type { Keepalives } from '../keepalive/client-keepalive';
import { doubleQuoted } from '../quoting/identifiers';
import { commandLine } from '../quoting/shell';
import type { ClientConnection, Recipes } from '../recipes/client-connection';
import type { ClientRecipe } from '../recipes/client-recipe';
import { throughStunnel } from '../recipes/tls-wrapper';
import type { UserDialect } from '../user-statements/user-dialect';

/**
 * cqlsh verifies the chain but not the name; stunnel verifies both for any client.
 *
 * @see https://cassandra.apache.org/doc/latest/cassandra/managing/tools/cqlsh.html
 */
const recipes: Recipes = (connection) => [
  throughStunnel(
    connection,
    commandLine(
      ['cqlsh', '127.0.0.1', connection.port, `--username=${connection.user ?? 'USER'}`],
      connection.terraform,
    ),
  ),
  cqlsh(connection),
];

function cqlsh({ hostname, port, user = 'USER', caFile, terraform }: ClientConnection): ClientRecipe {
  return {
    client: 'cqlsh',
    command: commandLine(
      [
        ...['env', `SSL_CERTFILE=${caFile}`, 'SSL_VALIDATE=true'],
        ...['cqlsh', '--ssl', hostname, port, `--username=${user}`],
      ],
      terraform,
    ),
    verifiesName: false,
    verifiesChain: true,
    note: 'cqlsh never compares names: any certificate from that CA is accepted.',
  };
}

/**
 * Clients of Cassandra, whose drivers send a heartbeat.
 *
 * @see https://docs.datastax.com/en/developer/python-driver/latest/api/cassandra/cluster/
 * @see https://docs.datastax.com/en/developer/java-driver/latest/manual/core/configuration/reference/
 */
const keepalives: Keepalives = ({ seconds }) => [
  {
    client: 'cqlsh and the Python driver',
    setting: `idle_heartbeat_interval=${Math.min(30, seconds)}`,
    afterSeconds: Math.min(30, seconds),
    note: 'An argument of Cluster(); the default is 30 seconds, which cqlsh uses.',
  },
  {
    client: 'Java driver',
    setting: `advanced.heartbeat.interval = ${Math.min(30, seconds)} seconds`,
    afterSeconds: Math.min(30, seconds),
    note: 'Set it in application.conf; the default is 30 seconds.',
  },
];

/**
 * @see https://cassandra.apache.org/doc/latest/cassandra/developing/cql/security.html
 */
const users: UserDialect = {
  names: {
    parts: 'database',
    longest: 48,
    unit: 'characters',
    longestUser: 64,
    refuses: { pattern: /\W/, because: 'names of keyspaces and tables may contain only letters, digits and _' },
  },
  reserved: /^cassandra$/i,
  reads: 'tables',
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
        'PASSWORD_HASH is a placeholder for a bcrypt hash, as `tools/bin/hash_password` of Cassandra 4.1 or later prints it.',
        'They take effect only with PasswordAuthenticator and CassandraAuthorizer in cassandra.yaml; client_encryption_options with optional: false keeps all users from connecting without TLS.',
      ],
    };
  },
};

/** @internal */
export const CASSANDRA_FAMILY = {
  cassandra: {
    url: undefined,
    urlParameters: [],
    recipes,
    keepalives,
    users,
    userPattern: undefined,
    databasePattern: undefined,
    urlNote: undefined,
    certificateReload: 'notices a changed keystore by itself within ten minutes, or after `nodetool reloadssl`',
    tlsSettings: undefined,
    clientCertificateSettings: 'client_encryption_options.require_client_auth in cassandra.yaml',
  },
} as const satisfies Readonly<Record<string, ClientFamily>>;
