import type { DeclaredUser } from '../../../lib/users/contract';
import { accountName } from './account';
import { type Dialect, isAtLeast } from './dialect';
import { planGrants, type Step } from './plan';
import { covers } from './quoting';
import type { Session } from './session';
import type { ShownGrant } from './show-grants';
import { grantsOf, type ServerFacts } from './state';

/** What every login may do in the declared databases without having been granted it. */
export interface PublicPrivileges {
  readonly says: readonly string[];
  /** What takes from PUBLIC what it gives in the declared databases, and only there. */
  readonly revokes: readonly Step[];
}

export async function readPublic(
  session: Session,
  dialect: Dialect,
  server: ServerFacts,
  user: DeclaredUser,
): Promise<PublicPrivileges> {
  const schemas = [...new Set([user.database, ...user.grants.map(({ schema }) => schema)])];
  const granted = await grantsOfPublic(session, dialect, server);
  const here = granted.filter((each) => touches(each, schemas));
  // A pattern, such as the one for test databases, or a privilege on everything is about others too.
  const onlyHere = here.filter((each) => each.kind === 'privileges' && each.level !== 'global' && !isPattern(each));
  return {
    says: [
      ...here.map((each) => (each.kind === 'privileges' ? `PUBLIC has ${inWords(each)}` : '')),
      ...(await anonymousAccounts(session)),
      ...(await anonymousGrants(session, schemas)),
      ...(await mandatoryRoles(session, dialect)),
    ],
    revokes: planGrants(dialect.engine, { sql: 'PUBLIC', name: 'PUBLIC' }, new Map(), onlyHere),
  };
}

/** @see https://mariadb.com/docs/server/reference/sql-statements/account-management-sql-statements/grant#to-public */
async function grantsOfPublic(
  session: Session,
  dialect: Dialect,
  { version }: ServerFacts,
): Promise<readonly ShownGrant[]> {
  if (dialect.engine !== 'mariadb' || !isAtLeast(version, 10, 11)) return [];
  const [found] = await session.query("SELECT User AS name FROM mysql.global_priv WHERE User = 'PUBLIC' AND Host = ''");
  return found ? grantsOf(session, 'PUBLIC') : [];
}

/** Who connects from such a host under any name that has no account there is this account instead. */
async function anonymousAccounts(session: Session): Promise<readonly string[]> {
  const rows = await session.query("SELECT User AS name, Host AS host FROM mysql.user WHERE User = '' AND Host <> ''");
  return rows.map((row) => {
    const account = accountName({ name: '', host: String(row['host']) });
    return `the anonymous account ${account} takes logins from there in place of '...'@'%'`;
  });
}

/** Grants to nobody in particular, such as those on test databases of old installations. */
async function anonymousGrants(session: Session, schemas: readonly string[]): Promise<readonly string[]> {
  const rows = await session.query("SELECT Host AS host, Db AS pattern FROM mysql.db WHERE User = ''");
  return rows
    .filter((row) => schemas.some((schema) => covers(String(row['pattern']), schema)))
    .map((row) => {
      const account = accountName({ name: '', host: String(row['host']) });
      return `every login has what is granted to ${account} on databases like '${row['pattern']}'`;
    });
}

/** @see https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_mandatory_roles */
async function mandatoryRoles(session: Session, { engine }: Dialect): Promise<readonly string[]> {
  if (engine !== 'mysql') return [];
  const [row] = await session.query("SHOW VARIABLES LIKE 'mandatory_roles'");
  const roles = String(row?.['Value'] ?? '');
  return roles === '' ? [] : [`every login is a member of the mandatory roles ${roles}`];
}

function touches(grant: ShownGrant, schemas: readonly string[]): boolean {
  if (grant.kind !== 'privileges') return false;
  const { level, schema } = grant;
  if (level === 'global') return true;
  if (schema === undefined) return false;
  return schemas.some((each) => (level === 'schema' ? covers(schema, each) : schema === each));
}

function isPattern(grant: ShownGrant): boolean {
  return grant.kind === 'privileges' && grant.level === 'schema' && /(?<!\\)[_%]/.test(grant.schema ?? '');
}

function inWords({ object, privileges }: Extract<ShownGrant, { kind: 'privileges' }>): string {
  return `${privileges.join(', ')} on ${object}`;
}
