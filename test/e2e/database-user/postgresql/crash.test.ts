import { serverOf } from '../../../../lambda/database-user/postgresql/server';
import { type Open, openWith, type Session } from '../../../../lambda/database-user/postgresql/session';
import type { Connection, UserServer } from '../../../../lambda/database-user/user-server';
import type { DeclaredUser } from '../../../../lib/users/contract';
import { describeWithBinaries } from '../../check/servers/describe-with-binaries';
import { PASSWORD, Stage } from './stage';

class Crash extends Error {}

/** Statements that only read: to the server, a crash after one is a crash before the next. */
const READS = /^\s*(SELECT|WITH|SET search_path)(?!.*pg_terminate_backend)/;

/** Sessions that break right after a statement: the server has run it, and nobody hears of it. */
function crashing(open: Open, after: number): { readonly open: Open; readonly count: () => number } {
  let count = 0;
  return {
    count: () => count,
    open: async (database) => {
      const session = await open(database);
      const crash = async () => {
        await session.close();
        throw new Crash();
      };
      return {
        close: session.close,
        query: async (text, values) => {
          if (count >= after) return crash();
          if (READS.test(text)) return session.query(text, values);
          count += 1;
          const rows = await session.query(text, values);
          return count === after ? crash() : rows;
        },
      };
    },
  };
}

/** Sessions for what is done again and again between crashes: one in each database, for a new one costs more than its work. */
class KeptSessions {
  private readonly sessions = new Map<string, Promise<Session>>();

  public readonly open: Open = async (database) => {
    const session = this.sessions.get(database) ?? openWith(this.connectionTo(database))(database);
    this.sessions.set(database, session);
    return { ...(await session), close: async () => {} };
  };

  public constructor(private readonly connectionTo: (database: string) => Connection) {}

  public async close(): Promise<void> {
    for (const session of this.sessions.values()) await (await session).close();
  }
}

describeWithBinaries(['postgres', 'initdb'], 'a crash after any statement for a user of PostgreSQL', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start();
  });
  let kept: KeptSessions;
  beforeEach(() => {
    kept = new KeptSessions((database) => stage.connection(database));
  });
  afterEach(() => kept.close());
  afterAll(() => stage?.stop());

  const prepare = async (database: string, task: (server: UserServer) => Promise<unknown>) =>
    task(await serverOf(kept.open, database));
  const grant = async (database: string, sql: string) => (await kept.open(database)).query(sql);

  /** Crashes after the first statement, the second and so on, and returns the states after a second try. */
  async function statesAfterCrashes(
    user: DeclaredUser,
    reset: () => Promise<unknown>,
    task: (server: UserServer) => Promise<unknown>,
  ) {
    const states: unknown[] = [];
    for (let after = 1; ; after += 1) {
      await reset();
      const { open, count } = crashing(openWith(stage.connection(user.database)), after);
      const server = await serverOf(open, user.database);
      const error = await task(server).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      await server.close().catch(() => undefined);
      if (count() < after) {
        expect(error).toBeUndefined();
        return states;
      }
      expect(error).toBeInstanceOf(Crash);
      await stage.with(user.database, task);
      states.push(named(await stage.state(user), user));
    }
  }

  test('in the middle of a change ends as without it', async () => {
    const user = await stage.shop({ futureTables: true, connectionLimit: 2, statementTimeoutSeconds: 5 });
    const other = await stage.shop({ userName: user.userName });
    const wanted = { ...user, grants: [{ schema: 'back', privileges: ['SELECT', 'DELETE'] }], revokePublic: true };
    const remove = () => prepare(user.database, (server) => server.remove(user));
    // Both databases hold something of it, so that all that is done in them is interrupted as well.
    const reset = async () => {
      await remove();
      await prepare(other.database, (server) => server.converge(other));
      await grant(other.database, `GRANT SELECT ON back.secrets TO ${user.userName}_access`);
    };
    await reset();
    await stage.converge(wanted);
    const state = named(await stage.state(user), user);

    const states = await statesAfterCrashes(user, reset, (server) => server.converge(wanted));

    expect(states.length).toBeGreaterThan(15);
    for (const each of states) expect(each).toEqual(state);
  });

  test('while the first password is set leaves a login that works once it is repeated', async () => {
    const user = await stage.shop();
    const second = `${user.userName}_2`;
    const reset = () => prepare(user.database, (server) => server.remove(user));

    const states = await statesAfterCrashes(user, reset, async (server) => {
      await server.converge(user);
      await server.setPassword(user, second, PASSWORD, { keepOld: false });
    });

    expect(states.length).toBeGreaterThan(15);
    for (const each of states) expect(each).toEqual(states[0]);
    await stage.converge(user);
    await stage.setPassword(user, second);
    expect(await stage.as(second, user.database, 'SELECT item FROM sales.orders')).toEqual([{ item: 'chair' }]);
  });

  test('while it is removed leaves nothing once it is repeated', async () => {
    const user = await stage.shop({ ownedObjects: 'reassign-to-admin' });
    const other = await stage.shop({ userName: user.userName });
    const before = named(await stage.state(user), user);
    const reset = async () => {
      await prepare(user.database, async (server) => {
        await server.converge(user);
        await server.setPassword(user, `${user.userName}_2`, PASSWORD, { keepOld: false });
      });
      await grant(other.database, `GRANT SELECT ON back.secrets TO ${user.userName}`);
    };

    const states = await statesAfterCrashes(user, reset, (server) => server.remove(user));

    expect(states.length).toBeGreaterThan(10);
    for (const each of states) expect(each).toEqual(before);
  });
});

/** What is about the user: other lines differ in what is nobody's right, such as a list that is empty or missing. */
function named(state: unknown, { userName }: DeclaredUser): readonly string[] {
  return (state as { line: string }[]).map(({ line }) => line).filter((line) => line.includes(userName));
}
