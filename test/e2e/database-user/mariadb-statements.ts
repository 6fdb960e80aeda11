/* What a login of MariaDB tries. */

export const READ = 'SELECT * FROM or_ders.customers';
export const WRITE = 'INSERT INTO or_ders.invoices VALUES (2)';
export const OTHER_TABLE = 'SELECT * FROM or_ders.invoices';
export const VIEW = 'SELECT * FROM or_ders.overview';
// `_` is a wildcard: what is granted on or_ders must not reach it.
export const LOOKALIKE = 'SELECT * FROM orXders.customers';
export const OTHER = 'SELECT * FROM other.customers';
export const FUTURE = 'SELECT * FROM or_ders.made_later';
export const CREATE = 'CREATE TABLE or_ders.mine (id INT)';
export const TEMPORARY = 'CREATE TEMPORARY TABLE or_ders.mine (id INT)';
export const ACCOUNTS = 'SELECT * FROM mysql.global_priv';
export const MAKE = 'CREATE USER hacker';
export const PASS_ON = 'GRANT SELECT ON or_ders.customers TO admin';
export const ALL = [
  READ,
  WRITE,
  OTHER_TABLE,
  VIEW,
  LOOKALIKE,
  OTHER,
  FUTURE,
  CREATE,
  TEMPORARY,
  ACCOUNTS,
  MAKE,
  PASS_ON,
];

/** Numbers of the errors by which the server says that a login may not do something. */
export const REFUSALS: readonly number[] = [1044, 1142, 1227, 1410];
