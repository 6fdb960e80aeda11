import type { DeclaredUser } from '../../../../lib/users/contract';
import { describeWithBinaries } from '../../check/servers/describe-with-binaries';
import { MANAGER, Stage } from './stage';
import {
  makeNewTables,
  READ,
  READ_NEW,
  REFUSAL,
  STATEMENTS,
  type Tried,
  tried,
  WRITE,
  withOtherOwner,
} from './statements';

const READ_WRITE = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];

const CASES: readonly (readonly [name: string, user: Partial<DeclaredUser>, allowed: readonly Tried[]])[] = [
  ['nothing', { grants: [] }, []],
  ['reading', { grants: [{ schema: 'sales', privileges: ['SELECT'] }] }, READ],
  [
    'reading, in the future too',
    { grants: [{ schema: 'sales', privileges: ['SELECT'] }], futureTables: true },
    [...READ, ...READ_NEW],
  ],
  [
    'reading one table',
    { grants: [{ schema: 'sales', tables: ['orders'], privileges: ['SELECT'] }], futureTables: true },
    ['read a table', 'read a sequence'],
  ],
  ['reading and writing', { grants: [{ schema: 'sales', privileges: READ_WRITE }] }, [...READ, ...WRITE]],
  [
    'reading and writing, in the future too',
    { grants: [{ schema: 'sales', privileges: READ_WRITE }], futureTables: true },
    [...READ, ...WRITE, ...READ_NEW, 'insert into a new table'],
  ],
  [
    'inserting into one table',
    { grants: [{ schema: 'sales', tables: ['orders'], privileges: ['insert'] }] },
    ['insert with a serial'],
  ],
  [
    'what is named',
    {
      grants: [
        { schema: 'sales', tables: ['customers'], privileges: ['TRUNCATE'] },
        { schema: 'sales', tables: ['orders_id_seq'], privileges: ['UPDATE'] },
        { schema: 'back', tables: ['secrets'], privileges: ['SELECT'] },
      ],
    },
    ['truncate', 'set a sequence', 'read another schema'],
  ],
  ['making tables', { grants: [{ schema: 'sales', privileges: ['CREATE'] }] }, ['make a table']],
];

describeWithBinaries(['postgres', 'initdb'], 'what a user of PostgreSQL may do', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start();
  });
  afterAll(() => stage?.stop());

  test.each(CASES)('with a grant of %s', async (_, more, allowed) => {
    const user = await stage.shop(more);
    const other = await withOtherOwner(stage, user);
    await stage.converge(user);
    await stage.setPassword(user);
    await makeNewTables(stage, user, other);

    const { allowed: done, refusals } = tried(
      await stage.outcomes(user.userName, user.database, ...Object.values(STATEMENTS)),
    );

    expect(done).toEqual(Object.keys(STATEMENTS).filter((name) => allowed.includes(name as Tried)));
    for (const refusal of refusals) expect(refusal).toMatch(REFUSAL);
  });

  test('what it makes belongs to the role, whichever login made it', async () => {
    const user = await stage.shop({ grants: [{ schema: 'sales', privileges: ['CREATE'] }] });
    const second = `${user.userName}_2`;
    await stage.converge(user);
    await stage.setPassword(user);
    await stage.setPassword(user, second);

    await stage.as(
      user.userName,
      user.database,
      'CREATE TABLE sales.mine (id int)',
      'INSERT INTO sales.mine VALUES (1)',
    );

    expect(await stage.as(second, user.database, 'DROP TABLE sales.mine')).toEqual([]);
    expect((await stage.converge(user)).changes).toEqual([]);
  });

  test('its limits hold', async () => {
    const user = await stage.shop({ connectionLimit: 1, statementTimeoutSeconds: 1 });
    await stage.converge(user);
    await stage.setPassword(user);

    const first = await stage.login(user.userName, user.database);

    await expect(stage.login(user.userName, user.database)).rejects.toThrow('too many connections for role');
    await expect(first.query('SELECT pg_sleep(2)')).rejects.toThrow('canceling statement due to statement timeout');
    await first.end();
    await stage.converge({ ...user, validUntil: '2020-01-01T00:00:00Z' });
    await expect(stage.login(user.userName, user.database)).rejects.toThrow('password authentication failed');
  });

  test('what takes the rights of an owner that the admin has not is refused with the way out', async () => {
    const user = await stage.shop();
    const { database, userName } = user;
    const owner = `owner_${userName}`;
    await stage.admin(
      database,
      `CREATE ROLE ${owner}; CREATE TABLE sales.theirs (id int); ALTER TABLE sales.theirs OWNER TO ${owner}`,
    );
    const state = await stage.state(user);

    await expect(stage.converge(user)).rejects.toThrow(
      new RegExp(
        `'manager' may not run GRANT SELECT ON TABLE "sales"."theirs" .*run it as that role, or GRANT "${owner}" TO "manager" first`,
      ),
    );
    await expect(stage.converge({ ...user, futureTables: true })).rejects.toThrow(
      `Tables that '${owner}' will make in schema 'sales' cannot be granted ahead`,
    );
    expect(await stage.state(user)).toEqual(state);

    await stage.admin(database, `GRANT SELECT ON sales.theirs TO ${MANAGER}`);
    await expect(stage.converge(user)).rejects.toThrow(`had no effect. It takes the rights of '${owner}'`);

    await stage.admin(database, `GRANT ${owner} TO ${MANAGER}`);
    await stage.converge({ ...user, futureTables: true });
  });

  test('what is not there cannot be granted', async () => {
    const user = await stage.shop();
    const grants = (schema: string, tables: string[] | undefined, ...privileges: string[]) =>
      stage.converge({ ...user, grants: [{ schema, tables, privileges }] });

    await expect(grants('nowhere', undefined, 'SELECT')).rejects.toThrow("There is no schema 'nowhere'");
    await expect(grants('sales', ['orders', 'gone'], 'SELECT')).rejects.toThrow("Schema 'sales' has no 'gone'");
    await expect(grants('sales', undefined, 'EXECUTE')).rejects.toThrow("'EXECUTE' is not a privilege on tables");
    await expect(grants('sales', undefined, 'SELECT ON x TO y; DROP TABLE z; --')).rejects.toThrow(
      'is not a privilege',
    );
    expect(await stage.with(user.database, (server) => server.describe(user))).toBeUndefined();
  });
});
