import { commandLine } from '../quoting/shell';
import { type ClientConnection, caOption, type Recipes } from './client-connection';
import { throughStunnel } from './tls-wrapper';

/** @internal */
export const redis: Recipes = (connection) => recipes('redis-cli', connection);

/** @internal */
export const valkey: Recipes = (connection) => recipes('valkey-cli', connection);

/**
 * The command line clients verify the chain but not the name; stunnel verifies both for any client.
 *
 * @see https://redis.io/docs/latest/operate/oss_and_stack/management/security/encryption/
 */
function recipes(client: string, connection: ClientConnection) {
  const { hostname, port, certificateName, user, terraform } = connection;
  // The client takes the next word for the value, whatever it begins with.
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
      note: `${client} never compares names: whoever holds any certificate of that CA passes.`,
    },
  ];
}
