import { writeUrl } from '../connection-url';
import { commandLine } from '../quoting/shell';
import type { ClientConnection, Recipes } from './client-connection';
import type { ClientRecipe } from './client-recipe';

/**
 * psql and everything else on libpq.
 *
 * @see https://www.postgresql.org/docs/current/libpq-ssl.html
 * @internal
 */
export const postgresql: Recipes = (connection) =>
  connection.nameDiffers ? [byNameAndAddress(connection), byAuthorityOnly(connection)] : [byName(connection)];

function byName(connection: ClientConnection): ClientRecipe {
  return {
    client: 'psql',
    command: psql(connection, connection.hostname, { sslmode: 'verify-full' }),
    verifiesName: true,
    verifiesChain: true,
    note: 'Other clients on libpq (psycopg, PHP, Ruby, ...) take the same URL.',
  };
}

/** libpq connects to `hostaddr` and verifies `host`. */
function byNameAndAddress(connection: ClientConnection): ClientRecipe {
  const { hostname, address, certificateName } = connection;
  return {
    client: 'psql',
    command: psql(connection, certificateName, { hostaddr: address, sslmode: 'verify-full' }),
    verifiesName: true,
    verifiesChain: true,
    note: `${address} is an address of ${hostname}: libpq connects to hostaddr and verifies host. To go on when a zone fails, give it all addresses: hostaddr takes a list with commas, such as ADDRESS,ADDRESS, and host:port must then stand in the URL as often, with commas as well. libpq tries them in turn, so set connect_timeout too.`,
  };
}

function byAuthorityOnly(connection: ClientConnection): ClientRecipe {
  return {
    client: 'psql (CA only)',
    command: psql(connection, connection.hostname, { sslmode: 'verify-ca' }),
    verifiesName: false,
    verifiesChain: true,
    note: 'For drivers that cannot take name and address apart.',
  };
}

function psql(connection: ClientConnection, host: string, parameters: Record<string, string>): string {
  const { user = 'USER', database = 'DATABASE', caFile, terraform } = connection;
  const url = writeUrl({
    ...connection,
    user,
    database,
    hostname: host,
    parameters: { ...parameters, sslrootcert: caFile },
  });
  return commandLine(['psql', url], terraform);
}
