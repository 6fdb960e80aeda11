import { commandLine } from '../quoting/shell';
import type { ClientConnection, Recipes } from './client-connection';
import type { ClientRecipe } from './client-recipe';
import { throughStunnel } from './tls-wrapper';

/**
 * cqlsh verifies the chain but not the name; stunnel verifies both for any client.
 *
 * @see https://cassandra.apache.org/doc/latest/cassandra/managing/tools/cqlsh.html
 * @internal
 */
export const cassandra: Recipes = (connection) => [
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
    note: 'cqlsh never compares names: whoever holds any certificate of that CA passes.',
  };
}
