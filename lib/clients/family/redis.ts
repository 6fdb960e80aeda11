import type { ClientFamily } from '../client-family';
import { interval, type Keepalives } from '../keepalive/client-keepalive';
import { escapedDoubleQuoted } from '../quoting/identifiers';
import { codeSpan } from '../quoting/markdown';
import { commandLine } from '../quoting/shell';
import { type ClientConnection, caOption } from '../recipes/client-connection';
import { throughStunnel } from '../recipes/tls-wrapper';
import { PATH } from '../url-form';
import { any, only, TRUE } from '../url-parameters';
import { SHA256_NOTE } from '../user-statements/password-hash';
import type { UserDialect } from '../user-statements/user-dialect';

const PARAMETERS = [
  // https://redis.readthedocs.io/en/stable/connections.html
  only('ssl_cert_reqs', 'required'),
  only('ssl_check_hostname', ...TRUE),
  ...any(`db protocol client_name socket_timeout socket_connect_timeout socket_keepalive health_check_interval
    retry_on_timeout max_connections decode_responses encoding encoding_errors ssl_ca_certs ssl_ca_path ssl_certfile
    ssl_keyfile`),
  // https://redis.github.io/lettuce/user-guide/connecting-redis/
  only('verifyPeer', 'full', 'ca'),
  ...any('timeout clientName database'),
  // https://pkg.go.dev/github.com/redis/go-redis/v9#ParseURL
  ...any(`max_retries min_retry_backoff max_retry_backoff dial_timeout read_timeout write_timeout pool_fifo pool_size
    pool_timeout min_idle_conns max_idle_conns max_active_conns conn_max_idle_time conn_max_lifetime`),
];

/**
 * The command line clients verify the chain but not the name; stunnel verifies both for any client.
 *
 * @see https://redis.io/docs/latest/operate/oss_and_stack/management/security/encryption/
 */
function recipesOf(client: string, connection: ClientConnection) {
  const { hostname, port, certificateName, user, terraform } = connection;
  // The client treats the next word as the value, whatever it begins with.
  const login = user === undefined ? [] : ['--user', user];
  return [
    throughStunnel(connection, commandLine([client, '-h', '127.0.0.1', '-p', port, ...login, '--askpass'], terraform)),
    {
      client,
      command: commandLine(
        [
          ...[client, '-h', hostname, '-p', port, '--tls', '--sni', certificateName],
          ...caOption(connection, '--cacert'),
          ...login,
          '--askpass',
        ],
        terraform,
      ),
      verifiesName: false,
      verifiesChain: true,
      note: `${client} never compares names: any certificate from that CA is accepted.`,
    },
  ];
}

/**
 * Clients of Redis and Valkey.
 *
 * @see https://github.com/redis/redis/blob/7.0/src/redis-cli.c (REDIS_CLI_KEEPALIVE_INTERVAL)
 * @see https://redis.readthedocs.io/en/stable/connections.html
 * @see https://github.com/redis/node-redis/blob/master/docs/client-configuration.md
 * @see https://redis.github.io/lettuce/advanced-usage/#socket-options
 */
const keepalivesOf =
  (client: string): Keepalives =>
  ({ seconds }) => [
    { client, afterSeconds: 15, note: 'It sends every 15 seconds by default.' },
    {
      client: 'redis-py',
      setting: `socket_keepalive=True, socket_keepalive_options={socket.TCP_KEEPIDLE: ${seconds}, socket.TCP_KEEPINTVL: ${interval(seconds)}}`,
      afterSeconds: seconds,
      note: 'Both are arguments of Redis().',
    },
    {
      client: 'node-redis',
      setting: `pingInterval: ${seconds * 1000}`,
      afterSeconds: seconds,
      note: "Set it in the client's configuration, in milliseconds.",
    },
    {
      client: 'Lettuce',
      setting: `SocketOptions.builder().keepAlive(KeepAliveOptions.builder().enable().idle(Duration.ofSeconds(${seconds})).interval(Duration.ofSeconds(${interval(seconds)})).build()).build()`,
      afterSeconds: seconds,
      note: 'Pass it to ClientOptions; it needs a native Netty transport, or Java 11.',
    },
  ];

/**
 * What reads values, and what drivers say when they connect. SCAN, RANDOMKEY, DBSIZE, and CLIENT TRACKING, which
 * @connection would bring, tell of keys that the patterns leave out.
 *
 * @see https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
 */
const RIGHTS =
  'resetchannels -@all +@read -@write -@dangerous -scan -randomkey -dbsize +ping +echo +select +client|setname +client|getname +client|id';

const usersOf = (client: string): UserDialect => ({
  names: {
    parts: 'none',
    longest: 512,
    unit: 'bytes',
    longestUser: 64,
    refuses: { pattern: /\s/, because: 'a rule ends at a space' },
  },
  reserved: /^default$/i,
  reads: 'patterns of keys',
  example: 'KEYS:*',
  write: ({ user, canRead }) => {
    const patterns = canRead.map(([pattern]) => escapedDoubleQuoted(`~${pattern}`)).join(' ');
    return {
      where: `Run them in ${client}, as an administrator.`,
      statements: [`ACL SETUSER ${user} reset on "#PASSWORD_SHA256" ${patterns} ${RIGHTS}`],
      hardening: [],
      removal: [`ACL DELUSER ${user}`],
      requiresTls: false,
      notes: [
        SHA256_NOTE,
        'The user is lost when the server restarts, unless `ACL SAVE` (with an aclfile) or `CONFIG REWRITE` follows.',
        // The access string is not read by the client, whose quotes and escapes would be part of the pattern.
        `ElastiCache and MemoryDB use the same rules as a user's access string: ${codeSpan(`on ${canRead.map(([pattern]) => `~${pattern}`).join(' ')} ${RIGHTS}`)}.`,
        'The user "default" needs a password or must be disabled; a server with "port 0" and a "tls-port" keeps all users from connecting without TLS.',
      ],
    };
  },
});

function family(client: string) {
  return {
    // rediss:// says it all.
    url: { ...PATH, parameters: 'by scheme' },
    urlParameters: PARAMETERS,
    recipes: (connection: ClientConnection) => recipesOf(client, connection),
    keepalives: keepalivesOf(client),
    users: usersOf(client),
    userPattern: undefined,
    databasePattern: undefined,
    urlNote: undefined,
    tlsSettings: undefined,
  } as const;
}

/** @internal */
export const REDIS_FAMILY = {
  redis: {
    ...family('redis-cli'),
    certificateReload:
      'reads it again after `CONFIG SET tls-cert-file FILE tls-key-file KEY`, even if the paths stay the same',
    clientCertificateSettings: 'tls-auth-clients no (or optional) in redis.conf',
  },
  valkey: {
    ...family('valkey-cli'),
    certificateReload:
      'reads it again after `CONFIG SET tls-cert-file FILE tls-key-file KEY`, even if the paths stay the same',
    clientCertificateSettings: 'tls-auth-clients no (or optional) in valkey.conf',
  },
} as const satisfies Readonly<Record<string, ClientFamily>>;
