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
  const { user, nameDiffers, isOnRds, caFile, terraform } = connection;
  const wallet = commandLine(
    ['orapki', 'wallet', 'add', '-wallet', 'WALLET', '-trusted_cert', '-cert', caFile, '-auto_login_only'],
    terraform,
  );
  const wholeName = isOnRds
    ? 'Oracle compares the whole distinguished name; this one is what AWS documents for RDS, not confirmed here for GovCloud and China.'
    : 'Oracle compares the whole distinguished name, of which only the CN is known here: put the subject of the certificate in its place, as `openssl x509 -noout -subject -nameopt RFC2253` prints it.';
  return [
    {
      client: 'sqlplus',
      command: commandLine(['sqlplus', `${login(user)}@${descriptor(connection)}`], terraform),
      verifiesName: true,
      verifiesChain: true,
      note: [
        'WALLET is the directory of a wallet that trusts the CA: `orapki wallet create -wallet WALLET -auto_login_only`,',
        `then ${codeSpan(wallet)} for each certificate of the file.`,
        ...(user === undefined ? [] : [CASE]),
        ...(nameDiffers ? [wholeName] : []),
      ].join(' '),
    },
  ];
};

// Without the quotes Oracle would look for LOOKER where the login was created as "looker".
function login(user: string | undefined): string {
  return user === undefined ? 'USER' : `"${user}"`;
}

const CASE =
  'The quotes make Oracle take the login as it is written; one that was created without quotes has a name in capitals.';

// No value in it can be quoted beyond doubt, so those that would need it are refused.
// https://docs.oracle.com/en/database/oracle/oracle-database/19/netrf/syntax-rules-configuration-files.html
function descriptor({
  hostname,
  port,
  database = 'SERVICE',
  certificateName,
  nameDiffers,
  isOnRds,
}: ClientConnection): string {
  const subject = `${isOnRds ? RDS_SUBJECT : ''}CN=${certificateName}`;
  const otherName = nameDiffers ? `(SSL_SERVER_CERT_DN="${subject}")` : '';
  return [
    `(DESCRIPTION=(ADDRESS=(PROTOCOL=TCPS)(HOST=${hostname})(PORT=${port}))`,
    `(CONNECT_DATA=(SERVICE_NAME=${database}))`,
    `(SECURITY=(SSL_SERVER_DN_MATCH=YES)${otherName}(WALLET_LOCATION=WALLET)))`,
  ].join('');
}

/** All that stands before the CN in certificates of RDS. */
const RDS_SUBJECT = 'C=US,ST=Washington,L=Seattle,O=Amazon.com,OU=RDS,';
