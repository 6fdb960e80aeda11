import { type DeclaredUser, roleOf } from '../../../lib/users/contract';
import type { Account } from './account';
import { type Dialect, IAM_PLUGIN, IDENTIFIED_BY_IAM } from './dialect';
import { ALL, areAll, GRANT_OPTION, normalized, privilegesOf } from './privileges';
import { allTablesOf, tableOf } from './quoting';
import type { ShownGrant } from './show-grants';
import { type ServerFacts, type State, stored, type Tables } from './state';

/** One statement, and what it does, in words. */
export interface Step {
  readonly sql: string;
  readonly says: string;
}

/**
 * What is missing of the role and its logins, in an order in which an interruption anywhere leaves nothing that can
 * log in with more than it should, and nothing that is taken for somebody else's.
 */
export function planAccounts(
  user: DeclaredUser,
  dialect: Dialect,
  { role, members, logins }: State,
  wanted: readonly string[],
): readonly Step[] {
  const roleName = roleOf(user.userName);
  return [
    ...(role
      ? []
      : [{ sql: `CREATE ROLE ${dialect.role(roleName)}`, says: `made the role ${roleName}, which cannot log in` }]),
    ...wanted.flatMap((name): readonly Step[] => {
      const login = logins.find((each) => each.name === name);
      const account = dialect.account(name);
      const isMember = login !== undefined && members.some((each) => each.name === name && each.host === login.host);
      return [
        ...(login ? [] : [creation(user, dialect, name)]),
        ...(isMember
          ? []
          : [{ sql: `GRANT ${dialect.role(roleName)} TO ${account}`, says: `made ${name} a member of ${roleName}` }]),
        ...(login?.defaultRoles.length === 1 && login.defaultRoles[0] === roleName
          ? []
          : [{ sql: dialect.setDefaultRole(roleName, name), says: `${name} acts as ${roleName} from its start` }]),
        ...(login ? alterations(user, dialect, login) : []),
        ...(user.auth === 'iam' && (login?.isLocked ?? true)
          ? [{ sql: `ALTER USER ${account} ACCOUNT UNLOCK`, says: `${name} can log in by IAM` }]
          : []),
      ];
    }),
  ];
}

function creation(user: DeclaredUser, dialect: Dialect, name: string): Step {
  const sql = dialect.createLockedLogin(name, `REQUIRE SSL ${dialect.limits(user)}`, user.auth === 'iam');
  return { sql, says: `made the login ${name}, which cannot log in yet` };
}

function alterations(user: DeclaredUser, dialect: Dialect, login: Account): readonly Step[] {
  const { name } = login;
  const account = dialect.account(name);
  const { connectionLimit = 0, statementTimeoutSeconds = 0 } = user;
  const plugin = user.auth === 'iam' ? IAM_PLUGIN : dialect.passwordPlugin;
  const isRight =
    login.requiresTls &&
    login.connectionLimit === connectionLimit &&
    login.statementTimeoutSeconds === statementTimeoutSeconds;
  return [
    ...(login.plugin === plugin ? [] : [changeOfPlugin(user, dialect, name)]),
    ...(isRight
      ? []
      : [
          {
            sql: `ALTER USER ${account} REQUIRE SSL ${dialect.limits(user)}`,
            says: `${name} needs TLS and has these limits: ${connectionLimit || 'any number of'} connections, ${statementTimeoutSeconds || 'any number of'} seconds for a statement`,
          },
        ]),
  ];
}

function changeOfPlugin(user: DeclaredUser, dialect: Dialect, name: string): Step {
  if (user.auth === 'iam') {
    return { sql: `ALTER USER ${dialect.account(name)} ${IDENTIFIED_BY_IAM}`, says: `${name} logs in by IAM` };
  }
  // Locked until it gets a password. What is made new has the right method, so that part is taken from there.
  const sql = dialect.createLockedLogin(name, '', false).replace(/^CREATE USER/, 'ALTER USER');
  return { sql, says: `${name} logs in by password from now on, and has none yet` };
}

/** What the role is to have, by object as GRANT writes it. */
export function desiredGrants(user: DeclaredUser, server: ServerFacts, tables: Tables): ReadonlyMap<string, Desired> {
  const desired = new Map<string, Desired>();
  const add = (object: string, level: Desired['level'], privileges: readonly string[]) => {
    const before = desired.get(object)?.privileges ?? [];
    desired.set(object, { level, privileges: new Set([...before, ...privileges.map(normalized)]) });
  };
  for (const grant of user.grants) {
    const schema = stored(grant.schema, server);
    if (grant.tables === undefined && user.futureTables) {
      add(allTablesOf(schema, server), 'schema', grant.privileges);
      continue;
    }
    for (const table of grant.tables?.map((table) => stored(table, server)) ?? tables.get(schema) ?? []) {
      add(tableOf(schema, table), 'table', grant.privileges);
    }
  }
  return desired;
}

export interface Desired {
  readonly level: 'schema' | 'table';
  readonly privileges: ReadonlySet<string>;
}

/** What makes the grants of a grantee exactly these: what is missing comes before what is taken. */
export function planGrants(
  engine: DeclaredUser['engine'],
  grantee: { readonly sql: string; readonly name: string },
  desired: ReadonlyMap<string, Desired>,
  actual: readonly ShownGrant[],
): readonly Step[] {
  const { sql: to, name } = grantee;
  const has = new Map(actual.flatMap((each) => (each.kind === 'privileges' ? [[each.object, each] as const] : [])));
  const grants = [...desired].flatMap(([object, { level, privileges }]) => {
    const missing = missingOf(engine, level, privileges, new Set(has.get(object)?.privileges));
    return missing.length === 0
      ? []
      : [
          {
            sql: `GRANT ${missing.join(', ')} ON ${object} TO ${to}`,
            says: `granted ${missing.join(', ')} on ${object} to ${name}`,
          },
        ];
  });
  const revokes = actual.flatMap((shown): readonly Step[] => {
    if (shown.kind === 'role') return [revoked(shown.account, undefined, to, name)];
    if (shown.kind === 'proxy') return [revoked(`PROXY ON ${shown.account}`, undefined, to, name)];
    const surplus = surplusOf(engine, desired.get(shown.object), shown.privileges);
    // Neither server takes the two in one statement for one object.
    return [surplus.filter((each) => each !== GRANT_OPTION), surplus.filter((each) => each === GRANT_OPTION)]
      .filter((part) => part.length > 0)
      .map((part) => revoked(part.join(', '), shown.object, to, name));
  });
  return [...grants, ...revokes];
}

function revoked(what: string, object: string | undefined, from: string, name: string): Step {
  const all = object === undefined ? what : `${what} ON ${object}`;
  return { sql: `REVOKE ${all} FROM ${from}`, says: `revoked ${all.replace(' ON ', ' on ')} from ${name}` };
}

function missingOf(
  engine: DeclaredUser['engine'],
  level: Desired['level'],
  wanted: ReadonlySet<string>,
  has: ReadonlySet<string>,
): readonly string[] {
  if (areAll(engine, level, has)) return [];
  if (areAll(engine, level, wanted)) return [ALL];
  return [...wanted].filter((privilege) => !has.has(privilege)).sort();
}

function surplusOf(
  engine: DeclaredUser['engine'],
  desired: Desired | undefined,
  has: readonly string[],
): readonly string[] {
  if (desired === undefined) return has;
  const { level, privileges } = desired;
  const isAll = areAll(engine, level, privileges);
  return has.flatMap((privilege) => {
    if (privilege === GRANT_OPTION) return [GRANT_OPTION];
    if (isAll || privileges.has(privilege)) return [];
    // One by one, so that what stays is never missing. What a newer server has besides is shown by name afterwards.
    return privilege === ALL ? privilegesOf(engine, level).filter((each) => !privileges.has(each)) : [privilege];
  });
}
