import { describeWithBinaries } from '../../check/servers/describe-with-binaries';
import { MANAGER, PASSWORD, Stage } from './stage';

describeWithBinaries(['postgres', 'initdb'], 'the removal of a user of PostgreSQL', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start();
  });
  afterAll(() => stage?.stop());

  const remove = (user: Awaited<ReturnType<Stage['shop']>>, admin = MANAGER) =>
    stage.with(user.database, (server) => server.remove(user), admin);

  test.each([MANAGER, 'admin'])('leaves nothing, ends sessions, and may be repeated, by %s', async (admin) => {
    const user = await stage.shop({ futureTables: true });
    const second = `${user.userName}_2`;
    const before = named(await stage.state(user), user.userName);
    await stage.converge(user, admin);
    await stage.setPassword(user, user.userName, admin);
    await stage.setPassword(user, second, admin);
    const sessions = await Promise.all([user.userName, second].map((login) => stage.login(login, user.database)));
    const ended = sessions.map((session) => new Promise((resolve) => session.once('end', () => resolve(true))));

    const removed = await remove(user, admin);

    expect(await Promise.all(ended)).toEqual([true, true]);
    expect(removed.changes).toEqual(
      expect.arrayContaining(['ended 2 sessions', `DROP ROLE IF EXISTS "${user.userName}"`]),
    );
    expect(named(await stage.state(user), user.userName)).toEqual(before);
    expect(await remove(user, admin)).toEqual({ changes: [] });
    expect((await stage.converge(user, admin)).changes.length).toBeGreaterThan(5);
  });

  test('is refused where it owns something, in any database, and changes nothing then', async () => {
    const user = await stage.shop();
    const other = await stage.shop();
    await stage.converge(user);
    await stage.setPassword(user);
    await stage.as(MANAGER, user.database, `GRANT USAGE, CREATE ON SCHEMA back TO ${user.userName}_access`);
    await stage.as(user.userName, user.database, 'CREATE TABLE back."mine ""1""" (id int)');
    await stage.admin(
      other.database,
      `CREATE TABLE back.elsewhere (id int); ALTER TABLE back.elsewhere OWNER TO ${user.userName}`,
    );
    const session = await stage.login(user.userName, user.database);
    const state = await stage.state(user);

    const removal = remove(user);

    await expect(removal).rejects.toThrow(
      `'${user.userName}' owns table back."mine ""1""", table back.elsewhere in database '${other.database}'. Drop them, ` +
        'give them to another owner, or choose to reassign them to the admin.',
    );
    expect(await stage.state(user)).toEqual(state);
    expect((await session.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await session.end();
  });

  test('gives what it owns to the admin where that is chosen, in all databases', async () => {
    const user = await stage.shop({ ownedObjects: 'reassign-to-admin' });
    const other = await stage.shop();
    await stage.converge(user);
    await stage.setPassword(user);
    await stage.as(MANAGER, user.database, `GRANT USAGE, CREATE ON SCHEMA back TO ${user.userName}_access`);
    await stage.as(
      user.userName,
      user.database,
      'CREATE TABLE back.mine (id serial)',
      'INSERT INTO back.mine VALUES (7)',
    );
    await stage.admin(
      other.database,
      `CREATE TABLE back.elsewhere (id int); ALTER TABLE back.elsewhere OWNER TO ${user.userName}`,
    );

    await remove(user);

    expect(await stage.as(MANAGER, user.database, 'SELECT id FROM back.mine')).toEqual([{ id: 7 }]);
    const owner = "SELECT tableowner FROM pg_tables WHERE tablename = 'elsewhere'";
    expect(await stage.admin(other.database, owner)).toEqual([{ tableowner: MANAGER }]);
    expect(named(await stage.state(user), `${user.userName}`)).toEqual([]);
  });

  test('default privileges that the role made for itself are nothing that it owns', async () => {
    const user = await stage.shop();
    await stage.converge(user);
    await stage.setPassword(user);
    await stage.as(user.userName, user.database, 'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC');

    await remove(user);

    expect(named(await stage.state(user), user.userName)).toEqual([]);
  });

  test('leaves roles of the same names that were not made for it', async () => {
    const user = await stage.shop();
    await stage.as(MANAGER, user.database, `CREATE ROLE ${user.userName} LOGIN PASSWORD '${PASSWORD}'`);
    const theirs = { ...user, name: 'test/Other', userName: `${user.userName}x` };
    await stage.converge(theirs);
    const state = await stage.state(theirs);

    await expect(stage.converge(user)).rejects.toThrow(
      `'${user.userName}' exists already and was not made for test/Looker. Choose another user name`,
    );
    await expect(stage.setPassword(user)).rejects.toThrow('was not made for test/Looker');
    expect(await remove(user)).toEqual({
      changes: [`left "${user.userName}", which was not made for test/Looker`],
    });
    await remove({ ...theirs, name: 'test/Looker' });

    expect(await stage.state(theirs)).toEqual(state);
    expect(await stage.as(user.userName, user.database, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

const named = (state: unknown, name: string): readonly string[] =>
  (state as { line: string }[])
    .map(({ line }) => line)
    .filter((line) => line.includes(name) && !line.startsWith('database'));
