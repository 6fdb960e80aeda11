import { commandLine } from '../quoting/shell';
import type { ClientConnection, Recipes } from './client-connection';
import type { ClientRecipe } from './client-recipe';

/**
 * The client of MySQL. It verifies the name it connects to, so another name in the certificate leaves it the CA.
 *
 * @see https://dev.mysql.com/doc/refman/8.4/en/connection-options.html#option_general_ssl-mode
 * @internal
 */
export const mysql: Recipes = (connection) => [mysqlClient(connection)];

/**
 * The client of MariaDB. Since 11.4 it cannot be told to verify the CA only.
 *
 * @see https://mariadb.com/docs/server/clients-and-utilities/mariadb-client/mariadb-command-line-client
 * @internal
 */
export const mariadb: Recipes = (connection) =>
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
    note: "The client of MySQL; MariaDB's client of the same name has other options.",
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
  const { hostname, address, certificateName } = connection;
  return {
    client: 'mariadb',
    command: mariadbCommand(connection, certificateName),
    verifiesName: true,
    verifiesChain: true,
    note: `Needs ${certificateName} to resolve to ${hostname} at the client: split-horizon DNS, or "${address} ${certificateName}" in its hosts file.`,
  };
}

function mariadbCommand(connection: ClientConnection, host: string): string {
  return commandLine(
    ['mariadb', ...login(connection, host), `--ssl-ca=${connection.caFile}`, '--ssl-verify-server-cert'],
    connection.terraform,
  );
}

// A database that stood alone could be an option, such as --ssl-mode=DISABLED.
function login({ port, user = 'USER', database = 'DATABASE' }: ClientConnection, host: string): readonly string[] {
  return [`--host=${host}`, `--port=${port}`, `--user=${user}`, '-p', `--database=${database}`];
}
