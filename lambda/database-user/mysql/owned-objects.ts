import { type DeclaredUser, roleOf, secondLoginOf } from '../../../lib/users/contract';
import { ANY_HOST } from './account';
import type { Dialect } from './dialect';
import type { Session } from './session';

const KINDS = [
  { kind: 'view', table: 'VIEWS', schema: 'TABLE_SCHEMA', name: 'TABLE_NAME' },
  { kind: 'routine', table: 'ROUTINES', schema: 'ROUTINE_SCHEMA', name: 'ROUTINE_NAME' },
  { kind: 'trigger', table: 'TRIGGERS', schema: 'TRIGGER_SCHEMA', name: 'TRIGGER_NAME' },
  { kind: 'event', table: 'EVENTS', schema: 'EVENT_SCHEMA', name: 'EVENT_NAME' },
] as const;

export interface OwnedObject {
  readonly kind: string;
  readonly schema: string;
  readonly name: string;
}

/**
 * What runs with the rights of the logins or the role. Tables belong to nobody here; views, routines, triggers and
 * events run as their definer, and fail once that one is gone.
 */
export async function ownedObjects(
  session: Session,
  dialect: Dialect,
  { userName }: DeclaredUser,
): Promise<readonly OwnedObject[]> {
  const definers = [
    `${userName}@${ANY_HOST}`,
    `${secondLoginOf(userName)}@${ANY_HOST}`,
    `${roleOf(userName)}@${dialect.roleHost}`,
  ];
  const owned: OwnedObject[] = [];
  for (const { kind, table, schema, name } of KINDS) {
    const rows = await session.query(
      `SELECT ${schema} AS place, ${name} AS name, DEFINER AS definer FROM information_schema.${table} WHERE DEFINER IN (?, ?, ?)`,
      definers,
    );
    for (const row of rows) {
      // The server compares without regard to case and accents.
      if (!definers.includes(String(row['definer']))) continue;
      owned.push({ kind, schema: String(row['place']), name: String(row['name']) });
    }
  }
  return owned;
}
