import { ALL_PRIVILEGES } from '../../../lib/users/privileges';
import type { User, UserGrant } from '../user';

/** One privilege on one table, or on all tables of a schema. */
interface Privilege {
  readonly schema: string;
  /** Missing for all of the schema; an expression for some. */
  readonly table?: string;
  readonly areSome: boolean;
  readonly privilege: string;
}

/**
 * The privileges that one login has in its database and another one has not, as grants: one for each privilege and schema,
 * and one for those on all of the schema.
 */
export function privilegesOnlyOf(user: User, other: User | undefined): UserGrant[] {
  const known = new Set(
    other === undefined ? [] : other.grants.flatMap(privilegesOf).map((each) => keyOf(each, other)),
  );
  const only = user.grants
    .flatMap(privilegesOf)
    .filter((each) => !wider(each).some((one) => known.has(keyOf(one, user))));
  const groups = new Map<string, Privilege[]>();
  for (const each of only) {
    const objects = JSON.stringify([each.schema, each.table ?? null, each.areSome]);
    groups.set(objects, [...(groups.get(objects) ?? []), each]);
  }
  return inTables([...groups.values()].map(grantOf));
}

function privilegesOf({ schema, tables, privileges }: UserGrant): Privilege[] {
  const areSome = typeof tables === 'string';
  const each = tables === undefined ? [undefined] : areSome ? [tables as string] : [...tables];
  const words = typeof privileges === 'string' ? [privileges] : privileges;
  return each.flatMap((table) => words.map((privilege) => ({ schema, table, areSome, privilege })));
}

/** The privileges of which each includes this one, beginning with itself. */
function wider(one: Privilege): Privilege[] {
  const words = [one, { ...one, privilege: ALL_PRIVILEGES }];
  return [...words, ...words.map((each) => ({ ...each, table: undefined, areSome: false }))];
}

/** The same words in another database are other privileges. */
function keyOf({ schema, table, areSome, privilege }: Privilege, { database }: User): string {
  return JSON.stringify([database, schema, table ?? null, areSome, privilege]);
}

function grantOf(all: readonly Privilege[]): UserGrant {
  const [{ schema, table, areSome }] = all;
  const words = [...new Set(all.map(({ privilege }) => privilege))].sort();
  if (table === undefined) return { schema, privileges: words };
  return { schema, tables: areSome ? table : [table], privileges: words };
}

/** Tables of a schema with the same privileges stand together. */
function inTables(grants: readonly UserGrant[]): UserGrant[] {
  const groups = new Map<string, UserGrant>();
  for (const grant of grants) {
    const isList = Array.isArray(grant.tables);
    const key = JSON.stringify([grant.schema, isList ? 'list' : (grant.tables ?? null), grant.privileges]);
    const known = groups.get(key);
    const tables = isList
      ? [...((known?.tables as string[]) ?? []), ...(grant.tables as string[])].sort()
      : grant.tables;
    groups.set(key, tables === undefined ? grant : { schema: grant.schema, tables, privileges: grant.privileges });
  }
  return [...groups.values()];
}
