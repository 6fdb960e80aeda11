import { Client } from 'pg';
import { connect } from '../../../../lambda/database-user/postgresql/server';
import type { Connection, UserServer } from '../../../../lambda/database-user/user-server';
import { type DeclaredUser, roleOf, secondLoginOf } from '../../../../lib/users/contract';
import { authority, issue } from '../../../cli/support/certificates';
import { declared } from '../../../lambda/database-user/postgresql/fixtures';
import { Postgresql } from '../../check/servers/postgresql';
import type { RealServer } from '../../check/servers/real-server';

export const AUTHORITY = authority();
export const PASSWORD = 'Correct-Horse "Battery" $taple 1';

/** The admin that a managed service gives: it makes roles and owns the tables, and is no superuser. */
export const MANAGER = 'manager';

/** The rows of a statement, or the server's words where it refuses. */
export type Outcome = string | readonly { readonly [column: string]: unknown }[];

/** A server with databases of a shop, one for each test. */
export class Stage {
  private constructor(
    private readonly cluster: Postgresql,
    private readonly server: RealServer,
  ) {}

  public static async start(names: readonly string[] = ['localhost']): Promise<Stage> {
    const cluster = new Postgresql();
    const identity = issue({ commonName: 'server', names, issuer: AUTHORITY });
    const rules = 'hostssl all admin all trust\nhostssl all all all scram-sha-256';
    const server = await cluster.start({
      identity,
      rules,
      settings: { log_statement: 'all', password_encryption: 'scram-sha-256', max_connections: '50' },
    });
    const stage = new Stage(cluster, server);
    await stage.admin('postgres', `CREATE ROLE ${MANAGER} LOGIN CREATEROLE CREATEDB PASSWORD '${PASSWORD}'`);
    return stage;
  }

  public async stop(): Promise<void> {
    await this.server.stop();
    this.cluster.remove();
  }

  public get port(): number {
    return this.server.port;
  }

  public get log(): string {
    return this.server.output?.() ?? '';
  }

  public connection(database: string, user = MANAGER, password = PASSWORD): Connection {
    const { port } = this;
    return { host: 'localhost', port, user, password, database, certificateAuthorities: AUTHORITY.certificate };
  }

  /** A new database of the manager's, and a user of it. */
  public async shop(more: Partial<DeclaredUser> = {}): Promise<DeclaredUser> {
    count += 1;
    const database = `shop "${count}"`;
    await this.as(MANAGER, 'postgres', `CREATE DATABASE "shop ""${count}"""`);
    // As it is by itself since version 15.
    await this.admin(database, `ALTER SCHEMA public OWNER TO ${MANAGER}`, 'REVOKE CREATE ON SCHEMA public FROM PUBLIC');
    await this.as(MANAGER, database, ...SCHEMA);
    return declared({ database, userName: `looker${count}`, port: this.port, ...more });
  }

  /** Uses a server as its admin and lets it go. */
  public async with<T>(database: string, work: (server: UserServer) => Promise<T>, admin = MANAGER): Promise<T> {
    const server = await connect(this.connection(database, admin));
    try {
      return await work(server);
    } finally {
      await server.close();
    }
  }

  public converge(user: DeclaredUser, admin = MANAGER) {
    return this.with(user.database, (server) => server.converge(user), admin);
  }

  public async setPassword(user: DeclaredUser, login = user.userName, admin = MANAGER): Promise<void> {
    await this.with(user.database, (server) => server.setPassword(user, login, PASSWORD, { keepOld: false }), admin);
  }

  /** Runs statements as a superuser. */
  public admin(database: string, ...statements: readonly string[]): Promise<Outcome> {
    return this.as('admin', database, ...statements);
  }

  /** Runs statements, and fails with the first that fails. */
  public async as(user: string, database: string, ...statements: readonly string[]): Promise<Outcome> {
    const outcomes = await this.outcomes(user, database, ...statements);
    const failed = outcomes.findIndex((outcome) => typeof outcome === 'string');
    if (failed >= 0) throw new Error(`${statements[failed]}: ${outcomes[failed]}`);
    return outcomes.at(-1) ?? [];
  }

  /** Runs each statement in one session, whatever happens to those before. */
  public async outcomes(user: string, database: string, ...statements: readonly string[]): Promise<Outcome[]> {
    return outcomesFor(await this.login(user, database), ...statements);
  }

  public async login(user: string, database: string, password = PASSWORD): Promise<Client> {
    const ssl = { ca: AUTHORITY.certificate };
    const client = new Client({ ...this.connection(database, user, password), ssl });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  /** All that the catalogues say of a user, sorted: equal before and after where nothing was changed. */
  public async state(user: DeclaredUser): Promise<Outcome> {
    const names = [roleOf(user.userName), user.userName, secondLoginOf(user.userName)];
    const list = names.map((name) => `'${name.replace(/'/g, "''")}'`).join(', ');
    return this.admin(user.database, `${STATE.replaceAll('$NAMES', list)} ORDER BY 1`);
  }
}

/** Runs each statement, whatever happens to those before, and ends the session. */
export async function outcomesFor(client: Client, ...statements: readonly string[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const statement of statements) {
    outcomes.push(
      await client.query(statement).then(
        ({ rows }) => rows,
        (error: Error) => error.message,
      ),
    );
  }
  await client.end();
  return outcomes;
}

let count = 0;

const SCHEMA = [
  'CREATE SCHEMA sales',
  'CREATE TABLE sales.orders (id serial PRIMARY KEY, item text, secret text)',
  "INSERT INTO sales.orders (item, secret) VALUES ('chair', 'x')",
  'CREATE TABLE sales.customers (id int GENERATED ALWAYS AS IDENTITY, name text)',
  'CREATE VIEW sales.items AS SELECT item FROM sales.orders',
  'CREATE SCHEMA back',
  'CREATE TABLE back.secrets (id int)',
];

const STATE = `
SELECT format('role %s %s %s %s %s', rolname, rolcanlogin, rolconnlimit, nullif(rolvaliduntil, 'infinity'), shobj_description(oid, 'pg_authid')) AS line
FROM pg_roles WHERE rolname IN ($NAMES)
UNION ALL SELECT format('member %s of %s %s', m.member::regrole, m.roleid::regrole, m.admin_option) FROM pg_auth_members m
WHERE m.member::regrole::text IN (SELECT quote_ident(unnest) FROM unnest(ARRAY[$NAMES]))
  OR m.roleid::regrole::text IN (SELECT quote_ident(unnest) FROM unnest(ARRAY[$NAMES]))
UNION ALL SELECT format('setting %s %s %s', setrole::regrole, setdatabase, setconfig) FROM pg_db_role_setting
WHERE setrole IN (SELECT oid FROM pg_roles WHERE rolname IN ($NAMES))
UNION ALL SELECT format('shared %s %s %s %s', s.dbid, s.refobjid::regrole, s.deptype,
  CASE WHEN s.dbid IN (0, d.oid) THEN (pg_identify_object(s.classid, s.objid, s.objsubid)).identity ELSE s.objid::text END)
FROM pg_shdepend s JOIN pg_database d ON d.datname = current_database()
WHERE refclassid = 'pg_authid'::regclass AND refobjid IN (SELECT oid FROM pg_roles WHERE rolname IN ($NAMES))
UNION ALL SELECT format('acl %s %s', oid::regclass, relacl) FROM pg_class WHERE relacl IS NOT NULL AND oid > 16383
UNION ALL SELECT format('columns %s %s %s', attrelid::regclass, attname, attacl) FROM pg_attribute
WHERE attacl IS NOT NULL AND attrelid > 16383
UNION ALL SELECT format('schema %s %s', nspname, nspacl) FROM pg_namespace
UNION ALL SELECT format('database %s %s', datname, datacl) FROM pg_database WHERE datname = current_database()
UNION ALL SELECT format('future %s %s %s %s', defaclrole::regrole, defaclnamespace::regnamespace, defaclobjtype, defaclacl)
FROM pg_default_acl`;
