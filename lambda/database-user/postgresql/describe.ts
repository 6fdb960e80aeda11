import type { DeclaredUser } from '../../../lib/users/contract';
import type { GrantFacts, LoginFacts, RoleFacts as RoleDescription } from '../../../lib/users/description';
import type { Description, Wanted, WantedGrant } from '../user-server';
import { readRights } from './catalogue-rights';
import { type Admin, readAdmin, readRoles } from './catalogue-roles';
import { possibleRights, problemsOf } from './desired';
import { readInventory } from './inventory';
import { databasesWith, ownedObjects } from './owned';
import { publicWords } from './public';
import { clauseOf, granteeName, type Right } from './right';
import { type DeclaredRole, declaredRoles, foreignRoles, namesOf, type RoleFacts, strangersOf } from './roles';
import type { Session } from './session';

/** What the logins of a user can really do, and what converge would grant. */
export async function describe(session: Session, user: DeclaredUser): Promise<Description | undefined> {
  const names = namesOf(user.userName);
  const roles = await readRoles(session, names);
  if (roles.length === 0) return undefined;
  const oids = roles.map(({ oid }) => oid);
  const admin = await readAdmin(session);
  const rights = await readRights(session, oids, admin.version);
  const role = roles.find(({ name }) => name === names[0]);
  const elsewhere = await databasesWith(session, oids, 'o');
  return {
    facts: {
      role: role && roleFacts(role, names, admin.name),
      logins: declaredRoles(user).flatMap((declared) => {
        const login = declared.name === names[0] ? undefined : roles.find(({ name }) => name === declared.name);
        return login === undefined ? [] : [loginFacts(login, declared)];
      }),
      grants: grouped(rights.filter(({ grantee }) => grantee !== 'PUBLIC')),
      elsewhere: await databasesWith(session, oids, 'a'),
      publicPrivileges: publicWords(rights),
      owns: [...(await ownedObjects(session, oids)), ...elsewhere.map((name) => `objects in the database '${name}'`)],
      foreign: foreignRoles(roles, user).map((name) => `'${name}' was not made for ${user.name}`),
    },
    wanted: await readWanted(session, user, admin),
  };
}

async function readWanted(session: Session, user: DeclaredUser, admin: Admin): Promise<Wanted> {
  const inventory = await readInventory(session, [...new Set(user.grants.map(({ schema }) => schema))]);
  const rights = possibleRights(user, inventory, admin);
  return {
    grants: rights.flatMap((right) =>
      grouped([right]).map((grant): WantedGrant => ({ ...grant, mayBeNew: mayBeNew(user, right) })),
    ),
    problems: problemsOf(user, inventory, admin),
    // What was granted on a table goes with it.
    gone: [],
  };
}

function mayBeNew({ grants, futureTables }: DeclaredUser, { on }: Right): boolean {
  if (futureTables || (on.kind !== 'table' && on.kind !== 'sequence')) return false;
  return !grants.some(({ schema, tables }) => schema === on.schema && tables?.includes(on.name));
}

function roleFacts(role: RoleFacts, names: readonly string[], admin: string): RoleDescription {
  return {
    name: role.name,
    beyond: [
      ...(role.canLogIn ? ['LOGIN'] : []),
      ...role.attributes,
      ...role.memberOf.map((name) => `the role ${name}`),
      ...strangersOf(role, names, admin).map(({ name }) => `the member ${name}`),
      ...role.configuration.map(settingInWords),
    ],
  };
}

function loginFacts(login: RoleFacts, declared: DeclaredRole): LoginFacts {
  const { memberships, settings, configuration } = login;
  const isOwn = (name: string) => declared.memberOf.includes(name);
  return {
    name: login.name,
    canLogIn: login.canLogIn,
    lacks: [
      ...declared.memberOf
        .filter((name) => !memberships.some((each) => each.name === name && each.isFull))
        .map((name) => `membership of ${name}`),
      ...(settings['role'] === declared.settings['role']
        ? []
        : [`acting as ${declared.settings['role']} from its start`]),
    ],
    connectionLimit: login.connectionLimit,
    statementTimeoutSeconds: secondsOf(settings['statement_timeout']),
    validUntil: login.validUntil,
    beyond: [
      ...(login.canLogIn && !declared.canLogIn ? ['LOGIN'] : []),
      ...login.attributes,
      ...memberships.filter(({ name }) => !isOwn(name)).map(({ name }) => `the role ${name}`),
      ...memberships
        .filter(({ name, isAdmin }) => isOwn(name) && isAdmin)
        .map(({ name }) => `the admin option of ${name}`),
      ...configuration
        .filter(({ name, database }) => database !== undefined || !MEASURED.includes(name))
        .map(settingInWords),
    ],
  };
}

/** Settings that are compared by their values. */
const MEASURED = ['role', 'statement_timeout'];

/** The name only: applications keep keys in settings of their own. */
function settingInWords({ name, database }: RoleFacts['configuration'][number]): string {
  return `the setting ${name}${database === undefined ? '' : ` in the database ${database}`}`;
}

const SECONDS: { readonly [unit: string]: number } = { us: 1e-6, ms: 1e-3, s: 1, min: 60, h: 3600, d: 86_400 };

/** A time as ALTER ROLE keeps it: as it was written. */
function secondsOf(setting = '0'): number | undefined {
  const [, number, unit = 'ms'] = /^\s*([\d.]+)\s*([a-z]+)?\s*$/.exec(setting) ?? [];
  const seconds = Number(number) * (SECONDS[unit] ?? Number.NaN);
  return seconds > 0 ? seconds : undefined;
}

/** By who has it and what it is on. */
function grouped(rights: readonly Right[]): readonly GrantFacts[] {
  const found = new Map<string, GrantFacts & { readonly privileges: string[] }>();
  for (const { grantee, on, privilege, isGrantable } of rights) {
    const to = grantee === 'PUBLIC' ? grantee : grantee.role;
    const key = `${granteeName(grantee)} ${clauseOf(on)}`;
    const holdsFor = on.kind === 'future' ? 'later' : 'now';
    const privileges = found.get(key)?.privileges ?? [];
    const words = `${privilege}${'column' in on && on.column !== undefined ? ` (${on.column})` : ''}`;
    for (const each of isGrantable ? [words, `GRANT OPTION FOR ${words}`] : [words]) {
      if (!privileges.includes(each)) privileges.push(each);
    }
    found.set(key, { to, on: clauseOf(on), privileges, holdsFor });
  }
  return [...found.values()];
}
