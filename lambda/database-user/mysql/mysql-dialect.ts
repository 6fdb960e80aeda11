import { randomBytes } from 'node:crypto';
import { backticked } from '../../../lib/clients/quoting/identifiers';
import { ANY_HOST } from './account';
import { type Dialect, IDENTIFIED_BY_IAM, isAtLeast } from './dialect';
import { cachingSha2Hash } from './password-hash';

/**
 * MySQL: roles are accounts that are locked, a login can have two passwords, and no account can be limited in time.
 *
 * @see https://dev.mysql.com/doc/refman/8.0/en/password-management.html#dual-passwords
 */
export const MYSQL: Dialect = {
  engine: 'mysql',
  // Aurora's own number stands where MySQL has the third one.
  isVersion: (version) =>
    !/mariadb/i.test(version) && (/^8\.0\.mysql_aurora\./.test(version) || isAtLeast(version, 8, 0, 14)),
  needs: 'MySQL 8.0.14 or later (Aurora MySQL 3)',
  rotation: 'dual-password',
  longestName: 32,
  sqlMode: 'STRICT_ALL_TABLES',
  accounts: (count) =>
    `SELECT u.User AS name, u.Host AS host, u.account_locked AS locked, u.plugin AS plugin, \
u.authentication_string AS hash, u.ssl_type AS tls, u.max_user_connections AS connections, \
(SELECT GROUP_CONCAT(d.DEFAULT_ROLE_USER SEPARATOR '\\n') FROM mysql.default_roles d \
WHERE d.USER = u.User AND d.HOST = u.Host) AS defaults \
FROM mysql.user u WHERE u.User IN (${Array(count).fill('?')})`,
  accountOf: (row) => ({
    name: String(row['name']),
    host: String(row['host']),
    isLocked: row['locked'] === 'Y',
    plugin: String(row['plugin']),
    hash: String(row['hash'] ?? ''),
    requiresTls: String(row['tls'] ?? '') !== '',
    connectionLimit: Number(row['connections'] ?? 0),
    statementTimeoutSeconds: 0,
    defaultRoles: row['defaults'] ? String(row['defaults']).split('\n') : [],
  }),
  members:
    'SELECT TO_USER AS name, TO_HOST AS host, WITH_ADMIN_OPTION AS admin FROM mysql.role_edges ' +
    `WHERE FROM_HOST = '${ANY_HOST}' AND FROM_USER = ?`,
  memberOf: (row) => ({ name: String(row['name']), host: String(row['host']), isAdmin: row['admin'] === 'Y' }),
  account: (name) => `${backticked(name)}@${backticked(ANY_HOST)}`,
  role: (name) => MYSQL.account(name),
  roleHost: ANY_HOST,
  // A password that nobody knows: it is hashed and forgotten. The lock is what is looked at later.
  createLockedLogin: (login, options, isIam) => {
    const identified = isIam ? IDENTIFIED_BY_IAM : MYSQL.identifiedBy(randomBytes(32).toString('base64url'));
    return `CREATE USER ${MYSQL.account(login)} ${identified} ${options} ACCOUNT LOCK`;
  },
  setDefaultRole: (role, login) => `SET DEFAULT ROLE ${MYSQL.role(role)} TO ${MYSQL.account(login)}`,
  limits: ({ connectionLimit = 0 }) => `WITH MAX_USER_CONNECTIONS ${connectionLimit}`,
  passwordPlugin: 'caching_sha2_password',
  identifiedBy: (password) => `IDENTIFIED WITH caching_sha2_password AS '${cachingSha2Hash(password)}'`,
};
