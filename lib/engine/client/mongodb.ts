import { writeUrl } from '../connection-url';
import { caOption, commandLine, type Recipes } from './client-connection';

/**
 * mongosh. It verifies the name it connects to, so another name in the certificate leaves it the CA.
 *
 * @see https://www.mongodb.com/docs/mongodb-shell/reference/options/
 * @internal
 */
export const mongodb: Recipes = (connection) => {
  const { user = 'USER', database = 'DATABASE', nameDiffers } = connection;
  const url = writeUrl({ ...connection, user: undefined, database });
  return [
    {
      client: nameDiffers ? 'mongosh (CA only)' : 'mongosh',
      command: commandLine('mongosh', url, ...caOption(connection, '--tlsCAFile'), '--username', user),
      verifiesName: !nameDiffers,
      verifiesChain: true,
      note: `A user of another database than ${database} needs --authenticationDatabase.`,
    },
  ];
};
