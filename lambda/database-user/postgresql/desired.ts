import { type DeclaredGrant, type DeclaredUser, roleOf } from '../../../lib/users/contract';
import {
  POSTGRESQL_SCHEMA_PRIVILEGES as SCHEMA_PRIVILEGES,
  POSTGRESQL_SEQUENCE_PRIVILEGES as SEQUENCE_PRIVILEGES,
  POSTGRESQL_TABLE_PRIVILEGES as TABLE_PRIVILEGES,
} from '../../../lib/users/privileges';
import type { Inventory, Relation } from './inventory';
import { identifier } from './quoting';
import type { Right, Target } from './right';

/** What of a sequence is needed to do to the tables beside it what was granted: to read it, and to take values. */
const SEQUENCE_NEEDS: { readonly [privilege: string]: string } = { SELECT: 'SELECT', INSERT: 'USAGE', USAGE: 'USAGE' };

/** The rights that are declared, on what there is; fails where not all of them can be granted. */
export function desiredRights(user: DeclaredUser, inventory: Inventory, admin: Granter): readonly Right[] {
  const problems = problemsOf(user, inventory, admin);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return possibleRights(user, inventory, admin);
}

/** Who grants. */
type Granter = { readonly name: string; readonly version: number };

/** Why not all that is declared can be granted. */
export function problemsOf(user: DeclaredUser, inventory: Inventory, admin: Granter): readonly string[] {
  return [
    ...user.grants.flatMap((grant) => grantProblems(grant, inventory, admin.version)),
    ...user.grants
      .filter(({ tables }) => user.futureTables && tables === undefined)
      .flatMap(({ schema }) => makerProblems(user, schema, inventory, admin.name)),
  ];
}

/** The rights that are declared and can be granted. */
export function possibleRights(user: DeclaredUser, inventory: Inventory, admin: Granter): readonly Right[] {
  const grantee = { role: roleOf(user.userName) };
  const right = (privilege: string, on: Target): Right => ({ grantee, privilege, on, isGrantable: false });
  const possible = user.grants.filter(({ schema }) => inventory.schemas.some(({ name }) => name === schema));
  const rights = possible.flatMap((grant) => [
    ...rightsOnSchema(grant, inventory).map(([privilege, on]) => right(privilege, on)),
    ...rightsOnRelations(grant, inventory, grantee.role).map(([privilege, on]) => right(privilege, on)),
    ...(user.futureTables && grant.tables === undefined
      ? makersIn(user, grant.schema, inventory, admin.name).flatMap((maker) =>
          futureRights(grant, maker).map(([privilege, on]) => right(privilege, on)),
        )
      : []),
  ]);
  return [right('CONNECT', { kind: 'database', name: user.database }), ...rights];
}

type OnTarget = readonly [privilege: string, on: Target];

function rightsOnSchema({ schema, privileges, tables }: DeclaredGrant, { schemas }: Inventory): readonly OnTarget[] {
  const owner = schemas.find(({ name }) => name === schema)?.owner;
  const own = tables === undefined ? wordsOf(privileges).filter((word) => SCHEMA_PRIVILEGES.includes(word)) : [];
  return ['USAGE', ...own].map((privilege) => [privilege, { kind: 'schema', name: schema, owner }]);
}

function rightsOnRelations(grant: DeclaredGrant, { relations }: Inventory, role: string): readonly OnTarget[] {
  const inSchema = relations.filter((each) => each.schema === grant.schema && each.owner !== role);
  const { tables } = grant;
  const chosen =
    tables === undefined
      ? inSchema.filter(({ isOfExtension }) => !isOfExtension)
      : inSchema.filter(({ name, serialOf = '' }) => tables.includes(name) || tables.includes(serialOf));
  return chosen.flatMap(({ schema, name, kind, owner }) => {
    const isNamed = tables?.includes(name) ?? false;
    return privilegesOn(kind, grant.privileges, isNamed).map(
      (privilege): OnTarget => [privilege, { kind, schema, name, owner }],
    );
  });
}

/** A sequence that is named is granted what is written; one that belongs to tables, what these need. */
function privilegesOn(kind: Relation['kind'], privileges: readonly string[], isNamed: boolean): readonly string[] {
  const words = wordsOf(privileges);
  if (kind === 'table') return words.filter((word) => TABLE_PRIVILEGES.includes(word));
  if (isNamed) return words.filter((word) => SEQUENCE_PRIVILEGES.includes(word));
  return [...new Set(words.flatMap((word) => SEQUENCE_NEEDS[word] ?? []))];
}

function futureRights({ schema, privileges }: DeclaredGrant, maker: string): readonly OnTarget[] {
  const on = (objects: string): Target => ({ kind: 'future', schema, objects, maker, owner: maker });
  return [
    ...privilegesOn('table', privileges, false).map((privilege): OnTarget => [privilege, on('TABLES')]),
    ...privilegesOn('sequence', privileges, false).map((privilege): OnTarget => [privilege, on('SEQUENCES')]),
  ];
}

/** Who makes tables in a schema: default privileges are one role's, and apply to what that role makes. */
function makersIn(user: DeclaredUser, schema: string, inventory: Inventory, admin: string): readonly string[] {
  const owners = ownersIn(user, schema, inventory).filter(({ canAct }) => canAct);
  // Since version 15 the schema `public` belongs to a role that stands for whoever owns the database, and makes nothing.
  const schemaOwner = inventory.schemas
    .filter(({ name, canAct, owner }) => name === schema && canAct && owner !== 'pg_database_owner')
    .map(({ owner }) => owner);
  const all = [...owners.map(({ owner }) => owner), ...schemaOwner, admin];
  return [...new Set(all)].filter((each) => each !== roleOf(user.userName));
}

function ownersIn(user: DeclaredUser, schema: string, { relations }: Inventory): readonly Relation[] {
  const role = roleOf(user.userName);
  return relations.filter((each) => each.schema === schema && !each.isOfExtension && each.owner !== role);
}

/** Owners for whom the admin may not act, whose tables to come cannot be granted therefore. */
function makerProblems(user: DeclaredUser, schema: string, inventory: Inventory, admin: string): readonly string[] {
  const owners = ownersIn(user, schema, inventory).filter(({ canAct }) => !canAct);
  const closed = [...new Set(owners.map(({ owner }) => owner))];
  if (closed.length === 0) return [];
  return [
    `Tables that ${closed.map((owner) => `'${owner}'`).join(' and ')} will make in schema '${schema}' cannot be granted ahead: ` +
      `'${admin}' may not act for the owner. ${remedyFor(closed, admin)}, or leave future tables out.`,
  ];
}

/** What lets the admin act for owners. */
function remedyFor(owners: readonly string[], admin: string): string {
  return `Run ${owners.map((owner) => `GRANT ${identifier(owner)} TO ${identifier(admin)}`).join('; ')} as the owner or a superuser`;
}

function wordsOf(privileges: readonly string[]): readonly string[] {
  return privileges.map((privilege) => privilege.trim().toUpperCase());
}

function grantProblems(grant: DeclaredGrant, inventory: Inventory, version: number): readonly string[] {
  const { schema, tables, privileges } = grant;
  const known = [
    ...TABLE_PRIVILEGES.filter((word) => word !== 'MAINTAIN' || version >= 170000),
    'USAGE',
    ...(tables === undefined ? SCHEMA_PRIVILEGES : []),
  ];
  const unknown = wordsOf(privileges).filter((word) => !known.includes(word));
  const exists = inventory.schemas.some(({ name }) => name === schema);
  const missing = (tables ?? []).filter(
    (table) => !inventory.relations.some((each) => each.schema === schema && each.name === table),
  );
  return [
    ...unknown.map(
      (word) => `'${word}' is not a privilege on tables of this server. Write one of ${known.join(', ')}.`,
    ),
    ...(exists ? [] : [`There is no schema '${schema}' in the database. Make it first.`]),
    ...(exists && missing.length > 0
      ? [
          `Schema '${schema}' has no ${missing.map((table) => `'${table}'`).join(', ')}. Make it first, or leave it out.`,
        ]
      : []),
  ];
}
