import type { DeclaredUser } from '../../../lib/users/contract';
import { ALL_PRIVILEGES, mysqlPrivileges, normalizedPrivilege } from '../../../lib/users/privileges';

/** What a grant is about. */
export type Level = 'global' | 'schema' | 'table' | 'routine';

export const ALL = ALL_PRIVILEGES;
export const GRANT_OPTION = 'GRANT OPTION';

/** The privileges that can be declared. */
export const privilegesOf: (engine: DeclaredUser['engine'], level: 'schema' | 'table') => readonly string[] =
  mysqlPrivileges;

/** A privilege as servers show it. */
export const normalized = normalizedPrivilege;

/** Whether these are all there are, which servers show as one. */
export function areAll(engine: DeclaredUser['engine'], level: 'schema' | 'table', all: ReadonlySet<string>): boolean {
  return all.has(ALL) || privilegesOf(engine, level).every((privilege) => all.has(privilege));
}
