import { writeUrl } from '../connection-url';
import { codeSpan } from '../quoting/markdown';
import { commandLine } from '../quoting/shell';
import type { Recipes } from './client-connection';

/**
 * sqlcmd, and the URL of Go programs. Both can be told the name in the certificate.
 *
 * @see https://learn.microsoft.com/sql/tools/sqlcmd-utility
 * @see https://github.com/microsoft/go-mssqldb#connection-parameters-and-dsn
 * @internal
 */
export const sqlServer: Recipes = (connection) => {
  const { hostname, port, certificateName, nameDiffers, caFile, caInSystemStore } = connection;
  const { user = 'USER', database = 'DATABASE', terraform } = connection;
  const otherName = nameDiffers ? ['-F', certificateName] : [];
  const trust: Record<string, string> = caInSystemStore ? {} : { certificate: caFile };
  return [
    {
      client: 'sqlcmd',
      command: commandLine(
        ['sqlcmd', '-S', `tcp:${hostname},${port}`, '-U', user, '-d', database, '-Nm', ...otherName],
        terraform,
      ),
      verifiesName: true,
      verifiesChain: true,
      note: `Never add -C, which trusts any certificate. sqlcmd trusts what the operating system trusts${
        caInSystemStore ? '' : `: add ${codeSpan(caFile)} to its store`
      }.`,
    },
    {
      client: 'go-mssqldb',
      command: writeUrl({ ...connection, user, database, parameters: trust }),
      verifiesName: true,
      verifiesChain: true,
    },
  ];
};
