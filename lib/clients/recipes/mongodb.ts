import { writeUrl } from '../connection-url';
import { commandLine } from '../quoting/shell';
import type { Recipes } from './client-connection';

/**
 * mongosh. It verifies the name it connects to, so another name in the certificate leaves it the CA.
 *
 * @see https://www.mongodb.com/docs/mongodb-shell/reference/options/
 * @internal
 */
export const mongodb: Recipes = (connection) => {
  const { user = 'USER', database = 'DATABASE', nameDiffers, caFile, caInSystemStore, terraform } = connection;
  const url = writeUrl({ ...connection, user: undefined, database });
  return [
    {
      client: nameDiffers ? 'mongosh (CA only)' : 'mongosh',
      command: commandLine(
        ['mongosh', url, ...(caInSystemStore ? [] : [`--tlsCAFile=${caFile}`]), `--username=${user}`],
        terraform,
      ),
      verifiesName: !nameDiffers,
      verifiesChain: true,
      note: 'A user of another database than that of the URL needs --authenticationDatabase.',
    },
  ];
};
