import { backticked } from '../quoting/identifiers';
import { hashCommand } from './password-hash';
import type { Login, NameRules, UserDialect } from './user-dialect';

const NAMES: NameRules = { parts: 'database', longest: 64, unit: 'characters', longestUser: 32 };

/**
 * The server makes the password up and shows it once.
 *
 * @see https://dev.mysql.com/doc/refman/8.4/en/create-user.html
 * @internal
 */
export const mysql: UserDialect = {
  names: NAMES,
  example: 'TABLE',
  write: (login) =>
    written(login, 'mysql', 'IDENTIFIED BY RANDOM PASSWORD', [
      'The server makes the password up and shows it once, MySQL 8.0.18 or later.',
    ]),
};

const DOUBLE_SHA1 = 'openssl sha1 -binary | openssl sha1 -r | cut -c 1-40 | tr a-f A-F | sed "s/^/*/"';

/**
 * MariaDB makes no passwords up, and asks for none: it takes the hash.
 *
 * @see https://mariadb.com/docs/server/reference/sql-statements/account-management-sql-statements/create-user
 * @internal
 */
export const mariadb: UserDialect = {
  names: { ...NAMES, longestUser: 80 },
  example: 'TABLE',
  write: (login) =>
    written(login, 'mariadb', "IDENTIFIED BY PASSWORD 'PASSWORD_HASH'", [
      `PASSWORD_HASH stands for what this prints: ${hashCommand(DOUBLE_SHA1)}. The hash has no salt: take a long random password.`,
    ]),
};

// User names are plain words by rule, so that no quoting can go wrong between the two ways to escape in strings.
function written(login: Login, client: string, identified: string, notes: readonly string[]) {
  const { user, connectionLimit, canRead } = login;
  const account = `'${user}'@'%'`;
  return {
    where: `Run them in ${client}, as an administrator.`,
    statements: [
      `CREATE USER ${account} ${identified} REQUIRE SSL WITH MAX_USER_CONNECTIONS ${connectionLimit};`,
      ...canRead.map((parts) => `GRANT SELECT ON TABLE ${parts.map(backticked).join('.')} TO ${account};`),
    ],
    hardening: [],
    removal: [`DROP USER ${account};`],
    requiresTls: true,
    notes: [
      ...notes,
      "'%' stands for every address: the server sees the load balancer's, and the security groups decide who gets that far.",
    ],
  };
}
