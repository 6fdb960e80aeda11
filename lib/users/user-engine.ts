import { familyOf } from '../clients/families';
import type { NameRules } from '../clients/user-statements/user-dialect';
import type { DatabaseEngine } from '../engine/database-engine';
import { type DeclaredUser, roleOf } from './contract';
import type { Grant } from './grant';
import {
  ALL_PRIVILEGES,
  mysqlPrivileges,
  normalizedPrivilege,
  POSTGRESQL_SCHEMA_PRIVILEGES,
  POSTGRESQL_TABLE_PRIVILEGES,
} from './privileges';

/** What the users of one engine can be. */
export interface UserEngine {
  readonly name: DeclaredUser['engine'];
  readonly names: NameRules;
  /** The longest name of a login, for which the role's is the longest name of all. */
  readonly longestUser: number;
  readonly read: readonly string[];
  /** What can be declared on some tables, or on all of a schema, later ones included or not. */
  readonly privileges: (on: { readonly isWhole: boolean; readonly futureTables: boolean }) => readonly string[];
  /** Schemas that belong to the server. */
  readonly systemSchemas: RegExp;
  readonly supports: {
    readonly validUntil: boolean;
    readonly statementTimeout: boolean;
    readonly reassignOwnedObjects: boolean;
  };
}

/** The engine's users, if the function can make any. */
export function userEngineOf(engine: DatabaseEngine): UserEngine | undefined {
  const dialect = engine._dialect;
  const names = familyOf(engine)?.users?.names;
  if (names === undefined) return undefined;
  if (dialect === 'postgresql') return { ...POSTGRESQL, ...named(names) };
  if (dialect === 'mysql' || dialect === 'mariadb') return { ...mysqlLike(dialect), ...named(names) };
  return undefined;
}

function named(names: NameRules): Pick<UserEngine, 'names' | 'longestUser'> {
  return { names, longestUser: names.longestUser - roleOf('').length };
}

const POSTGRESQL: Omit<UserEngine, 'names' | 'longestUser'> = {
  name: 'postgres',
  read: ['SELECT'],
  privileges: ({ isWhole }) => [
    ...POSTGRESQL_TABLE_PRIVILEGES,
    'USAGE',
    ...(isWhole ? POSTGRESQL_SCHEMA_PRIVILEGES : []),
  ],
  systemSchemas: /^(?:pg_.*|information_schema)$/i,
  supports: { validUntil: true, statementTimeout: true, reassignOwnedObjects: true },
};

function mysqlLike(name: 'mysql' | 'mariadb'): Omit<UserEngine, 'names' | 'longestUser'> {
  return {
    name,
    read: ['SELECT', 'SHOW VIEW'],
    privileges: ({ isWhole, futureTables }) => [
      ...mysqlPrivileges(name, isWhole && futureTables ? 'schema' : 'table'),
      ALL_PRIVILEGES,
    ],
    systemSchemas: /^(?:mysql|information_schema|performance_schema|sys)$/i,
    supports: { validUntil: false, statementTimeout: name === 'mariadb', reassignOwnedObjects: false },
  };
}

const WRITE = ['INSERT', 'UPDATE', 'DELETE'];

/** The privileges of a grant in the engine's words, as servers show them; tokens stay as they are. */
export function privilegesOf({ _kind: kind, _privileges: privileges = [] }: Grant, engine: UserEngine) {
  if (kind === 'custom') return privileges;
  return kind === 'read' ? engine.read : [...engine.read, ...WRITE];
}

/** A privilege as servers show it. */
export const normalized = normalizedPrivilege;
