import type { ClientFamily } from '../client-family';
import type { Keepalives } from '../keepalive/client-keepalive';
import { https } from '../keepalive/https';
import { httpsAt, NO_COLON } from '../recipes/https';
import { PATH } from '../url-form';
import type { NameRules, UserDialect } from '../user-statements/user-dialect';

/**
 * Clients of Elasticsearch and OpenSearch.
 *
 * @see https://www.elastic.co/docs/reference/elasticsearch/clients/java/transport/rest5-client
 */
const keepalives: Keepalives = (input) => [
  ...https(input),
  {
    client: 'Java REST client (Apache HttpClient)',
    setting: `setKeepAliveStrategy((response, context) -> ${input.seconds * 1000})`,
    note: "Call it on the HTTP client's builder: connections are then not reused after that many milliseconds.",
  },
];

const NAMES: NameRules = {
  parts: 'none',
  longest: 255,
  unit: 'bytes',
  longestUser: 64,
  refuses: {
    pattern: /[\s/]/,
    because: 'a pattern between slashes is a regular expression, and an index name cannot contain a space',
  },
};

const HASH = 'PASSWORD_HASH is a placeholder for a bcrypt hash';

/**
 * @see https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-security-put-role
 * @see https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-security-put-user
 */
const elasticsearchUsers: UserDialect = {
  names: NAMES,
  reserved: /^(?:elastic|kibana.*|logstash.*)$/i,
  reads: 'indexes',
  example: 'INDEX-*',
  write: ({ user, canRead }) => ({
    where: 'Run them in the Kibana console, or send them with curl, as an administrator.',
    statements: [
      request('PUT', `/_security/role/${user}`, {
        indices: [{ names: canRead.map(([name]) => name), privileges: ['read'] }],
      }),
      request('POST', `/_security/user/${user}`, { roles: [user], password_hash: 'PASSWORD_HASH' }),
    ],
    hardening: [],
    removal: [`DELETE /_security/user/${user}`, `DELETE /_security/role/${user}`],
    requiresTls: false,
    notes: [
      `${HASH}, as \`htpasswd -nB ${user}\` prints it after the colon.`,
      'The requests replace a user or role with that name.',
      'xpack.security.http.ssl.enabled: true keeps all users from connecting without TLS.',
    ],
  }),
};

/**
 * @see https://docs.opensearch.org/latest/security/access-control/api/
 */
const opensearchUsers: UserDialect = {
  names: NAMES,
  reserved: /^kibanaserver$/i,
  reads: 'indexes',
  example: 'INDEX-*',
  write: ({ user, canRead }) => ({
    where: 'Run them in the Dev Tools of OpenSearch Dashboards, or send them with curl, as an administrator.',
    statements: [
      request('PUT', `/_plugins/_security/api/roles/${user}`, {
        cluster_permissions: [],
        index_permissions: [{ index_patterns: canRead.map(([name]) => name), allowed_actions: ['read'] }],
      }),
      request('PUT', `/_plugins/_security/api/internalusers/${user}`, { hash: 'PASSWORD_HASH' }),
      request('PUT', `/_plugins/_security/api/rolesmapping/${user}`, { users: [user] }),
    ],
    hardening: [],
    removal: ['rolesmapping', 'internalusers', 'roles'].map((kind) => `DELETE /_plugins/_security/api/${kind}/${user}`),
    requiresTls: false,
    notes: [
      `${HASH}, as \`plugins/opensearch-security/tools/hash.sh\` prints it.`,
      'The requests replace a user, role or mapping with that name.',
      'plugins.security.ssl.http.enabled: true, or "Require HTTPS" on Amazon OpenSearch Service, keeps all users from connecting without TLS.',
    ],
  }),
};

function request(method: string, path: string, body: object): string {
  return `${method} ${path}\n${JSON.stringify(body)}`;
}

const SEARCH_CLIENTS = {
  // https:// says it all.
  url: { ...PATH, parameters: 'by scheme' },
  urlParameters: [],
  recipes: httpsAt('/'),
  keepalives,
  userPattern: NO_COLON,
  databasePattern: undefined,
  urlNote: undefined,
  tlsSettings: undefined,
} as const;

/** @internal */
export const SEARCH_FAMILY = {
  elasticsearch: {
    ...SEARCH_CLIENTS,
    users: elasticsearchUsers,
    certificateReload: 'notices a changed file by itself, within seconds',
    clientCertificateSettings: 'xpack.security.http.ssl.client_authentication',
  },
  opensearch: {
    ...SEARCH_CLIENTS,
    users: opensearchUsers,
    certificateReload:
      'reads it again after `PUT _plugins/_security/api/ssl/http/reloadcerts`, if that is enabled; otherwise restart the node',
    clientCertificateSettings: 'plugins.security.ssl.http.clientauth_mode',
  },
} as const satisfies Readonly<Record<string, ClientFamily>>;
