import { createConnection, type Connection as Driver } from 'mysql2/promise';
import { MysqlUserServer } from '../../../lambda/database-user/mysql/mysql-user-server';
import { openSession, type Session } from '../../../lambda/database-user/mysql/session';
import type { Connection } from '../../../lambda/database-user/user-server';
import type { DeclaredUser } from '../../../lib/users/contract';
import { authority, issue } from '../../cli/support/certificates';
import { declared as declaredForMysql } from '../../lambda/database-user/mysql/fixtures';
import { Mariadb } from '../check/servers/mariadb';
import type { RealServer } from '../check/servers/real-server';

export const CA = authority('The CA of the test');

export const ADMIN = 'admin';
export const ADMIN_PASSWORD = 'Open sesame, said Ali Baba';

/** What RDS gives its administrator, as its documentation has it, and what it takes to end sessions and to grant ALL. */
const RDS_ADMIN = `SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, PROCESS, REFERENCES, INDEX, ALTER, SHOW DATABASES,
CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, CREATE USER, EVENT,
TRIGGER, DELETE HISTORY, CONNECTION ADMIN`;

/** A MariaDB server with an administrator and the databases of the tests. */
export class MariadbStage {
  private readonly data = new Mariadb();
  private server: RealServer | undefined;
  private root: Driver | undefined;

  public get port(): number {
    return this.server?.port ?? 0;
  }

  public async start(names: readonly string[] = ['localhost']): Promise<void> {
    this.server = await this.data.start({ identity: issue({ commonName: 'server', names, issuer: CA }) });
    this.root = await createConnection({ host: '127.0.0.1', port: this.port, user: 'root', multipleStatements: true });
    await this.run("DELETE FROM mysql.global_priv WHERE User = ''; FLUSH PRIVILEGES");
    await this.run(`CREATE USER ${ADMIN} IDENTIFIED BY '${ADMIN_PASSWORD}'`);
    await this.run(`GRANT ${RDS_ADMIN} ON *.* TO ${ADMIN} WITH GRANT OPTION`);
    for (const name of ['or_ders', 'orXders', 'other']) {
      await this.run(`CREATE DATABASE ${name}; CREATE TABLE ${name}.customers (id INT, secret INT)`);
      await this.run(
        `CREATE TABLE ${name}.invoices AS SELECT 1 AS id; CREATE VIEW ${name}.overview AS SELECT 1 AS one`,
      );
    }
  }

  public async stop(): Promise<void> {
    await this.root?.end();
    await this.server?.stop();
    this.data.remove();
  }

  /** Runs statements as root. */
  public async run(sql: string): Promise<readonly Record<string, unknown>[]> {
    const [rows] = (await this.root?.query(sql)) ?? [];
    return rows as unknown as Record<string, unknown>[];
  }

  /** Runs a statement as a login, over TLS: what came of it, as a word or the number of the error. */
  public async attempt(user: string, password: string, ...statements: readonly string[]): Promise<readonly unknown[]> {
    const driver = await this.logIn(user, password);
    try {
      const results: unknown[] = [];
      for (const sql of statements) {
        results.push(
          await driver.query(sql).then(
            () => 'done',
            (error) => error.errno,
          ),
        );
      }
      return results;
    } finally {
      await driver.end();
    }
  }

  public logIn(user: string, password: string, overTls = true): Promise<Driver> {
    const ssl = overTls ? { ca: CA.certificate } : undefined;
    return createConnection({ host: 'localhost', port: this.port, user, password, ssl });
  }

  public connection(changes: Partial<Connection> = {}): Connection {
    return {
      host: 'localhost',
      port: this.port,
      user: ADMIN,
      password: ADMIN_PASSWORD,
      database: 'or_ders',
      certificateAuthorities: CA.certificate,
      ...changes,
    };
  }

  /** Connects as the program does; each statement passes `around`, which may end it all. */
  public async connect(
    around: (sql: string) => void = () => {},
    admin: Partial<Connection> = {},
  ): Promise<MysqlUserServer> {
    const session = await openSession(this.connection(admin));
    const watched: Session = {
      ...session,
      query: async (sql, values) => {
        const rows = await session.query(sql, values);
        around(sql);
        return rows;
      },
    };
    return MysqlUserServer.on(watched, 'mariadb', ADMIN);
  }

  public async with<T>(action: (server: MysqlUserServer) => Promise<T>, admin?: Partial<Connection>): Promise<T> {
    const server = await this.connect(() => {}, admin);
    try {
      return await action(server);
    } finally {
      await server.close();
    }
  }

  /** All that the server keeps about accounts, without what belongs to the server and its administrators. */
  public async accounts(): Promise<unknown> {
    const tables: Record<string, unknown> = {};
    for (const table of [
      'global_priv',
      'roles_mapping',
      'db',
      'tables_priv',
      'columns_priv',
      'procs_priv',
      'proxies_priv',
    ]) {
      const rows = await this.run(
        `SELECT * FROM mysql.${table} WHERE User NOT IN ('root', 'mariadb.sys', 'PUBLIC', '${ADMIN}') ORDER BY 1, 2, 3`,
      );
      tables[table] = rows.map(({ Timestamp, Grantor, Priv, ...row }) => ({ ...row, ...withoutTimes(Priv) }));
    }
    return tables;
  }
}

function withoutTimes(priv: unknown): object {
  const { password_last_changed, version_id, ...rest } = (priv ?? {}) as Record<string, unknown>;
  return rest;
}

/** A user of MariaDB as it is declared. */
export function declared(changes: Partial<DeclaredUser> = {}): DeclaredUser {
  return declaredForMysql({ engine: 'mariadb', host: 'localhost', port: 1, ...changes });
}
