import { type DeclaredUser, roleOf, secondLoginOf } from '../../../lib/users/contract';
import { accountName } from './account';
import { type Dialect, IAM_PLUGIN } from './dialect';
import { ALL, normalized, privilegesOf } from './privileges';
import { type ServerFacts, type State, stored, type Tables } from './state';

/** Why something is not done; nothing has been changed then. */
export class Refusal extends Error {
  public constructor(user: Pick<DeclaredUser, 'name'>, reason: string) {
    super(`${user.name}: ${reason}`);
    this.name = 'Refusal';
  }
}

/** The first reason why a user cannot be as it is declared, whatever there is of it on the server. */
export function declarationProblem(
  user: DeclaredUser,
  dialect: Dialect,
  server: ServerFacts,
  admin: string,
): string | undefined {
  return (
    nameProblem(user, dialect, admin) ??
    limitProblem(user, dialect) ??
    (user.auth === 'iam' && !server.hasIam
      ? `auth is IAM, and the server has no ${IAM_PLUGIN}. Enable IAM database authentication on the instance or cluster.`
      : undefined) ??
    grantProblem(user)
  );
}

/** The reason why no statement can name this user's accounts. */
export function nameProblem({ userName }: DeclaredUser, dialect: Dialect, admin: string): string | undefined {
  for (const name of [userName, secondLoginOf(userName), roleOf(userName)]) {
    if (name === admin) return `userName '${userName}' would change '${admin}', whom this program logs in as`;
    if (userName === '' || name.length > dialect.longestName || UNWRITABLE.test(name) || name !== name.trim()) {
      return `userName '${userName}' is not a valid name: '${name}' needs 1 to ${dialect.longestName} characters of the basic plane without control characters`;
    }
  }
  return RESERVED.test(userName) ? `userName '${userName}' is a name that servers reserve` : undefined;
}

// Names are stored in three bytes a character at most; the others would become question marks, and match each other.
const UNWRITABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u{10000}-\u{10ffff}]/u;

const RESERVED = /^(?:root|public|none|current_user|current_role|rdsadmin|rds_.*|rdsrepladmin|(?:mysql|mariadb)\..*)$/i;

const SYSTEM_SCHEMAS = /^(?:mysql|information_schema|performance_schema|sys)$/i;

function limitProblem(user: DeclaredUser, { engine }: Dialect): string | undefined {
  const { validUntil, statementTimeoutSeconds: timeout, connectionLimit: limit } = user;
  if (validUntil !== undefined) {
    return 'validUntil: MySQL and MariaDB cannot end a login at a time. Leave it out and remove the user when it is due.';
  }
  if (timeout !== undefined && engine === 'mysql') {
    return 'statementTimeoutSeconds: MySQL has no such limit for an account. Set max_execution_time for the server.';
  }
  if (timeout !== undefined && !(timeout > 0 && timeout <= 31_536_000)) {
    return `statementTimeoutSeconds ${timeout} is not a number from above 0 to 31536000`;
  }
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1 && limit <= 2_147_483_647)) {
    return `connectionLimit ${limit} is not a whole number above 0`;
  }
  return undefined;
}

function grantProblem({ engine, grants, futureTables }: DeclaredUser): string | undefined {
  for (const { schema, tables, privileges } of grants) {
    if (!isIdentifier(schema) || schema.includes('\\') || SYSTEM_SCHEMAS.test(schema)) {
      return `'${schema}' is not a database that can be granted: 1 to 64 characters, no backslash, none of the server's own`;
    }
    const wrong = tables?.find((table) => !isIdentifier(table));
    if (wrong !== undefined) return `'${wrong}' is not a valid name of a table`;
    if (tables?.length === 0) return `the list of tables of ${schema} is empty`;
    if (privileges.length === 0) return `no privileges are declared on ${schema}`;
    const onDatabase = tables === undefined && futureTables;
    const known = privilegesOf(engine, onDatabase ? 'schema' : 'table');
    const unknown = privileges.find((each) => normalized(each) !== ALL && !known.includes(normalized(each)));
    if (unknown === undefined) continue;
    const elsewhere = privilegesOf(engine, 'schema').includes(normalized(unknown));
    return `'${unknown}' cannot be granted on ${onDatabase ? 'a database' : 'a table'}${
      elsewhere ? '. Declare it for all tables of the database, with futureTables.' : ''
    }`;
  }
  return undefined;
}

/** Databases and tables that are declared and do not exist. */
export function tableProblems(user: DeclaredUser, server: ServerFacts, tables: Tables): readonly string[] {
  return user.grants.flatMap((grant) => {
    const existing = tables.get(stored(grant.schema, server));
    if (!existing) return [`the database '${grant.schema}' does not exist`];
    const missing = grant.tables?.filter((table) => !existing.includes(stored(table, server))) ?? [];
    return missing.length > 0 ? [`${grant.schema} has no table '${missing.join("', '")}'`] : [];
  });
}

function isIdentifier(name: string): boolean {
  return name.length >= 1 && name.length <= 64 && !UNWRITABLE.test(name) && name === name.trim();
}

/**
 * Why accounts that exist are not taken for this program's.
 *
 * MariaDB has no place for a mark on an account, nor has MySQL before 8.0.21. What tells is how they hang together: a
 * login of ours is a member of the role, or, for a moment, locked and without any right; a role of ours has no other
 * members, and no right before the first of them.
 */
export function foreignProblem({ userName }: DeclaredUser, dialect: Dialect, state: State): string | undefined {
  const { role, members, logins, others } = state;
  const because = 'was not made by this program: choose another userName, or drop it';
  if (others.length > 0) return `${others.map(accountName).join(', ')} ${because}`;
  const isLogin = (name: string) => name === userName || name === secondLoginOf(userName);
  const strangers = members.filter((member) => !isLogin(member.name) && !member.isAdmin);
  if (role && strangers.length > 0) {
    return `the role ${accountName(role)} has members that this program did not make: ${strangers.map(accountName).join(', ')}`;
  }
  const hasOurs = members.some(({ name }) => isLogin(name));
  if (role && !hasOurs && role.grants.length > 0) return `the role ${accountName(role)} ${because}`;
  if (role && dialect.roleHost !== '' && !role.isLocked) return `the account ${accountName(role)} ${because}`;
  const stranger = logins.find(
    (login) =>
      !members.some(({ name, host }) => name === login.name && host === login.host) &&
      !(login.isLocked && login.grants.length === 0),
  );
  return stranger && `the account ${accountName(stranger)} ${because}`;
}
