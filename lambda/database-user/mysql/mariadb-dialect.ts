import { backticked } from '../../../lib/clients/quoting/identifiers';
import { ANY_HOST } from './account';
import { type Dialect, IDENTIFIED_BY_IAM, isAtLeast } from './dialect';
import { nativeHash } from './password-hash';

/**
 * MariaDB: roles are no accounts and have no host, a login has one password, and statements can be limited in time.
 *
 * The plugin is mysql_native_password, as every server has it and every client speaks it; ed25519 has to be installed.
 */
export const MARIADB: Dialect = {
  engine: 'mariadb',
  isVersion: (version) => /mariadb/i.test(version) && isAtLeast(withoutPrefix(version), 10, 5),
  needs: 'MariaDB 10.5 or later',
  rotation: 'two-logins',
  longestName: 80,
  // Without NO_AUTO_CREATE_USER, a GRANT to a role that somebody has just dropped would make a login without password.
  sqlMode: 'STRICT_ALL_TABLES,NO_AUTO_CREATE_USER',
  accounts: (count) =>
    `SELECT User AS name, Host AS host, Priv AS priv FROM mysql.global_priv WHERE User IN (${Array(count).fill('?')})`,
  accountOf: (row) => {
    const priv = jsonOf(row['priv']);
    return {
      name: String(row['name']),
      host: String(row['host']),
      isLocked: priv['account_locked'] === true,
      // Several methods, one of which is enough: never what this program sets.
      plugin: Array.isArray(priv['auth_or']) ? 'several' : String(priv['plugin'] ?? ''),
      hash: String(priv['authentication_string'] ?? ''),
      requiresTls: Number(priv['ssl_type'] ?? 0) >= 1,
      connectionLimit: Number(priv['max_user_connections'] ?? 0),
      statementTimeoutSeconds: Number(priv['max_statement_time'] ?? 0),
      defaultRoles: priv['default_role'] ? [String(priv['default_role'])] : [],
    };
  },
  members: 'SELECT User AS name, Host AS host, Admin_option AS admin FROM mysql.roles_mapping WHERE Role = ?',
  memberOf: (row) => ({ name: String(row['name']), host: String(row['host']), isAdmin: row['admin'] === 'Y' }),
  account: (name) => `${backticked(name)}@${backticked(ANY_HOST)}`,
  role: (name) => backticked(name),
  roleHost: '',
  createLockedLogin: (login, options, isIam) =>
    `CREATE USER ${MARIADB.account(login)} ${isIam ? IDENTIFIED_BY_IAM : NO_PASSWORD} ${options} ACCOUNT LOCK`,
  setDefaultRole: (role, login) => `SET DEFAULT ROLE ${MARIADB.role(role)} FOR ${MARIADB.account(login)}`,
  limits: ({ connectionLimit = 0, statementTimeoutSeconds = 0 }) =>
    `WITH MAX_USER_CONNECTIONS ${connectionLimit} MAX_STATEMENT_TIME ${statementTimeoutSeconds}`,
  passwordPlugin: 'mysql_native_password',
  identifiedBy: (password) => `IDENTIFIED VIA mysql_native_password USING '${nativeHash(password)}'`,
};

/** No password has this hash; an empty one would let everybody in. */
const NO_PASSWORD = "IDENTIFIED VIA mysql_native_password USING 'invalid'";

/** Servers prefix their version for clients that know MySQL only. */
function withoutPrefix(version: string): string {
  return version.replace(/^5\.5\.5-/, '');
}

function jsonOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'string' ? JSON.parse(value) : ((value as Record<string, unknown> | null) ?? {});
}
