import type { Right, Target } from './right';
import type { Row, Session } from './session';

/** Kinds of things whose rights are read and revoked in the server's own words. */
const OTHERS = [
  `SELECT n.nspname, 'ROUTINE ' || o.oid::regprocedure::text, NULL, o.proowner, o.proacl FROM pg_proc o JOIN pg_namespace n ON n.oid = o.pronamespace`,
  `SELECT n.nspname, 'TYPE ' || o.oid::regtype::text, NULL, o.typowner, o.typacl FROM pg_type o JOIN pg_namespace n ON n.oid = o.typnamespace`,
  `SELECT NULL, format('LANGUAGE %I', lanname), NULL, lanowner, lanacl FROM pg_language`,
  `SELECT NULL, format('FOREIGN DATA WRAPPER %I', fdwname), NULL, fdwowner, fdwacl FROM pg_foreign_data_wrapper`,
  `SELECT NULL, format('FOREIGN SERVER %I', srvname), NULL, srvowner, srvacl FROM pg_foreign_server`,
  `SELECT NULL, format('TABLESPACE %I', spcname), NULL, spcowner, spcacl FROM pg_tablespace`,
  `SELECT NULL, 'LARGE OBJECT ' || oid, NULL, lomowner, lomacl FROM pg_largeobject_metadata`,
];
const PARAMETERS = `SELECT NULL, 'PARAMETER ' || parname, NULL, 10::oid, paracl FROM pg_parameter_acl`;

const KIND_OF_RELATION = `CASE c.relkind WHEN 'S' THEN 'sequence' ELSE 'table' END`;
const OBJECTS = `CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
  WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' WHEN 'L' THEN 'LARGE OBJECTS' END`;

/** All that roles were granted in the current database, and on what all databases share. */
function query(version: number): string {
  const others = version >= 150000 ? [...OTHERS, PARAMETERS] : OTHERS;
  return `
WITH things(kind, schema, name, detail, owner, acl) AS (
  SELECT 'database', NULL::name, datname::text, NULL::text, datdba, coalesce(datacl, acldefault('d', datdba)) FROM pg_database
  UNION ALL SELECT 'schema', NULL, nspname, NULL, nspowner, nspacl FROM pg_namespace
  UNION ALL SELECT ${KIND_OF_RELATION}, n.nspname, c.relname, NULL, c.relowner, c.relacl
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  UNION ALL SELECT ${KIND_OF_RELATION}, n.nspname, c.relname, a.attname, c.relowner, a.attacl
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE a.attacl IS NOT NULL AND NOT a.attisdropped
  UNION ALL SELECT 'future', n.nspname, ${OBJECTS}, NULL, d.defaclrole, d.defaclacl
    FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
  ${others.map((other) => `UNION ALL SELECT 'other', o.* FROM (${other}) o`).join('\n  ')}
)
SELECT t.kind, t.schema::text, t.name, t.detail, owner.rolname::text AS owner, a.is_grantable,
  coalesce(grantee.rolname::text, 'PUBLIC') AS grantee, a.grantee = 0 AS is_public, a.privilege_type AS privilege,
  CASE WHEN a.grantor <> t.owner THEN grantor.rolname::text END AS grantor
FROM things t CROSS JOIN LATERAL aclexplode(t.acl) a
  LEFT JOIN pg_roles grantee ON grantee.oid = a.grantee LEFT JOIN pg_roles grantor ON grantor.oid = a.grantor
  LEFT JOIN pg_roles owner ON owner.oid = t.owner
WHERE a.grantee = ANY($1::oid[]) AND a.grantee <> t.owner
  OR a.grantee = 0 AND (t.kind = 'database' AND t.name = current_database()
    OR t.kind IN ('schema', 'table', 'sequence') AND coalesce(t.schema, t.name) NOT IN ('pg_catalog', 'information_schema')
      AND coalesce(t.schema, t.name) !~ '^pg_(toast|temp)' AND NOT EXISTS (
        SELECT FROM pg_depend e WHERE e.deptype = 'e' AND t.kind <> 'schema' AND e.classid = 'pg_class'::regclass
          AND e.objid = to_regclass(format('%I.%I', t.schema, t.name))))
ORDER BY 1, 2, 3, 4, grantee, privilege`;
}

/** What these roles and PUBLIC were granted, without what a role has as the owner. */
export async function readRights(
  session: Session,
  oids: readonly number[],
  version: number,
): Promise<readonly Right[]> {
  return (await session.query(query(version), [oids])).map((row) => ({
    grantee: row['is_public'] === true ? 'PUBLIC' : { role: row['grantee'] as string },
    privilege: row['privilege'] as string,
    isGrantable: row['is_grantable'] as boolean,
    grantor: (row['grantor'] as string | null) ?? undefined,
    on: targetFrom(row),
  }));
}

function targetFrom(row: Row): Target {
  const [kind, schema, name, detail] = [
    row['kind'],
    row['schema'] ?? undefined,
    row['name'],
    row['detail'] ?? undefined,
  ] as [Target['kind'], string | undefined, string, string | undefined];
  const owner = row['owner'] as string;
  switch (kind) {
    case 'database':
    case 'schema':
      return { kind, name, owner };
    case 'table':
    case 'sequence':
      return { kind, schema: schema ?? '', name, column: detail, owner };
    case 'future':
      return { kind, schema, objects: name, maker: owner, owner };
    case 'other':
      return { kind, schema, clause: name, owner };
  }
}
