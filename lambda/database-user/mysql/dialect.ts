import type { DeclaredUser } from '../../../lib/users/contract';
import type { Account, Member } from './account';
import type { Row } from './session';

/** Where MySQL and MariaDB differ. Everything here is text; nothing is asked of a server. */
export interface Dialect {
  readonly engine: DeclaredUser['engine'];
  /** How the server calls itself where it is the right one. */
  readonly isVersion: (version: string) => boolean;
  readonly needs: string;
  readonly rotation: 'dual-password' | 'two-logins';
  /** The longest name of a login or role, in UTF-16 units, of which the server takes those of one unit only. */
  readonly longestName: number;
  /** Modes of the session: quotes are as they are here, and no GRANT makes an account. */
  readonly sqlMode: string;
  /** Selects accounts of some names: as many as there are placeholders. */
  readonly accounts: (count: number) => string;
  readonly accountOf: (row: Row) => Account;
  /** Selects the members of the role that the one value names. */
  readonly members: string;
  readonly memberOf: (row: Row) => Member;
  readonly account: (name: string) => string;
  readonly role: (name: string) => string;
  /** The role's host in the server's tables. */
  readonly roleHost: string;
  readonly createLockedLogin: (login: string, options: string, isIam: boolean) => string;
  readonly setDefaultRole: (role: string, login: string) => string;
  /** Options of CREATE USER and ALTER USER besides REQUIRE SSL. */
  readonly limits: (user: DeclaredUser) => string;
  readonly passwordPlugin: string;
  readonly identifiedBy: (password: string) => string;
}

/** The plugin of RDS and Aurora for logins without a password. */
export const IAM_PLUGIN = 'AWSAuthenticationPlugin';

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.DBAccounts.html */
export const IDENTIFIED_BY_IAM = `IDENTIFIED WITH ${IAM_PLUGIN} AS 'RDS'`;

/** Whether a version, as numbers, is this one or a later one. */
export function isAtLeast(version: string, ...least: readonly number[]): boolean {
  const parts = /\d+(?:\.\d+)*/.exec(version)?.[0].split('.').map(Number) ?? [];
  for (const [i, number] of least.entries()) {
    if ((parts[i] ?? 0) !== number) return (parts[i] ?? 0) > number;
  }
  return true;
}
