import type { DeclaredUser } from '../../../lib/users/contract';
import type { Removed } from '../user-server';
import { type Admin, readAdmin, readRoles } from './catalogue-roles';
import { join } from './converge';
import { databasesWith, ownedObjects } from './owned';
import { identifier } from './quoting';
import { markOf, namesOf, type RoleFacts } from './roles';
import { runSteps } from './run-steps';
import { type Open, type Session, transaction } from './session';

/** How long sessions may take to end. */
const PATIENCE = 30_000;

/**
 * Drops the roles of a user. First nothing is changed if they own something; then nobody gets in any more and sessions
 * end; then, as these could make objects until their end, it is looked again and all is dropped.
 */
export async function remove(session: Session, open: Open, user: DeclaredUser): Promise<Removed> {
  const admin = await readAdmin(session);
  const changes: string[] = [];

  const { ours, left } = await transaction(session, async () => {
    const found = await findOurs(session, user);
    await assertNothingOwned(session, open, user, oidsOf(found.ours));
    for (const { name } of found.ours) changes.push(...(await join(session, admin, name)));
    const logins = found.ours.filter(({ canLogIn }) => canLogIn);
    const ends = logins.map(({ name }) => `ALTER ROLE ${identifier(name)} NOLOGIN`);
    changes.push(...(await run(session, admin, ends)));
    return found;
  });
  if (ours.length === 0) return { changes: left };
  const oids = oidsOf(ours);
  changes.push(...(await endSessions(session, oids)));
  await assertNothingOwned(session, open, user, oids);
  for (const database of await databasesWith(session, oids, 'o', 'a', 'r')) {
    await inDatabase(open, database, async (other) => {
      const done = await transaction(other, () => dropOwned(other, admin, user, ours));
      changes.push(...done.map((words) => `${words} in database ${identifier(database)}`));
    });
  }
  await transaction(session, async () => {
    changes.push(...(await dropOwned(session, admin, user, ours)));
    changes.push(
      ...(await run(
        session,
        admin,
        ours.map(({ name }) => `DROP ROLE IF EXISTS ${identifier(name)}`),
      )),
    );
  });
  return { changes: [...changes, ...left] };
}

/** What stands in the way of a removal, in any database: nothing if objects may go to the admin. */
async function assertNothingOwned(
  session: Session,
  open: Open,
  user: DeclaredUser,
  oids: readonly number[],
): Promise<void> {
  if (user.ownedObjects === 'reassign-to-admin') return;
  const owned = [...(await ownedObjects(session, oids))];
  for (const database of await databasesWith(session, oids, 'o')) {
    await inDatabase(open, database, async (other) => {
      const there = await ownedObjects(other, oids);
      owned.push(...there.map((words) => `${words} in database '${database}'`));
    });
  }
  if (owned.length > 0) throw ownsObjects(user, [...new Set(owned)]);
}

function ownsObjects({ userName }: DeclaredUser, owned: readonly string[]): Error {
  return new Error(
    `'${userName}' owns ${owned.join(', ')}. Drop them, give them to another owner, or choose to reassign them to the admin.`,
  );
}

/** Other constructs' roles, and those that somebody made by hand, stay. */
async function findOurs(session: Session, user: DeclaredUser) {
  const roles = await readRoles(session, namesOf(user.userName));
  const ours = roles.filter(({ mark }) => mark === markOf(user));
  const left = roles.filter((role) => !ours.includes(role));
  return { ours, left: left.map(({ name }) => `left ${identifier(name)}, which was not made for ${user.name}`) };
}

/** In the current database, what they own goes to the admin if that was chosen, and what they were granted goes. */
async function dropOwned(session: Session, admin: Admin, user: DeclaredUser, ours: readonly RoleFacts[]) {
  // Whoever was faster may have dropped them.
  const roles = await readRoles(
    session,
    ours.map(({ name }) => name),
  );
  if (roles.length === 0) return [];
  const names = roles.map(({ name }) => identifier(name)).join(', ');
  if (user.ownedObjects === 'reassign-to-admin') {
    return run(session, admin, [`REASSIGN OWNED BY ${names} TO CURRENT_USER`, `DROP OWNED BY ${names}`]);
  }
  const owned = await ownedObjects(
    session,
    roles.map(({ oid }) => oid),
  );
  if (owned.length > 0) throw ownsObjects(user, owned);
  return run(session, admin, [`DROP OWNED BY ${names}`]);
}

async function endSessions(session: Session, oids: readonly number[]): Promise<readonly string[]> {
  let ended = 0;
  for (const start = Date.now(); ; ) {
    const open = await session.query(
      'SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity WHERE usesysid = ANY($1::oid[])',
      [oids],
    );
    if (open.length === 0) return ended === 0 ? [] : [`ended ${ended} sessions`];
    ended = Math.max(ended, open.length);
    if (Date.now() - start > PATIENCE) throw new Error(`${open.length} sessions do not end. Try again.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function run(session: Session, admin: Admin, statements: readonly string[]): Promise<readonly string[]> {
  return runSteps(
    session,
    statements.map((statement) => ({ statements: [statement], words: statement })),
    admin.name,
  );
}

async function inDatabase(open: Open, database: string, work: (session: Session) => Promise<void>): Promise<void> {
  const session = await open(database);
  try {
    await work(session);
  } finally {
    await session.close();
  }
}

function oidsOf(roles: readonly RoleFacts[]): readonly number[] {
  return roles.map(({ oid }) => oid);
}
