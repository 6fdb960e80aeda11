import type { DeclaredUser } from '../../lib/users/contract';
import { connect as connectMysql } from './mysql/mysql-user-server';
import { openSession } from './mysql/session';
import { connect as connectPostgresql } from './postgresql/server';
import { openWith } from './postgresql/session';
import type { Connection, UserServer } from './user-server';

/** Connects to a server of the engine as its admin. */
export function connectTo(engine: DeclaredUser['engine'], connection: Connection): Promise<UserServer> {
  return engine === 'postgres' ? connectPostgresql(connection) : connectMysql(connection, engine);
}

/** Logs in and leaves again; false if the server denies name or password, and not for any other reason. */
export async function logInTo(engine: DeclaredUser['engine'], connection: Connection): Promise<boolean> {
  try {
    const open = engine === 'postgres' ? openWith(connection)(connection.database) : openSession(connection);
    await (await open).close();
    return true;
  } catch (error) {
    if (DENIALS.has(`${(error as { readonly code?: unknown }).code}`)) return false;
    throw error;
  }
}

/**
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 * @see https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html
 * @see https://mariadb.com/docs/server/reference/error-codes/mariadb-error-code-reference
 */
const DENIALS: ReadonlySet<string> = new Set([
  '28P01',
  // Also of a login that may not log in.
  '28000',
  'ER_ACCESS_DENIED_ERROR',
  'ER_ACCESS_DENIED_NO_PASSWORD_ERROR',
  'ER_ACCOUNT_HAS_BEEN_LOCKED',
]);
