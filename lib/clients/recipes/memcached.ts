import { commandLine } from '../quoting/shell';
import type { Recipes } from './client-connection';
import { openssl, throughStunnel } from './tls-wrapper';

/**
 * The tools of libmemcached speak no TLS.
 *
 * @internal
 */
export const memcached: Recipes = (connection) => [
  throughStunnel(connection, commandLine(['memcstat', `--servers=127.0.0.1:${connection.port}`])),
  openssl(connection, 'Type "version" and press Enter.'),
];
