import type { ClientFamily } from '../client-family';
import type { Keepalives } from '../keepalive/client-keepalive';
import { codeSpan } from '../quoting/markdown';
import { commandLine } from '../quoting/shell';
import type { ClientConnection, Recipes } from '../recipes/client-connection';
import type { UrlForm } from '../url-form';
import { any, only } from '../url-parameters';
import type { UserDialect } from '../user-statements/user-dialect';

// Easy Connect Plus, whose readers decode nothing, so another name in the certificate cannot be said.
// https://docs.oracle.com/en/database/oracle/oracle-database/23/netag/support-easy-connect-plus.html
const URL: UrlForm = { database: 'path', user: false, parameters: () => ({ ssl_server_dn_match: 'yes' }) };

// https://docs.oracle.com/en/database/oracle/oracle-database/23/netag/support-easy-connect-plus.html
const PARAMETERS = [
  only('ssl_server_dn_match', 'yes', 'on', 'true'),
  ...any(`ssl_server_cert_dn wallet_location connect_timeout transport_connect_timeout retry_count retry_delay
    expire_time sdu recv_buf_size send_buf_size enable pool_connection_class pool_purity pool_boundary`),
];

/**
 * sqlplus over TCPS (19c and later), with a whole connect descriptor: Easy Connect cannot say a distinguished name.
 *
 * @see https://docs.oracle.com/en/database/oracle/oracle-database/19/dbseg/enabling-distinguished-name-matching.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.Oracle.Options.SSL.DNMatch.html
 */
const recipes: Recipes = (connection) => {
  const { user, nameDiffers, isOnRds, caFile, terraform } = connection;
  const wallet = commandLine(
    ['orapki', 'wallet', 'add', '-wallet', 'WALLET', '-trusted_cert', '-cert', caFile, '-auto_login_only'],
    terraform,
  );
  const wholeName = isOnRds
    ? 'Oracle compares the whole distinguished name; this one is what AWS documents for RDS, not confirmed here for GovCloud and China.'
    : "Oracle compares the whole distinguished name, of which only the CN is known here: replace it with the certificate's subject, as `openssl x509 -noout -subject -nameopt RFC2253` prints it.";
  return [
    {
      client: 'sqlplus',
      command: commandLine(['sqlplus', `${loginOf(user)}@${descriptor(connection)}`], terraform),
      verifiesName: true,
      verifiesChain: true,
      note: [
        'WALLET is the directory of a wallet that trusts the CA: `orapki wallet create -wallet WALLET -auto_login_only`,',
        `then ${codeSpan(wallet)} for each certificate in the file.`,
        ...(user === undefined ? [] : [CASE]),
        ...(nameDiffers ? [wholeName] : []),
      ].join(' '),
    },
  ];
};

// Without the quotes Oracle would look for LOOKER where the user was created as "looker".
function loginOf(user: string | undefined): string {
  return user === undefined ? 'USER' : `"${user}"`;
}

const CASE =
  'The quotes make Oracle use the name exactly as written; a user created without quotes has an uppercase name.';

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

/**
 * Clients of Oracle. EXPIRE_TIME counts in minutes.
 *
 * @see https://python-oracledb.readthedocs.io/en/latest/user_guide/connection_handling.html#connectionha
 * @see https://docs.oracle.com/en/database/oracle/oracle-database/19/netrf/local-naming-parameters-in-tns-ora-file.html
 */
const keepalives: Keepalives = ({ seconds }) => [
  ...(seconds < 60
    ? []
    : [
        {
          client: 'sqlplus and everything else based on Oracle Client 19 or later',
          setting: '(EXPIRE_TIME=1)',
          afterSeconds: 60,
          note: 'Put it right after "(DESCRIPTION=" in the connect descriptor; the unit is minutes.',
        },
      ]),
  {
    client: seconds < 60 ? 'sqlplus and everything else based on Oracle Client' : 'Oracle Client 18 or earlier',
    setting: '(ENABLE=BROKEN)',
    note: 'Put it right after "(DESCRIPTION=" in the connect descriptor. It enables TCP keepalive; the operating system decides when to send.',
  },
];

/**
 * READ, unlike SELECT, does not let a user lock rows.
 *
 * @see https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/GRANT.html
 * @see https://docs.oracle.com/en/database/oracle/oracle-database/19/sqpug/ACCEPT.html
 */
const users: UserDialect = {
  names: {
    parts: 'schema-required',
    longest: 128,
    unit: 'bytes',
    longestUser: 128,
    refuses: {
      pattern: /["&]/,
      because:
        'an Oracle identifier cannot contain a double quote, and SQL*Plus would substitute a variable for "&..."',
    },
  },
  reserved: /^(?:sys|system)$/i,
  reads: 'tables',
  example: 'SCHEMA.TABLE',
  write: ({ user, canRead }) => {
    const login = `"${user}"`;
    return {
      where: 'Run them in SQL*Plus, as an administrator.',
      statements: [
        'SET VERIFY OFF',
        "ACCEPT login_password CHAR PROMPT 'New password of the user: ' HIDE",
        `CREATE USER ${login} IDENTIFIED BY "&login_password";`,
        'UNDEFINE login_password',
        `GRANT CREATE SESSION TO ${login};`,
        ...canRead.map((parts) => `GRANT READ ON ${parts.map((part) => `"${part}"`).join('.')} TO ${login};`),
      ],
      hardening: [],
      removal: [`DROP USER ${login};`],
      requiresTls: false,
      notes: [
        'Names are used exactly as written; those that were created without quotes are uppercase, such as SALES.ORDERS.',
        'Clients that can reach only the TCPS port cannot connect without TLS.',
      ],
    };
  },
};

/** @internal */
export const ORACLE_FAMILY = {
  oracle: {
    url: URL,
    urlParameters: PARAMETERS,
    recipes,
    keepalives,
    users,
    userPattern: '^[\\w$#][\\w$#.-]*$',
    databasePattern: '^[\\w$#.-]+$',
    urlNote: undefined,
    certificateReload: 'reads its wallet only when the listener starts: restart the listener',
    tlsSettings: undefined,
    clientCertificateSettings: 'SSL_CLIENT_AUTHENTICATION in sqlnet.ora and listener.ora',
  },
} as const satisfies Readonly<Record<string, ClientFamily>>;
