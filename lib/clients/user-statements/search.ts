import type { NameRules, UserDialect } from './user-dialect';

const NAMES: NameRules = {
  parts: 'none',
  longest: 255,
  unit: 'bytes',
  longestUser: 64,
  refuses: {
    pattern: /[\s/]/,
    because: 'a pattern between slashes is a regular expression, and no index holds a space',
  },
};

const HASH = 'PASSWORD_HASH stands for a hash by bcrypt';

/**
 * @see https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-security-put-role
 * @see https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-security-put-user
 * @internal
 */
export const elasticsearch: UserDialect = {
  names: NAMES,
  example: 'INDEX-*',
  write: ({ user, canRead }) => ({
    where: 'Run them in the console of Kibana, or as requests of curl, as an administrator.',
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
      `${HASH}, as \`htpasswd -nB ${user}\` prints it behind the colon.`,
      'Both requests replace a login or a role of that name.',
      'xpack.security.http.ssl.enabled: true keeps all logins from connecting without TLS.',
    ],
  }),
};

/**
 * @see https://docs.opensearch.org/latest/security/access-control/api/
 * @internal
 */
export const opensearch: UserDialect = {
  names: NAMES,
  example: 'INDEX-*',
  write: ({ user, canRead }) => ({
    where: 'Run them in the Dev Tools of OpenSearch Dashboards, or as requests of curl, as an administrator.',
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
      'The requests replace a login, a role or a mapping of that name.',
      'plugins.security.ssl.http.enabled: true, or "Require HTTPS" of Amazon OpenSearch Service, keeps all logins from connecting without TLS.',
    ],
  }),
};

function request(method: string, path: string, body: object): string {
  return `${method} ${path}\n${JSON.stringify(body)}`;
}
