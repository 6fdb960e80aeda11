import type { ClientFamily } from '../client-family';
import { https } from '../keepalive/https';
import { escapedDoubleQuoted } from '../quoting/identifiers';
import { httpsAt, NO_COLON } from '../recipes/https';
import type { UrlForm } from '../url-form';
import { any } from '../url-parameters';
import type { UserDialect } from '../user-statements/user-dialect';

// https://docs.influxdata.com/influxdb/v1/tools/api/#query-http-endpoint
const URL: UrlForm = { database: 'parameter', databaseWord: 'db', user: true, slash: true, parameters: 'by scheme' };

// https://docs.influxdata.com/influxdb/v1/tools/api/#query-string-parameters
const PARAMETERS = any('db rp epoch precision chunked chunk_size pretty');

/**
 * InfluxDB 1.x gives rights on databases, not on measurements.
 *
 * @see https://docs.influxdata.com/influxdb/v1/administration/authentication_and_authorization/
 */
const users: UserDialect = {
  names: { parts: 'none', longest: 255, unit: 'bytes', longestUser: 64 },
  reserved: undefined,
  reads: 'databases (InfluxDB 1.x)',
  example: 'DATABASE',
  write: ({ user, canRead }) => ({
    where: 'Run them in influx, as an administrator.',
    statements: [
      `CREATE USER ${escapedDoubleQuoted(user)} WITH PASSWORD 'PASSWORD'`,
      ...canRead.map(([name]) => `GRANT READ ON ${escapedDoubleQuoted(name)} TO ${escapedDoubleQuoted(user)}`),
    ],
    hardening: [],
    removal: [`DROP USER ${escapedDoubleQuoted(user)}`],
    requiresTls: false,
    notes: [
      'InfluxDB 1.x requires the password in plaintext: type it in place of PASSWORD in the influx shell, which keeps such lines out of its history.',
      'They take effect only with auth-enabled = true; https-enabled = true keeps all users from connecting without TLS.',
      'InfluxDB 2 has tokens instead: `influx auth create --read-bucket BUCKET_ID`.',
    ],
  }),
};

/** @internal */
export const INFLUXDB_FAMILY = {
  influxdb: {
    url: URL,
    urlParameters: PARAMETERS,
    recipes: httpsAt('/ping'),
    keepalives: https,
    users,
    userPattern: NO_COLON,
    databasePattern: undefined,
    urlNote: undefined,
    certificateReload: 'reads it only when it starts: restart it',
    tlsSettings: undefined,
    clientCertificateSettings: undefined,
  },
} as const satisfies Readonly<Record<string, ClientFamily>>;
