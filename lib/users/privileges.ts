/*
 * The privileges that can be declared: words of each server's grammar, so that none needs quoting. The rules refuse all
 * others at synthesis, and the program once more on the server.
 */

/**
 * On tables, views and their columns. Servers before version 17 have no MAINTAIN.
 *
 * @see https://www.postgresql.org/docs/current/ddl-priv.html
 */
export const POSTGRESQL_TABLE_PRIVILEGES = [
  'SELECT',
  'INSERT',
  'UPDATE',
  'DELETE',
  'TRUNCATE',
  'REFERENCES',
  'TRIGGER',
  'MAINTAIN',
];

/** On a schema, where all of it is granted. */
export const POSTGRESQL_SCHEMA_PRIVILEGES = ['CREATE'];

/** On sequences; without a name, they get what their tables need. */
export const POSTGRESQL_SEQUENCE_PRIVILEGES = ['USAGE', 'SELECT', 'UPDATE'];

const MYSQL_TABLE_PRIVILEGES = [
  'ALTER',
  'CREATE',
  'CREATE VIEW',
  'DELETE',
  'DROP',
  'INDEX',
  'INSERT',
  'REFERENCES',
  'SELECT',
  'SHOW VIEW',
  'TRIGGER',
  'UPDATE',
];

const MYSQL_SCHEMA_PRIVILEGES = [
  ...MYSQL_TABLE_PRIVILEGES,
  'ALTER ROUTINE',
  'CREATE ROUTINE',
  'CREATE TEMPORARY TABLES',
  'EVENT',
  'EXECUTE',
  'LOCK TABLES',
];

/** All there are at once, for MySQL and MariaDB. */
export const ALL_PRIVILEGES = 'ALL PRIVILEGES';

/**
 * Those of MySQL and MariaDB on a database, or on a single table.
 *
 * @see https://dev.mysql.com/doc/refman/8.4/en/grant.html
 * @see https://mariadb.com/docs/server/reference/sql-statements/account-management-sql-statements/grant
 */
export function mysqlPrivileges(engine: string, level: 'schema' | 'table'): readonly string[] {
  const common = level === 'schema' ? MYSQL_SCHEMA_PRIVILEGES : MYSQL_TABLE_PRIVILEGES;
  return engine === 'mariadb' ? [...common, 'DELETE HISTORY'] : common;
}

/** A privilege as servers show it. */
export function normalizedPrivilege(privilege: string): string {
  const words = privilege.trim().replace(/\s+/g, ' ').toUpperCase();
  return SYNONYMS[words] ?? words;
}

const SYNONYMS: Readonly<Record<string, string>> = { ALL: ALL_PRIVILEGES, 'DELETE VERSIONING ROWS': 'DELETE HISTORY' };
