import type { Dialect } from '../engine/catalogue';
import type { DatabaseEngine } from '../engine/database-engine';
import type { ServerName } from './server-name';

/** Parameters of a URL. `undefined` stands for a flag: a name without a value. */
export type UrlParameters = Readonly<Record<string, string | undefined>>;

/** What the URL of one engine can say, and what it says by default. */
export interface UrlForm {
  /** Where the name of the database goes. */
  readonly database: 'path' | 'parameter' | 'nowhere';
  /** Name of the parameter, or of what the path names, in the words of the engine. */
  readonly databaseWord?: string;
  /** Whether the URL names the user. */
  readonly user: boolean;
  /** Whether readers want a slash before the query even when nothing is in the path. */
  readonly slash?: boolean;
  /** Verification of the certificate, and what keeps the driver on the endpoint. */
  readonly parameters?: (certificate: ServerName) => UrlParameters;
}

const PATH: UrlForm = { database: 'path', user: true };

// https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
const LIBPQ: UrlForm = {
  ...PATH,
  parameters: ({ differs }) => ({ sslmode: differs ? 'verify-ca' : 'verify-full' }),
};

// https://dev.mysql.com/doc/refman/8.4/en/connecting-using-uri-or-key-value-pairs.html
// https://mariadb.com/docs/tools/community/mariadb-shell/connecting/encrypted-connections/
const MYSQL: UrlForm = {
  ...PATH,
  parameters: ({ differs }) => ({ 'ssl-mode': differs ? 'VERIFY_CA' : 'VERIFY_IDENTITY' }),
};

// https://www.mongodb.com/docs/manual/reference/connection-string-options/
const MONGODB: UrlForm = {
  ...PATH,
  slash: true,
  parameters: ({ differs }) => ({
    directConnection: 'true',
    tls: 'true',
    ...(differs ? { tlsAllowInvalidHostnames: 'true' } : {}),
  }),
};

/** The URL of each engine that has one. */
const URL_FORMS: Partial<Readonly<Record<Dialect, UrlForm>>> = {
  postgresql: LIBPQ,
  redshift: LIBPQ,
  mysql: MYSQL,
  mariadb: MYSQL,
  // The path would name an instance. https://github.com/microsoft/go-mssqldb#the-connection-string-can-be-specified-in-one-of-three-formats
  sqlserver: {
    database: 'parameter',
    databaseWord: 'database',
    user: true,
    parameters: ({ name, differs }) => ({
      encrypt: 'true',
      trustServerCertificate: 'false',
      ...(differs ? { hostNameInCertificate: name } : {}),
    }),
  },
  mongodb: MONGODB,
  // https://docs.aws.amazon.com/documentdb/latest/developerguide/connect_programmatically.html
  documentdb: {
    ...MONGODB,
    parameters: (certificate) => ({ ...MONGODB.parameters?.(certificate), retryWrites: 'false' }),
  },
  // https://docs.influxdata.com/influxdb/v1/tools/api/#query-http-endpoint
  influxdb: { database: 'parameter', databaseWord: 'db', user: true, slash: true },
  // https://www.rabbitmq.com/docs/uri-query-parameters
  rabbitmq: {
    ...PATH,
    parameters: ({ name, differs }) => ({
      ...(differs ? { server_name_indication: name } : {}),
      verify: 'verify_peer',
    }),
  },
  // The client refuses a value. https://clickhouse.com/docs/interfaces/cli#connection_string
  clickhouse: { ...PATH, slash: true, parameters: () => ({ secure: undefined }) },
  // https://clickhouse.com/docs/interfaces/http
  'clickhouse-http': { database: 'parameter', databaseWord: 'database', user: true, slash: true },
  // Easy Connect Plus, whose readers decode nothing, so another name in the certificate cannot be said.
  // https://docs.oracle.com/en/database/oracle/oracle-database/23/netag/support-easy-connect-plus.html
  oracle: { database: 'path', user: false, parameters: () => ({ ssl_server_dn_match: 'yes' }) },
  neptune: { database: 'nowhere', user: false },
  sftp: { database: 'nowhere', user: true },
};

/** The URL of an engine; where nothing is known, scheme, user, host, port and database in the usual places. */
export function urlForm(engine: DatabaseEngine): UrlForm {
  return (engine._dialect && URL_FORMS[engine._dialect]) ?? PATH;
}
