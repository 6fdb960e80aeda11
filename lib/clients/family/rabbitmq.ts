import type { ClientFamily } from '../client-family';
import type { Keepalives } from '../keepalive/client-keepalive';
import { literalPattern } from '../quoting/identifiers';
import { pythonString } from '../quoting/python';
import { commandLine } from '../quoting/shell';
import type { ClientConnection, Recipes } from '../recipes/client-connection';
import { PATH, type UrlForm } from '../url-form';
import { any, only } from '../url-parameters';
import type { UserDialect } from '../user-statements/user-dialect';
import { writeUrl } from '../write-url';

// https://www.rabbitmq.com/docs/uri-query-parameters
const URL: UrlForm = {
  ...PATH,
  parameters: ({ name, differs }) => ({
    ...(differs ? { server_name_indication: name } : {}),
    verify: 'verify_peer',
  }),
};

// https://www.rabbitmq.com/docs/uri-query-parameters
// https://pika.readthedocs.io/en/stable/modules/parameters.html
const PARAMETERS = [
  only('verify', 'verify_peer'),
  ...any(`cacertfile certfile keyfile depth auth_mechanism heartbeat connection_timeout channel_max frame_max
    blocked_connection_timeout connection_attempts retry_delay socket_timeout stack_timeout locale`),
];

/**
 * A Python program, and the URI of the Shovel and Federation plugins.
 *
 * @see https://pika.readthedocs.io/en/stable/examples/tls_server_authentication.html
 * @see https://www.rabbitmq.com/docs/uri-query-parameters
 */
const recipes: Recipes = (connection) => {
  const { user = 'USER', database, certificateName, caFile } = connection;
  const uri = writeUrl(URL, {
    ...connection,
    user,
    database,
    parameters: { cacertfile: caFile, server_name_indication: certificateName },
  });
  return [
    { client: 'pika (Python)', command: pikaProgram(connection), verifiesName: true, verifiesChain: true },
    {
      client: 'Shovel and Federation plugins',
      command: uri,
      verifiesName: true,
      verifiesChain: true,
      note: 'Other clients ignore the parameters of this URI: enable verification in their own TLS options.',
    },
  ];
};

function pikaProgram(connection: ClientConnection): string {
  const { hostname, port, user = 'USER', database = '/', certificateName, caFile, caInSystemStore } = connection;
  const { terraform } = connection;
  const quoted = (text: string) => pythonString(text, terraform);
  const program = `import getpass, pika, ssl
tls = ssl.create_default_context(${caInSystemStore ? '' : `cafile=${quoted(caFile)}`})
login = pika.PlainCredentials(${quoted(user)}, getpass.getpass())
pika.BlockingConnection(pika.ConnectionParameters(
    ${quoted(hostname)}, ${port}, ${quoted(database)}, login, ssl_options=pika.SSLOptions(tls, ${quoted(certificateName)})))`;
  return commandLine(['python3', '-c', program], terraform);
}

/**
 * Clients of RabbitMQ. Both sides send a heartbeat twice in the time that they agree on, and RabbitMQ proposes 60
 * seconds.
 *
 * @see https://www.rabbitmq.com/docs/heartbeats
 */
const keepalives: Keepalives = ({ seconds }) => [
  {
    client: 'pika, Shovel and Federation plugins',
    setting: `heartbeat=${seconds}`,
    afterSeconds: Math.ceil(seconds / 2),
    note: "An argument of pika.ConnectionParameters(), and a parameter of the plugins' URIs. A pika BlockingConnection sends heartbeats only while it processes events.",
  },
];

/**
 * The three expressions say what a user may configure, write and read.
 *
 * @see https://www.rabbitmq.com/docs/access-control
 */
const users: UserDialect = {
  names: { parts: 'none', longest: 255, unit: 'bytes', longestUser: 64 },
  reserved: /^guest$/i,
  reads: 'queues',
  example: 'QUEUE',
  database: '/',
  write: ({ user, database, canRead, connectionLimit }) => {
    const queues = `^(${canRead.map(([name]) => literalPattern(name)).join('|')})$`;
    const limits = JSON.stringify({ 'max-connections': connectionLimit });
    return {
      where: 'Run them in a shell on a RabbitMQ node.',
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
        'Reading from a queue removes messages from it.',
        'listeners.tcp = none in rabbitmq.conf keeps all users from connecting without TLS.',
      ],
    };
  },
};

/** @internal */
export const RABBITMQ_FAMILY = {
  rabbitmq: {
    url: URL,
    urlParameters: PARAMETERS,
    recipes,
    keepalives,
    users,
    userPattern: undefined,
    databasePattern: undefined,
    urlNote: undefined,
    certificateReload: "reads it again after `rabbitmqctl eval 'ssl:clear_pem_cache().'`",
    tlsSettings: undefined,
    clientCertificateSettings: 'ssl_options.fail_if_no_peer_cert in rabbitmq.conf',
  },
} as const satisfies Readonly<Record<string, ClientFamily>>;
