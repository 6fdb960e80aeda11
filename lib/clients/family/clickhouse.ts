import type { ClientFamily } from '../client-family';
import type { Keepalives } from '../keepalive/client-keepalive';
import { https } from '../keepalive/https';
import { escapedBackticks } from '../quoting/identifiers';
import { commandLine, hereDocument } from '../quoting/shell';
import { xmlText } from '../quoting/xml';
import type { ClientConnection, Recipes } from '../recipes/client-connection';
import { httpsAt, NO_COLON } from '../recipes/https';
import { PATH, type UrlForm } from '../url-form';
import { any, only, TRUE } from '../url-parameters';
import { SHA256_NOTE } from '../user-statements/password-hash';
import type { UserDialect } from '../user-statements/user-dialect';
import { writeUrl } from '../write-url';

// The client refuses a value. https://clickhouse.com/docs/interfaces/cli#connection_string
const NATIVE_URL: UrlForm = { ...PATH, slash: true, parameters: () => ({ secure: undefined }) };

// https://clickhouse.com/docs/interfaces/http
const HTTP_URL: UrlForm = {
  database: 'parameter',
  databaseWord: 'database',
  user: true,
  slash: true,
  parameters: 'by scheme',
};

// https://clickhouse.com/docs/interfaces/cli#connection_string
// https://clickhouse.com/docs/integrations/language-clients/go/config-reference
const NATIVE_PARAMETERS = [
  only('secure', '', ...TRUE),
  only('skip_verify', 'false'),
  ...any(`dial_timeout read_timeout connect_timeout receive_timeout send_timeout compress compress_level
    block_buffer_size max_open_conns max_idle_conns conn_max_lifetime max_execution_time max_memory_usage
    tcp_keep_alive_timeout`),
];

// https://clickhouse.com/docs/interfaces/http
const HTTP_PARAMETERS = any(`database default_format compress decompress enable_http_compression wait_end_of_query
  buffer_size query_id role readonly max_execution_time max_result_rows max_rows_to_read max_memory_usage`);

/**
 * clickhouse-client takes what it verifies from a file only, and compares names only with `extendedVerification`.
 *
 * @see https://clickhouse.com/docs/operations/server-configuration-parameters/settings#openssl
 */
const recipes: Recipes = (connection) => {
  const { nameDiffers, user = 'USER', database = 'DATABASE' } = connection;
  const url = writeUrl(NATIVE_URL, { ...connection, user, database });
  return [
    {
      client: nameDiffers ? 'clickhouse-client (CA only)' : 'clickhouse-client',
      command: [
        hereDocument('cat > clickhouse-client.xml', configuration(connection)),
        commandLine(
          ['clickhouse-client', url, '--config-file', 'clickhouse-client.xml', '--password'],
          connection.terraform,
        ),
      ].join('\n'),
      verifiesName: !nameDiffers,
      verifiesChain: true,
    },
  ];
};

function configuration({ nameDiffers, caFile, caInSystemStore, terraform }: ClientConnection): string {
  return `<config>
  <openSSL>
    <client>
      <verificationMode>strict</verificationMode>
      <extendedVerification>${!nameDiffers}</extendedVerification>
      <loadDefaultCAFile>${caInSystemStore}</loadDefaultCAFile>${
        caInSystemStore ? '' : `\n      <caConfig>${xmlText(caFile, terraform)}</caConfig>`
      }
      <invalidCertificateHandler>
        <name>RejectCertificateHandler</name>
      </invalidCertificateHandler>
    </client>
  </openSSL>
</config>`;
}

/**
 * Clients of ClickHouse's own protocol, which send after 290 seconds by default.
 *
 * @see https://clickhouse.com/docs/operations/settings/settings#tcp_keep_alive_timeout
 */
const keepalives: Keepalives = ({ seconds }) => [
  {
    client: 'clickhouse-client',
    setting: `--tcp_keep_alive_timeout=${seconds}`,
    afterSeconds: seconds,
    note: 'Add it to the command.',
  },
];

/**
 * @see https://clickhouse.com/docs/sql-reference/statements/create/user
 */
const users: UserDialect = {
  names: { parts: 'database', longest: 255, unit: 'bytes', longestUser: 64 },
  reserved: /^default$/i,
  reads: 'tables',
  example: 'TABLE',
  write: ({ user, canRead }) => {
    const login = escapedBackticks(user);
    return {
      where: 'Run them in clickhouse-client, as an administrator.',
      statements: [
        // With readonly = 1 most drivers fail, because they set things for themselves.
        `CREATE USER ${login} IDENTIFIED WITH sha256_hash BY 'PASSWORD_SHA256' SETTINGS readonly = 2;`,
        ...canRead.map((parts) => `GRANT SELECT ON ${parts.map(escapedBackticks).join('.')} TO ${login};`),
      ],
      hardening: [],
      removal: [`DROP USER ${login};`],
      requiresTls: false,
      notes: [
        SHA256_NOTE,
        'A server with only tcp_port_secure and https_port keeps all users from connecting without TLS.',
      ],
    };
  },
};

const CLICKHOUSE_CLIENTS = {
  users,
  databasePattern: undefined,
  urlNote: undefined,
  certificateReload: 'notices a changed file by itself, or after `SYSTEM RELOAD CONFIG;`',
  tlsSettings: undefined,
  clientCertificateSettings: 'openSSL.server.verificationMode',
};

/** @internal */
export const CLICKHOUSE_FAMILY = {
  clickhouse: {
    ...CLICKHOUSE_CLIENTS,
    url: NATIVE_URL,
    urlParameters: NATIVE_PARAMETERS,
    recipes,
    keepalives,
    userPattern: undefined,
  },
  'clickhouse-http': {
    ...CLICKHOUSE_CLIENTS,
    url: HTTP_URL,
    urlParameters: HTTP_PARAMETERS,
    recipes: httpsAt('/ping'),
    keepalives: https,
    userPattern: NO_COLON,
  },
} as const satisfies Readonly<Record<string, ClientFamily>>;
