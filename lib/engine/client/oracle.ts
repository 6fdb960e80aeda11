import { codeSpan } from '../quoting/markdown';
import { commandLine } from '../quoting/shell';
import type { ClientConnection, Recipes } from './client-connection';

/**
 * sqlplus over TCPS (19c and later), with a whole connect descriptor: Easy Connect cannot say a distinguished name.
 *
 * @see https://docs.oracle.com/en/database/oracle/oracle-database/19/dbseg/enabling-distinguished-name-matching.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.Oracle.Options.SSL.DNMatch.html
 * @internal
 */
export const oracle: Recipes = (connection) => {
  const { user = 'USER', certificateName, nameDiffers, caFile, terraform } = connection;
  const wallet = commandLine(
    ['orapki', 'wallet', 'add', '-wallet', 'WALLET', '-trusted_cert', '-cert', caFile, '-auto_login_only'],
    terraform,
  );
  const wholeName = `Oracle compares the whole distinguished name: on RDS it is "C=US,ST=Washington,L=Seattle,O=Amazon.com,OU=RDS,CN=${certificateName}".`;
  return [
    {
      client: 'sqlplus',
      command: commandLine(['sqlplus', `${user}@${descriptor(connection)}`], terraform),
      verifiesName: true,
      verifiesChain: true,
      note: [
        'WALLET is the directory of a wallet that trusts the CA: `orapki wallet create -wallet WALLET -auto_login_only`,',
        `then ${codeSpan(wallet)} for each certificate of the file.`,
        ...(nameDiffers ? [wholeName] : []),
      ].join(' '),
    },
  ];
};

// No value in it can be quoted beyond doubt, so those that would need it are refused.
// https://docs.oracle.com/en/database/oracle/oracle-database/19/netrf/syntax-rules-configuration-files.html
function descriptor({ hostname, port, database = 'SERVICE', certificateName, nameDiffers }: ClientConnection): string {
  const otherName = nameDiffers ? `(SSL_SERVER_CERT_DN="CN=${certificateName}")` : '';
  return [
    `(DESCRIPTION=(ADDRESS=(PROTOCOL=TCPS)(HOST=${hostname})(PORT=${port}))`,
    `(CONNECT_DATA=(SERVICE_NAME=${database}))`,
    `(SECURITY=(SSL_SERVER_DN_MATCH=YES)${otherName}(WALLET_LOCATION=WALLET)))`,
  ].join('');
}
