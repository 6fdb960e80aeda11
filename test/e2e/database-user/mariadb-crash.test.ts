import type { MysqlUserServer } from '../../../lambda/database-user/mysql/mysql-user-server';
import { describeWithBinaries } from '../check/servers/describe-with-binaries';
import { declared, MariadbStage } from './mariadb-stage';

const OLD = 'the password of before';
const NEW = 'the password of after';

const BEFORE = declared({ grants: [{ schema: 'other', privileges: ['ALL'] }], connectionLimit: 3 });
const AFTER = declared({
  grants: [
    { schema: 'or_ders', tables: ['customers', 'invoices'], privileges: ['SELECT', 'UPDATE'] },
    { schema: 'other', tables: ['customers'], privileges: ['SELECT'] },
  ],
  statementTimeoutSeconds: 20,
  revokePublic: true,
});

/** Statements that only read, or set up the session: to the server, a crash after one is a crash before the next. */
const READS = /^\s*(SELECT|SHOW|SET SESSION)\b/;

type Action = (server: MysqlUserServer) => Promise<unknown>;

const converge: Action = (server) => server.converge(AFTER);
const setFirst: Action = (server) => server.setPassword(AFTER, 'looker', NEW, { keepOld: false });
const setSecond: Action = (server) => server.setPassword(AFTER, 'looker_2', NEW, { keepOld: false });
const remove: Action = (server) => server.remove(AFTER);
const nothing: Action = async () => {};
const inUse: Action = async (server) => {
  await server.converge(BEFORE);
  await server.setPassword(BEFORE, 'looker', OLD, { keepOld: false });
  await server.setPassword(BEFORE, 'looker_2', OLD, { keepOld: false });
};

describeWithBinaries(['mariadbd', 'mariadb-install-db'], 'a program that dies', () => {
  const stage = new MariadbStage();
  beforeAll(() => stage.start());
  afterAll(() => stage.stop());
  afterEach(() => stage.with((server) => server.remove(declared())));

  /** Does it until more than a number of changes have been made; whether it came to its end before. */
  const interrupted = async (action: Action, changes: number): Promise<boolean> => {
    let left = changes;
    const server = await stage
      .connect((sql) => {
        if (!READS.test(sql)) left -= 1;
        if (left < 0) throw new Error('the program has died');
      })
      .catch(() => undefined);
    if (!server) return false;
    const survived = await action(server).then(
      () => true,
      (error) => {
        expect(error.message).toBe('the program has died');
        return false;
      },
    );
    await server.close();
    return survived;
  };

  test.each([
    ['makes a user', nothing, converge, 7],
    ['changes a user', inUse, converge, 6],
    ['gives the first password', nothing, setFirst, 5],
    ['gives a password to the second login', inUse, setSecond, 2],
    ['removes a user', inUse, remove, 5],
  ])(
    'while it %s, after any statement, ends in the same state when it runs again',
    async (_, prepare, action, least) => {
      await stage.with(prepare);
      await stage.with(action);
      const wanted = await stage.accounts();
      let crashes = 0;
      for (let changes = 0; ; changes += 1) {
        await stage.with((server) => server.remove(AFTER));
        await stage.with(prepare);
        if (await interrupted(action, changes)) break;
        crashes += 1;
        await stage.with(action);
        expect({ changes, accounts: await stage.accounts() }).toEqual({ changes, accounts: wanted });
      }

      expect(crashes).toBeGreaterThanOrEqual(least);
    },
  );

  test('while it makes a user leaves nothing that can log in', async () => {
    for (let changes = 0; !(await interrupted(converge, changes)); changes += 1) {
      for (const tried of ['', 'invalid', OLD]) {
        await expect(stage.logIn('looker', tried)).rejects.toMatchObject({ errno: expect.any(Number) });
      }
      await stage.with((server) => server.remove(AFTER));
    }
  });

  test('while it removes a user can start over with a new one', async () => {
    await stage.with(converge);
    const wanted = await stage.accounts();
    await stage.with(remove);
    for (let changes = 0; ; changes += 1) {
      await stage.with(converge);
      if (await interrupted(remove, changes)) break;
      await stage.with(converge);
      expect({ changes, accounts: await stage.accounts() }).toEqual({ changes, accounts: wanted });
    }
  });

  test('never shows the server a password', async () => {
    await stage.run(
      'SET GLOBAL log_output = "TABLE"; SET GLOBAL general_log = 1; SET GLOBAL slow_query_log = 1; SET GLOBAL long_query_time = 0',
    );
    for (const action of [
      inUse,
      converge,
      setFirst,
      setSecond,
      (server: MysqlUserServer) => server.describe(AFTER),
      remove,
    ]) {
      await stage.with(action);
    }
    await stage.run('SET GLOBAL general_log = 0; SET GLOBAL slow_query_log = 0');

    const logged = JSON.stringify([
      await stage.run('SELECT CONVERT(argument USING utf8mb4) AS said FROM mysql.general_log'),
      await stage.run('SELECT CONVERT(sql_text USING utf8mb4) AS said FROM mysql.slow_log'),
    ]);
    expect(logged).toContain('ALTER USER `looker_2`@`%` IDENTIFIED');
    expect(logged).not.toContain(OLD);
    expect(logged).not.toContain(NEW);
    expect(logged).not.toContain('sesame');
  });

  test('or several at once that make, change and remove: they wait for each other', async () => {
    const actions = [converge, remove, inUse, setSecond, converge, remove, inUse, converge];
    const results = await Promise.allSettled(actions.map((action) => stage.with(action)));

    expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
    await stage.with(remove);
    expect(JSON.stringify(await stage.accounts())).not.toContain('looker');
  });
});
