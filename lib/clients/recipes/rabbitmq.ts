import { writeUrl } from '../connection-url';
import { pythonString } from '../quoting/python';
import { commandLine } from '../quoting/shell';
import type { ClientConnection, Recipes } from './client-connection';

/**
 * A Python program, and the URI of the Shovel and Federation plugins.
 *
 * @see https://pika.readthedocs.io/en/stable/examples/tls_server_authentication.html
 * @see https://www.rabbitmq.com/docs/uri-query-parameters
 * @internal
 */
export const rabbitmq: Recipes = (connection) => {
  const { user = 'USER', database, certificateName, caFile } = connection;
  const uri = writeUrl({
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
      note: 'Other clients ignore the parameters of this URI: verify in their own TLS options.',
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
