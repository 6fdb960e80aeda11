import { type DeclaredUser, roleOf } from '../../../lib/users/contract';
import type { GrantFacts, LoginFacts } from '../../../lib/users/description';
import type { Description, Wanted } from '../user-server';
import { type Dialect, IAM_PLUGIN } from './dialect';
import { ownedObjects } from './owned-objects';
import { desiredGrants } from './plan';
import { ALL, areAll, GRANT_OPTION } from './privileges';
import { readPublic } from './public-privileges';
import { tableOf } from './quoting';
import { foreignProblem, tableProblems } from './refusal';
import type { Session } from './session';
import type { ShownGrant } from './show-grants';
import { readDeclaredTables, readState, type ServerFacts, type State, stored, type Tables } from './state';

/**
 * What the logins can really do, and what converge would grant. A grant on a database holds for tables to come, whoever
 * makes them.
 *
 * @param declarationProblem why the user cannot be as it is declared, whatever there is of it.
 */
export async function describeUser(
  session: Session,
  dialect: Dialect,
  server: ServerFacts,
  user: DeclaredUser,
  declarationProblem: string | undefined,
): Promise<Description | undefined> {
  const state = await readState(session, dialect, user);
  const { role, logins, others } = state;
  if (role === undefined && logins.length === 0 && others.length === 0) return undefined;
  const tables = await readDeclaredTables(session, server, user);
  const owned = await ownedObjects(session, dialect, user);
  const foreign = foreignProblem(user, dialect, state);
  const granted = [...(role === undefined ? [] : [role]), ...logins].flatMap(({ name, grants }) =>
    grants.flatMap((grant) => grantFacts(dialect, name, grant)),
  );
  return {
    facts: {
      role: role && { name: role.name, beyond: role.grants.flatMap(otherRights) },
      logins: logins.map((login) => loginFacts(user, dialect, state, login)),
      grants: granted,
      // A database is a schema here.
      elsewhere: [],
      publicPrivileges: (await readPublic(session, dialect, server, user)).says,
      owns: owned.map(({ kind, schema, name }) => `${kind} ${schema}.${name}`),
      foreign: foreign === undefined ? [] : [foreign],
    },
    wanted: {
      ...wantedOf(user, dialect, server, tables),
      problems: [
        ...(declarationProblem === undefined ? [] : [declarationProblem]),
        ...tableProblems(user, server, tables),
      ],
      gone: [...(role?.grants ?? [])].flatMap((grant) => (isGone(grant, tables) ? [grant.object] : [])),
    },
  };
}

function wantedOf(user: DeclaredUser, dialect: Dialect, server: ServerFacts, tables: Tables): Pick<Wanted, 'grants'> {
  const named = new Set(
    user.grants.flatMap(({ schema, tables: names = [] }) =>
      names.map((name) => tableOf(stored(schema, server), stored(name, server))),
    ),
  );
  return {
    grants: [...desiredGrants(user, server, tables)].map(([on, { level, privileges }]) => ({
      to: roleOf(user.userName),
      on,
      privileges: together(dialect, level, [...privileges]),
      holdsFor: level === 'schema' ? 'both' : 'now',
      mayBeNew: level === 'table' && !named.has(on),
    })),
  };
}

function grantFacts(dialect: Dialect, to: string, grant: ShownGrant): readonly GrantFacts[] {
  if (grant.kind !== 'privileges') return [];
  const { object: on, level } = grant;
  const privileges =
    level === 'schema' || level === 'table' ? together(dialect, level, grant.privileges) : grant.privileges;
  return [{ to, on, privileges, holdsFor: level === 'global' || level === 'schema' ? 'both' : 'now' }];
}

/** All that there are as one, as servers show it. */
function together({ engine }: Dialect, level: 'schema' | 'table', privileges: readonly string[]): readonly string[] {
  if (!areAll(engine, level, new Set(privileges))) return privileges;
  return [ALL, ...privileges.filter((each) => each === GRANT_OPTION)];
}

/** Servers keep what was granted on a table that is dropped. */
function isGone(grant: ShownGrant, tables: Tables): grant is Extract<ShownGrant, { kind: 'privileges' }> {
  if (grant.kind !== 'privileges' || grant.level !== 'table' || grant.table === undefined) return false;
  const existing = tables.get(grant.schema ?? '');
  return existing !== undefined && !existing.includes(grant.table);
}

function loginFacts(user: DeclaredUser, dialect: Dialect, state: State, login: State['logins'][number]): LoginFacts {
  const role = roleOf(user.userName);
  const plugin = user.auth === 'iam' ? IAM_PLUGIN : dialect.passwordPlugin;
  const isOwnRole = (grant: ShownGrant) => grant.kind === 'role' && grant.account === dialect.role(role);
  const membership = state.members.find(({ name, host }) => name === login.name && host === login.host);
  return {
    name: login.name,
    canLogIn: !login.isLocked,
    lacks: [
      ...(membership ? [] : [`membership of ${role}`]),
      ...(login.defaultRoles.includes(role) ? [] : [`acting as ${role} from its start`]),
    ],
    ...(login.connectionLimit > 0 ? { connectionLimit: login.connectionLimit } : {}),
    ...(login.statementTimeoutSeconds > 0 ? { statementTimeoutSeconds: login.statementTimeoutSeconds } : {}),
    beyond: [
      ...(login.requiresTls ? [] : ['logs in without TLS']),
      ...(login.plugin === plugin ? [] : [`logs in by ${login.plugin}`]),
      ...login.defaultRoles.filter((name) => name !== role).map((name) => `the default role ${name}`),
      ...(membership?.isAdmin ? [`the admin option of ${role}`] : []),
      ...login.grants.filter((grant) => !isOwnRole(grant)).flatMap(otherRights),
    ],
  };
}

/** Rights that are not privileges on something. */
function otherRights(grant: ShownGrant): readonly string[] {
  if (grant.kind === 'privileges') return [];
  return [grant.kind === 'role' ? `the role ${grant.account}` : `acts as ${grant.account}`];
}
