import type { DeclaredUser } from '../../../lib/users/contract';
import type { Converged } from '../user-server';
import { readRights } from './catalogue-rights';
import { type Admin, isMember, readAdmin, readRoles } from './catalogue-roles';
import { desiredRights } from './desired';
import { readInventory } from './inventory';
import { databasesWith } from './owned';
import { rightSteps } from './plan';
import { publicWords } from './public';
import { identifier } from './quoting';
import type { Right } from './right';
import {
  createStep,
  declaredRoles,
  foreignRoles,
  fully,
  IAM_ROLE,
  markOf,
  namesOf,
  type RoleFacts,
  roleSteps,
  strangerSteps,
} from './roles';
import { assertDone, runSteps } from './run-steps';
import { type Open, type Session, transaction } from './session';

/** Makes everything as it is declared: in one transaction where the user is, then what it had in other databases goes. */
export async function converge(session: Session, open: Open, user: DeclaredUser): Promise<Converged> {
  const done = await transaction(session, async () => {
    const admin = await readAdmin(session);
    const { roles, changes } = await convergeRoles(session, user, admin, [user.userName]);
    const rights = await convergeRights(session, user, admin, roles);
    return { oids: oidsOf(roles), changes: [...changes, ...rights.changes], publicPrivileges: rights.publicPrivileges };
  });
  const changes = [...done.changes];
  for (const database of await databasesWith(session, done.oids, 'a')) {
    changes.push(...(await revokeElsewhere(open, database, done.oids)));
  }
  return { changes, publicPrivileges: done.publicPrivileges };
}

/** Makes sure, within a transaction, that a login exists as it is declared. */
export async function preparePassword(session: Session, user: DeclaredUser, login: string): Promise<void> {
  await convergeRoles(session, user, await readAdmin(session), [login]);
}

async function convergeRoles(session: Session, user: DeclaredUser, admin: Admin, asked: readonly string[]) {
  const names = namesOf(user.userName);
  const before = await readRoles(session, names);
  assertOurs(before, user);
  if (user.auth === 'iam' && (await readRoles(session, [IAM_ROLE])).length === 0) {
    throw new Error(`The server has no role '${IAM_ROLE}': IAM authentication is for RDS and Aurora. Use a password.`);
  }
  const wanted = [names[0], ...asked, ...before.map(({ name }) => name)];
  const declared = declaredRoles(user).filter(({ name }) => wanted.includes(name));
  const missing = declared.filter(({ name }) => !before.some((each) => each.name === name));
  const created = await runSteps(
    session,
    missing.map((each) => createStep(each, markOf(user))),
    admin.name,
  );
  const joined = await join(session, admin, names[0]);

  const steps = (actual: readonly RoleFacts[]) =>
    declared.flatMap((each) => {
      const facts = actual.find(({ name }) => name === each.name);
      if (facts === undefined) throw new Error(`'${each.name}' was dropped by somebody else meanwhile. Try again.`);
      const strangers = each.canLogIn ? [] : strangerSteps(facts, names, admin.name, admin.version);
      return [...roleSteps(each, facts, admin.version), ...strangers];
    });
  const changed = await runSteps(session, steps(await readRoles(session, names)), admin.name);
  const roles = await readRoles(session, names);
  assertDone(steps(roles), admin.name);
  return { roles, changes: [...created, ...joined, ...changed] };
}

/** The admin becomes a member of a role: it sets the role for logins, and manages what belongs to it. */
export async function join(session: Session, admin: Admin, role: string): Promise<readonly string[]> {
  if (await isMember(session, admin, role)) return [];
  const words = `GRANT ${identifier(role)} TO ${identifier(admin.name)}`;
  return runSteps(session, [{ statements: [`${words}${fully(admin.version)}`], words }], admin.name);
}

function assertOurs(roles: readonly RoleFacts[], user: DeclaredUser): void {
  const foreign = foreignRoles(roles, user).map((name) => `'${name}'`);
  if (foreign.length === 0) return;
  throw new Error(
    `${foreign.join(', ')} exists already and was not made for ${user.name}. Choose another user name; or, ` +
      `if nothing else uses it, hand it over with COMMENT ON ROLE … IS '${markOf(user)}'`,
  );
}

async function convergeRights(session: Session, user: DeclaredUser, admin: Admin, roles: readonly RoleFacts[]) {
  const inventory = await readInventory(session, [...new Set(user.grants.map(({ schema }) => schema))]);
  const desired = desiredRights(user, inventory, admin);
  const read = () => readRights(session, oidsOf(roles), admin.version);
  const steps = (actual: readonly Right[]) =>
    rightSteps(desired, user.revokePublic ? actual : actual.filter(({ grantee }) => grantee !== 'PUBLIC'));
  const changes = await runSteps(session, steps(await read()), admin.name);
  const after = await read();
  assertDone(steps(after), admin.name);
  return { changes, publicPrivileges: publicWords(after) };
}

/** What was declared for another database before. */
async function revokeElsewhere(open: Open, database: string, oids: readonly number[]): Promise<readonly string[]> {
  const session = await open(database);
  try {
    return await transaction(session, async () => {
      const admin = await readAdmin(session);
      const read = async () => rightSteps([], (await readRights(session, oids, admin.version)).filter(isOfDatabase));
      const changes = await runSteps(session, await read(), admin.name);
      assertDone(await read(), admin.name);
      return changes.map((words) => `${words} in database ${identifier(database)}`);
    });
  } finally {
    await session.close();
  }
}

const isOfDatabase = ({ grantee, on }: Right) => grantee !== 'PUBLIC' && on.kind !== 'database';

function oidsOf(roles: readonly RoleFacts[]): readonly number[] {
  return roles.map(({ oid }) => oid);
}
