import type { Membership, RoleFacts, Setting } from './roles';
import type { Row, Session } from './session';

// The options of a membership came with version 16; where they are not, it has all of them.
const MEMBERSHIP = `'grantor', g.rolname, 'isAdmin', m.admin_option, 'isFull',
  coalesce((to_jsonb(m) ->> 'inherit_option')::boolean, member.rolinherit) AND coalesce((to_jsonb(m) ->> 'set_option')::boolean, true)`;

const ROLES = `
SELECT r.oid, r.rolname::text AS name, r.rolcanlogin AS can_log_in, r.rolconnlimit AS connection_limit,
  CASE WHEN isfinite(r.rolvaliduntil) THEN (extract(epoch FROM r.rolvaliduntil) * 1000)::float8 END AS valid_until,
  array_remove(ARRAY[
    CASE WHEN r.rolsuper THEN 'SUPERUSER' END, CASE WHEN r.rolcreatedb THEN 'CREATEDB' END,
    CASE WHEN r.rolcreaterole THEN 'CREATEROLE' END, CASE WHEN r.rolreplication THEN 'REPLICATION' END,
    CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END, CASE WHEN NOT r.rolinherit THEN 'NOINHERIT' END], NULL) AS attributes,
  shobj_description(r.oid, 'pg_authid') AS mark,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('name', o.rolname, ${MEMBERSHIP}) ORDER BY o.rolname), '[]')
    FROM pg_auth_members m JOIN pg_roles o ON o.oid = m.roleid JOIN pg_roles g ON g.oid = m.grantor
    JOIN pg_roles member ON member.oid = m.member WHERE m.member = r.oid) AS memberships,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('name', member.rolname, ${MEMBERSHIP}) ORDER BY member.rolname), '[]')
    FROM pg_auth_members m JOIN pg_roles member ON member.oid = m.member JOIN pg_roles g ON g.oid = m.grantor
    WHERE m.roleid = r.oid) AS members,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('database', d.datname, 'setting', setting) ORDER BY setting), '[]')
    FROM pg_db_role_setting s CROSS JOIN unnest(s.setconfig) AS setting LEFT JOIN pg_database d ON d.oid = s.setdatabase
    WHERE s.setrole = r.oid) AS configuration
FROM pg_roles r WHERE r.rolname = ANY($1::text[]) ORDER BY r.oid`;

/** The roles of these names, those that exist. */
export async function readRoles(session: Session, names: readonly string[]): Promise<readonly RoleFacts[]> {
  return (await session.query(ROLES, [names])).map(roleFrom);
}

/** Who the program is to the server. */
export interface Admin {
  readonly name: string;
  readonly database: string;
  readonly isSuperuser: boolean;
  /** Such as 150004. */
  readonly version: number;
}

export async function readAdmin(session: Session): Promise<Admin> {
  const [row] = await session.query(`SELECT current_user::text AS name, current_database()::text AS database,
    current_setting('server_version_num')::int AS version,
    (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS "isSuperuser"`);
  return row as unknown as Admin;
}

/** Whether the admin can become a role and has its privileges at once. */
export async function isMember(session: Session, { version }: Admin, role: string): Promise<boolean> {
  const [row] = await session.query(
    `SELECT pg_has_role(oid, 'USAGE') AND pg_has_role(oid, $2) AS yes FROM pg_roles WHERE rolname = $1`,
    [role, version >= 160000 ? 'SET' : 'MEMBER'],
  );
  return row?.['yes'] === true;
}

function roleFrom(row: Row): RoleFacts {
  const limit = row['connection_limit'] as number;
  const until = row['valid_until'] as number | null;
  const configuration = (row['configuration'] as { database: string | null; setting: string }[]).map(settingFrom);
  return {
    oid: row['oid'] as number,
    name: row['name'] as string,
    canLogIn: row['can_log_in'] as boolean,
    connectionLimit: limit < 0 ? undefined : limit,
    validUntil: until === null ? undefined : new Date(until).toISOString(),
    mark: (row['mark'] as string | null) ?? undefined,
    attributes: row['attributes'] as string[],
    memberships: row['memberships'] as Membership[],
    members: row['members'] as Membership[],
    memberOf: (row['memberships'] as Membership[]).map(({ name }) => name),
    configuration,
    settings: Object.fromEntries(
      configuration.filter(({ database }) => database === undefined).map(({ name, value }) => [name, value]),
    ),
  };
}

function settingFrom({ database, setting }: { database: string | null; setting: string }): Setting {
  const at = setting.indexOf('=');
  return { name: setting.slice(0, at), value: setting.slice(at + 1), database: database ?? undefined };
}
