import type { Session } from './session';

/** Databases other than the current one in which roles own things (`o`) or were granted rights on them (`a`). */
export async function databasesWith(
  session: Session,
  oids: readonly number[],
  ...kinds: readonly ('o' | 'a' | 'r')[]
): Promise<readonly string[]> {
  const rows = await session.query(
    `SELECT DISTINCT d.datname::text AS name FROM pg_shdepend s JOIN pg_database d ON d.oid = s.dbid
     WHERE s.refclassid = 'pg_authid'::regclass AND s.refobjid = ANY($1::oid[]) AND s.deptype::text = ANY($2::text[])
       AND d.datname <> current_database() AND d.datallowconn ORDER BY 1`,
    [oids, kinds],
  );
  return rows.map(({ name }) => name as string);
}

/**
 * What roles own in the current database and of what all databases share, in the server's words. Default privileges
 * and user mappings are no objects of theirs: they go with the role.
 */
export async function ownedObjects(session: Session, oids: readonly number[]): Promise<readonly string[]> {
  const rows = await session.query(
    `SELECT pg_describe_object(s.classid, s.objid, s.objsubid) AS words FROM pg_shdepend s
     WHERE s.refclassid = 'pg_authid'::regclass AND s.refobjid = ANY($1::oid[]) AND s.deptype = 'o'
       AND (s.dbid = 0 OR s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database()))
       AND s.classid NOT IN ('pg_default_acl'::regclass, 'pg_user_mapping'::regclass)
     ORDER BY 1`,
    [oids],
  );
  return rows.map(({ words }) => words as string);
}
