import { type DeclaredUser, roleOf, secondLoginOf } from '../../../lib/users/contract';
import { type Account, ANY_HOST, type Member } from './account';
import { type Dialect, IAM_PLUGIN } from './dialect';
import type { Session } from './session';
import { readGrants, type ShownGrant } from './show-grants';

/** What a server has of one declared user. */
export interface State {
  readonly role: (Account & { readonly grants: readonly ShownGrant[] }) | undefined;
  readonly members: readonly Member[];
  readonly logins: readonly (Account & { readonly grants: readonly ShownGrant[] })[];
  /** Accounts of the same names that this program would never make, such as for one host. */
  readonly others: readonly Account[];
}

/** What is true for the whole server. */
export interface ServerFacts {
  readonly version: string;
  /** Names of databases and tables are kept in lower case. */
  readonly lowersNames: boolean;
  /** `_` and `%` stand for themselves in GRANT, as they do in MySQL with `partial_revokes`. */
  readonly hasLiteralSchemas: boolean;
  readonly hasIam: boolean;
}

export async function readServer(session: Session, dialect: Dialect): Promise<ServerFacts> {
  const [row] = await session.query('SELECT VERSION() AS version, @@lower_case_table_names AS lowers');
  const revokes = await session.query("SHOW VARIABLES LIKE 'partial_revokes'");
  const plugins = await session.query(
    `SELECT PLUGIN_NAME AS name FROM information_schema.PLUGINS WHERE PLUGIN_NAME = '${IAM_PLUGIN}' AND PLUGIN_STATUS = 'ACTIVE'`,
  );
  return {
    version: String(row?.['version']),
    lowersNames: Number(row?.['lowers']) !== 0,
    hasLiteralSchemas: dialect.engine === 'mysql' && String(revokes[0]?.['Value']).toUpperCase() === 'ON',
    hasIam: plugins.length > 0,
  };
}

export async function readState(session: Session, dialect: Dialect, { userName }: DeclaredUser): Promise<State> {
  const roleName = roleOf(userName);
  const names = [userName, secondLoginOf(userName)];
  const all = [...names, roleName];
  const accounts = (await session.query(dialect.accounts(all.length), all)).map(dialect.accountOf);
  const isRole = ({ name, host }: Account) => name === roleName && host === dialect.roleHost;
  const isLogin = ({ name, host }: Account) => names.includes(name) && host === ANY_HOST;
  const withGrants = async (account: Account, grantee: string) => ({
    ...account,
    grants: await grantsOf(session, grantee),
  });
  const role = accounts.find(isRole);
  return {
    role: role && (await withGrants(role, dialect.role(role.name))),
    members: (await session.query(dialect.members, [roleName])).map(dialect.memberOf),
    logins: await Promise.all(
      names.flatMap((name) =>
        accounts
          .filter((each) => isLogin(each) && each.name === name)
          .map((each) => withGrants(each, dialect.account(name))),
      ),
    ),
    others: accounts.filter((each) => !isLogin(each) && !isRole(each)),
  };
}

export async function grantsOf(session: Session, grantee: string): Promise<readonly ShownGrant[]> {
  const rows = await session.query(`SHOW GRANTS FOR ${grantee}`);
  return readGrants(
    rows.map((row) => String(Object.values(row)[0])),
    grantee,
  );
}

/** The tables and views of databases that exist, by database. */
export type Tables = ReadonlyMap<string, readonly string[]>;

/** The tables of the databases in which something is declared. */
export function readDeclaredTables(session: Session, server: ServerFacts, { grants }: DeclaredUser): Promise<Tables> {
  return readTables(
    session,
    grants.map(({ schema }) => stored(schema, server)),
  );
}

/** A name as the server keeps it. */
export function stored(name: string, { lowersNames }: ServerFacts): string {
  return lowersNames ? name.toLowerCase() : name;
}

async function readTables(session: Session, schemas: readonly string[]): Promise<Tables> {
  const tables = new Map<string, readonly string[]>();
  for (const schema of new Set(schemas)) {
    const found = await session.query(
      'SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?',
      [schema],
    );
    // The server compares without regard to case and accents.
    if (!found.some((row) => row['name'] === schema)) continue;
    const rows = await session.query(
      'SELECT TABLE_SCHEMA AS place, TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?',
      [schema],
    );
    tables.set(
      schema,
      rows.filter((row) => row['place'] === schema).map((row) => String(row['name'])),
    );
  }
  return tables;
}
