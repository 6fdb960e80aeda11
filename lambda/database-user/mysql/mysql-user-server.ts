import { type DeclaredUser, secondLoginOf } from '../../../lib/users/contract';
import type { Connection, Converged, Description, Removed, UserServer } from '../user-server';
import { describeUser } from './describe';
import type { Dialect } from './dialect';
import { MARIADB } from './mariadb-dialect';
import { MYSQL } from './mysql-dialect';
import { isPasswordOf } from './password-hash';
import { desiredGrants, planAccounts, planGrants, type Step } from './plan';
import { readPublic } from './public-privileges';
import { declarationProblem, foreignProblem, nameProblem, Refusal, tableProblems } from './refusal';
import { removeUser } from './remove';
import { openSession, type Session } from './session';
import { readDeclaredTables, readServer, readState, type ServerFacts, type State, type Tables } from './state';
import { withLock } from './with-lock';

/** Connects to a server of MySQL or MariaDB as an administrator who can read the tables of `mysql`. */
export async function connect(connection: Connection, engine: 'mysql' | 'mariadb'): Promise<UserServer> {
  const session = await openSession(connection);
  try {
    return await MysqlUserServer.on(session, engine, connection.user);
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** Tries of making the grants as declared, where the server shows more after a change than it did before. */
const ROUNDS = 4;

/**
 * Users of MySQL and MariaDB. Statements about accounts commit at once there, so nothing is undone after a crash: each
 * is decided on what the server shows, and the order leaves nothing open in between.
 */
export class MysqlUserServer implements UserServer {
  private constructor(
    private readonly session: Session,
    private readonly dialect: Dialect,
    private readonly server: ServerFacts,
    private readonly admin: string,
  ) {}

  public static async on(session: Session, engine: 'mysql' | 'mariadb', admin: string): Promise<MysqlUserServer> {
    const dialect = engine === 'mysql' ? MYSQL : MARIADB;
    await session.query(
      `SET SESSION sql_mode = '${dialect.sqlMode}', sql_quote_show_create = 1, lock_wait_timeout = 30`,
    );
    const server = await readServer(session, dialect);
    if (!dialect.isVersion(server.version)) {
      throw new Error(`the server says that it is ${server.version}; this needs ${dialect.needs}`);
    }
    return new MysqlUserServer(session, dialect, server, admin);
  }

  public async converge(user: DeclaredUser): Promise<Converged> {
    this.assertDeclared(user);
    return withLock(this.session, async () => {
      const state = await this.readOwn(user);
      const tables = await this.readDeclaredTables(user);
      const changes = await this.run(planAccounts(user, this.dialect, state, loginsOf(user, state)));
      changes.push(...(await this.convergeGrants(user, tables)));
      if (user.revokePublic) changes.push(...(await this.run((await this.readPublic(user)).revokes)));
      return { changes, publicPrivileges: (await this.readPublic(user)).says };
    });
  }

  public async rotation(): Promise<'dual-password' | 'two-logins'> {
    return this.dialect.rotation;
  }

  public async setPassword(
    user: DeclaredUser,
    login: string,
    password: string,
    { keepOld }: { readonly keepOld: boolean },
  ): Promise<void> {
    this.assertDeclared(user);
    if (login !== user.userName && login !== secondLoginOf(user.userName)) {
      throw new Refusal(user, `'${login}' is none of its logins`);
    }
    if (user.auth === 'iam') throw new Refusal(user, 'logs in by IAM and has no password');
    if (keepOld && this.dialect.rotation !== 'dual-password') {
      throw new Refusal(user, 'a login of MariaDB has one password: rotate with two logins');
    }
    if (password === '') throw new Refusal(user, 'an empty password lets everybody in');
    await withLock(this.session, async () => {
      await this.run(planAccounts(user, this.dialect, await this.readOwn(user), [login]));
      const account = (await this.readOwn(user)).logins.find(({ name }) => name === login);
      // Again after a crash: the old password would be forgotten if the new one were kept as the old one.
      if (account && !account.isLocked && isPasswordOf(account.hash, password)) return;
      // What was never open has no password to keep.
      const keeps = keepOld && account?.isLocked === false ? ' RETAIN CURRENT PASSWORD' : '';
      const { account: named, identifiedBy } = this.dialect;
      await this.session.query(`ALTER USER ${named(login)} ${identifiedBy(password)}${keeps} ACCOUNT UNLOCK`);
    });
  }

  public async discardOldPassword(login: string): Promise<void> {
    if (this.dialect.rotation !== 'dual-password') return;
    await withLock(this.session, () =>
      this.session.query(`ALTER USER ${this.dialect.account(login)} DISCARD OLD PASSWORD`),
    );
  }

  public async remove(user: DeclaredUser): Promise<Removed> {
    const problem = nameProblem(user, this.dialect, this.admin);
    if (problem !== undefined) throw new Refusal(user, problem);
    return withLock(this.session, async () => ({ changes: await removeUser(this.session, this.dialect, user) }));
  }

  public async describe(user: DeclaredUser): Promise<Description | undefined> {
    const problem = nameProblem(user, this.dialect, this.admin);
    if (problem !== undefined) throw new Refusal(user, problem);
    return describeUser(this.session, this.dialect, this.server, user, this.declarationProblem(user));
  }

  public close(): Promise<void> {
    return this.session.close();
  }

  private assertDeclared(user: DeclaredUser): void {
    const problem = this.declarationProblem(user);
    if (problem !== undefined) throw new Refusal(user, problem);
  }

  private declarationProblem(user: DeclaredUser): string | undefined {
    return user.engine === this.dialect.engine
      ? declarationProblem(user, this.dialect, this.server, this.admin)
      : `is declared for ${user.engine}, not for ${this.dialect.engine}`;
  }

  private async readOwn(user: DeclaredUser): Promise<State> {
    const state = await readState(this.session, this.dialect, user);
    const problem = foreignProblem(user, this.dialect, state);
    if (problem !== undefined) throw new Refusal(user, problem);
    return state;
  }

  private async readDeclaredTables(user: DeclaredUser): Promise<Tables> {
    const tables = await readDeclaredTables(this.session, this.server, user);
    const [problem] = tableProblems(user, this.server, tables);
    if (problem !== undefined) throw new Refusal(user, problem);
    return tables;
  }

  private async convergeGrants(user: DeclaredUser, tables: Tables): Promise<readonly string[]> {
    const desired = desiredGrants(user, this.server, tables);
    const changes: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { role, logins } = await this.readOwn(user);
      const own = role === undefined ? undefined : this.dialect.role(role.name);
      const steps = [
        ...(role && own ? planGrants(user.engine, { sql: own, name: role.name }, desired, role.grants) : []),
        ...logins.flatMap(({ name, grants }) => {
          const surplus = grants.filter((each) => each.kind !== 'role' || each.account !== own);
          return planGrants(user.engine, { sql: this.dialect.account(name), name }, new Map(), surplus);
        }),
      ];
      if (steps.length === 0) return changes;
      changes.push(...(await this.run(steps)));
    }
    throw new Error(`${user.name}: the server does not show the grants that it was told`);
  }

  private readPublic(user: DeclaredUser) {
    return readPublic(this.session, this.dialect, this.server, user);
  }

  private async run(steps: readonly Step[]): Promise<string[]> {
    const changes: string[] = [];
    for (const { sql, says } of steps) {
      await this.session.query(sql);
      changes.push(says);
    }
    return changes;
  }
}

/** The logins that are to be: the first one, and the second where there is one. */
function loginsOf({ userName }: DeclaredUser, { logins }: State): readonly string[] {
  return [userName, ...logins.map(({ name }) => name).filter((name) => name !== userName)];
}
