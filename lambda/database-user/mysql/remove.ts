import { setTimeout as sleep } from 'node:timers/promises';
import type { DeclaredUser } from '../../../lib/users/contract';
import type { Dialect } from './dialect';
import { ownedObjects } from './owned-objects';
import { planGrants } from './plan';
import { foreignProblem, Refusal } from './refusal';
import { errorNumber, type Session } from './session';
import { readState } from './state';

/**
 * Removes the logins and the role. Until the role is dropped, which comes before the logins, it tells whose they are;
 * afterwards they are locked and have no right, as what a crash leaves when a user is made.
 */
export async function removeUser(session: Session, dialect: Dialect, user: DeclaredUser): Promise<readonly string[]> {
  const changes: string[] = [];
  const run = async (sql: string, says: string) => {
    await session.query(sql);
    changes.push(says);
  };
  const state = await readState(session, dialect, user);
  const foreign = foreignProblem(user, dialect, state);
  if (foreign !== undefined) throw new Refusal(user, foreign);
  await refuseOwned(session, dialect, user);
  for (const { name, isLocked } of state.logins) {
    if (!isLocked) await run(`ALTER USER ${dialect.account(name)} ACCOUNT LOCK`, `locked ${name}`);
  }
  for (const { name } of state.logins) changes.push(...(await endSessions(session, name)));
  // Once more, as its sessions could make some until now.
  await refuseOwned(session, dialect, user);
  for (const { name, grants } of state.logins) {
    const direct = grants.filter(({ kind }) => kind !== 'role');
    const grantee = { sql: dialect.account(name), name };
    for (const { sql, says } of planGrants(dialect.engine, grantee, new Map(), direct)) {
      // An administrator cannot take what it has not itself. It goes with the login; what is at stake is only whether
      // a login whose role is gone, after a crash right then, is taken for this program's.
      await run(sql, says).catch(() => {});
    }
  }
  if (state.role) {
    await run(`DROP ROLE IF EXISTS ${dialect.role(state.role.name)}`, `dropped the role ${state.role.name}`);
  }
  for (const { name } of state.logins) {
    await run(`DROP USER IF EXISTS ${dialect.account(name)}`, `dropped the login ${name}`);
  }
  return changes;
}

/**
 * Nobody becomes the new definer, whatever is declared: what a login has written would run with the administrator's
 * rights from then on.
 */
async function refuseOwned(session: Session, dialect: Dialect, user: DeclaredUser): Promise<void> {
  const owned = await ownedObjects(session, dialect, user);
  if (owned.length === 0) return;
  const list = owned.map(({ kind, schema, name }) => `${kind} ${schema}.${name}`).join(', ');
  const choice =
    user.ownedObjects === 'reassign-to-admin'
      ? ' They are not given to the administrator, as the code of a login would then run with all rights.'
      : '';
  throw new Refusal(user, `still the definer of ${list}.${choice} Drop them, or make them anew with another definer.`);
}

const NO_SUCH_THREAD = 1094;
const KILL_DENIED = 1095;
const ACCESS_DENIED = 1227;

async function endSessions(session: Session, login: string): Promise<readonly string[]> {
  const ended = new Set<string>();
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const rows = await session.query('SHOW PROCESSLIST');
    const ids = rows.filter((row) => row['User'] === login).map((row) => String(Number(row['Id'])));
    if (ids.length === 0) return ended.size === 0 ? [] : [`ended ${ended.size} sessions of ${login}`];
    for (const id of ids) {
      await kill(session, id);
      ended.add(id);
    }
    await sleep(100);
  }
  throw new Error(`sessions of ${login} do not end`);
}

/** Administrators of RDS may not end sessions of others but by a procedure of RDS. */
async function kill(session: Session, id: string): Promise<void> {
  try {
    await session.query(`KILL ${id}`);
  } catch (error) {
    const number = errorNumber(error);
    if (number === NO_SUCH_THREAD) return;
    if (number !== KILL_DENIED && number !== ACCESS_DENIED) throw error;
    await session.query(`CALL mysql.rds_kill(${id})`).catch((second) => {
      if (errorNumber(second) !== NO_SUCH_THREAD) throw error;
    });
  }
}
