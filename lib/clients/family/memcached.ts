import type { ClientFamily } from '../client-family';
import { interval, type Keepalives } from '../keepalive/client-keepalive';
import { commandLine } from '../quoting/shell';
import type { Recipes } from '../recipes/client-connection';
import { openssl, throughStunnel } from '../recipes/tls-wrapper';

/**
 * The tools of libmemcached speak no TLS.
 */
const recipes: Recipes = (connection) => [
  throughStunnel(connection, commandLine(['memcstat', `--servers=127.0.0.1:${connection.port}`])),
  openssl(connection, 'Type "version" and press Enter.'),
];

/**
 * Clients of Memcached.
 *
 * @see https://pymemcache.readthedocs.io/en/latest/apidoc/pymemcache.client.base.html
 * @see http://docs.libmemcached.org/libmemcached_configuration.html
 */
const keepalives: Keepalives = ({ seconds }) => [
  {
    client: 'pymemcache',
    setting: `socket_keepalive=KeepaliveOpts(idle=${seconds}, intvl=${interval(seconds)}, cnt=4)`,
    afterSeconds: seconds,
    note: 'An argument of Client().',
  },
  {
    client: 'libmemcached',
    setting: `--TCP-KEEPALIVE --TCP-KEEPIDLE=${seconds}`,
    afterSeconds: seconds,
    note: 'Add it to the configuration string.',
  },
];

/** Users of SASL all have the same rights. */
export const MEMCACHED_FAMILY = {
  memcached: {
    url: undefined,
    urlParameters: [],
    recipes,
    keepalives,
    users: undefined,
    userPattern: undefined,
    databasePattern: undefined,
    urlNote: undefined,
    certificateReload: 'reads it again after the command `refresh_certs`',
    tlsSettings: undefined,
    clientCertificateSettings: 'ssl_verify_mode',
  },
} as const satisfies Readonly<Record<string, ClientFamily>>;
