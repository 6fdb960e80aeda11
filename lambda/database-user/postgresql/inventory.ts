import type { Session } from './session';

/** What there is to be granted. */
export interface Inventory {
  readonly schemas: readonly SchemaFacts[];
  readonly relations: readonly Relation[];
}

export interface SchemaFacts {
  readonly name: string;
  readonly owner: string;
  /** Whether the admin may act for the owner. */
  readonly canAct: boolean;
}

export interface Relation extends SchemaFacts {
  readonly schema: string;
  readonly kind: 'table' | 'sequence';
  /** An extension brought it and decides who may use it: often it belongs to the provider of the server. */
  readonly isOfExtension: boolean;
  /** The table whose column takes its values from this sequence. */
  readonly serialOf?: string;
}

const SCHEMAS = `SELECT n.nspname::text AS name, r.rolname::text AS owner, pg_has_role(n.nspowner, 'USAGE') AS "canAct"
FROM pg_namespace n JOIN pg_roles r ON r.oid = n.nspowner WHERE n.nspname = ANY($1::text[]) ORDER BY 1`;

// Columns that are an identity need no privilege on their sequence (deptype i).
const RELATIONS = `SELECT n.nspname::text AS schema, c.relname::text AS name, r.rolname::text AS owner,
  pg_has_role(c.relowner, 'USAGE') AS "canAct", CASE c.relkind WHEN 'S' THEN 'sequence' ELSE 'table' END AS kind,
  EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e') AS "isOfExtension",
  (SELECT t.relname::text FROM pg_depend s JOIN pg_class t ON t.oid = s.refobjid AND t.relnamespace = c.relnamespace
    WHERE c.relkind = 'S' AND s.classid = 'pg_class'::regclass AND s.objid = c.oid
      AND s.refclassid = 'pg_class'::regclass AND s.deptype = 'a' LIMIT 1) AS "serialOf"
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_roles r ON r.oid = c.relowner
WHERE n.nspname = ANY($1::text[]) AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') ORDER BY 1, 2`;

/** What these schemas hold, those that exist. */
export async function readInventory(session: Session, schemas: readonly string[]): Promise<Inventory> {
  return {
    schemas: (await session.query(SCHEMAS, [schemas])) as unknown as SchemaFacts[],
    relations: (await session.query(RELATIONS, [schemas])) as unknown as Relation[],
  };
}
