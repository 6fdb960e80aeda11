import { describeWithBinaries } from '../check/servers/describe-with-binaries';
import { declared, MariadbStage } from './mariadb-stage';
import {
  ALL,
  CREATE,
  FUTURE,
  LOOKALIKE,
  OTHER,
  OTHER_TABLE,
  READ,
  REFUSALS,
  TEMPORARY,
  VIEW,
  WRITE,
} from './mariadb-statements';

const PASSWORD = 'correct horse battery staple';
const LOGIN_DENIED = 1045;

describeWithBinaries(['mariadbd', 'mariadb-install-db'], 'a user of MariaDB', () => {
  const stage = new MariadbStage();
  beforeAll(() => stage.start());
  afterAll(() => stage.stop());
  afterEach(() => stage.with((server) => server.remove(declared())));

  const FULL = declared({ connectionLimit: 2, statementTimeoutSeconds: 1.5 });

  test('is made as declared, and made again changes nothing', async () => {
    const first = await stage.with((server) => server.converge(FULL));
    const state = await stage.accounts();
    const second = await stage.with((server) => server.converge(FULL));

    expect(first.changes).toEqual([
      'made the role looker_access, which cannot log in',
      'made the login looker, which cannot log in yet',
      'made looker a member of looker_access',
      'looker acts as looker_access from its start',
      'granted SELECT on `or\\_ders`.* to looker_access',
    ]);
    expect(second.changes).toEqual([]);
    expect(await stage.accounts()).toEqual(state);
  });

  test('cannot log in before it has a password, and then over TLS only', async () => {
    await stage.with((server) => server.converge(FULL));
    for (const tried of ['', 'invalid', PASSWORD]) {
      await expect(stage.logIn('looker', tried)).rejects.toMatchObject({ errno: expect.any(Number) });
    }

    await stage.with((server) => server.setPassword(FULL, 'looker', PASSWORD, { keepOld: false }));

    expect(await stage.attempt('looker', PASSWORD, 'SELECT * FROM or_ders.customers')).toEqual(['done']);
    await expect(stage.logIn('looker', 'wrong')).rejects.toMatchObject({ errno: LOGIN_DENIED });
    await expect(stage.logIn('looker', PASSWORD, false)).rejects.toMatchObject({ errno: LOGIN_DENIED });
    await stage.with((server) => server.converge(FULL));
    expect(await stage.attempt('looker', PASSWORD, 'SELECT 1')).toEqual(['done']);
  });

  test('has the limits that are declared, and those only', async () => {
    const withPassword = async (user: typeof FULL) =>
      stage.with(async (server) => {
        await server.converge(user);
        await server.setPassword(user, 'looker', PASSWORD, { keepOld: false });
      });
    await withPassword(FULL);
    const [first, second] = [await stage.logIn('looker', PASSWORD), await stage.logIn('looker', PASSWORD)];
    await expect(stage.logIn('looker', PASSWORD)).rejects.toMatchObject({ errno: 1226 });
    await expect(first.query('SELECT SLEEP(5) FROM or_ders.invoices')).rejects.toMatchObject({ errno: 1969 });
    await Promise.all([first.end(), second.end()]);

    await withPassword(declared());

    const three = await Promise.all([1, 2, 3].map(() => stage.logIn('looker', PASSWORD)));
    expect(await three[0].query('SELECT SLEEP(2)')).toBeDefined();
    await Promise.all(three.map((each) => each.end()));
  });

  test.each([
    ['reading of all tables', [{ schema: 'or_ders', privileges: ['SELECT'] }], true, [READ, OTHER_TABLE, VIEW, FUTURE]],
    [
      'reading of all tables of today',
      [{ schema: 'or_ders', privileges: ['select'] }],
      false,
      [READ, OTHER_TABLE, VIEW],
    ],
    ['reading of one table', [{ schema: 'or_ders', tables: ['customers'], privileges: ['SELECT'] }], true, [READ]],
    [
      'writing of one table, reading of another',
      [
        { schema: 'or_ders', tables: ['invoices'], privileges: ['INSERT'] },
        { schema: 'or_ders', tables: ['customers'], privileges: ['SELECT'] },
      ],
      false,
      [READ, WRITE],
    ],
    [
      'two databases',
      [
        { schema: 'orXders', tables: ['customers'], privileges: ['SELECT'] },
        { schema: 'other', privileges: ['SELECT', 'INSERT'] },
      ],
      true,
      [LOOKALIKE, OTHER],
    ],
    [
      'tables of its own',
      [{ schema: 'or_ders', privileges: ['CREATE', 'CREATE TEMPORARY TABLES'] }],
      true,
      [CREATE, TEMPORARY],
    ],
    [
      'everything in one database',
      [{ schema: 'or_ders', privileges: ['ALL'] }],
      true,
      [READ, WRITE, OTHER_TABLE, VIEW, FUTURE, CREATE, TEMPORARY],
    ],
  ])('with %s does what is granted and nothing else', async (_, grants, futureTables, allowed) => {
    const user = declared({ grants, futureTables });
    await stage.with(async (server) => {
      await server.converge(declared({ grants: [{ schema: 'other', privileges: ['ALL'] }] }));
      await server.converge(user);
      await server.setPassword(user, 'looker', PASSWORD, { keepOld: false });
      await server.setPassword(user, 'looker_2', `${PASSWORD} 2`, { keepOld: false });
    });
    await stage.run('CREATE TABLE or_ders.made_later (id INT)');
    try {
      for (const [login, password] of [
        ['looker', PASSWORD],
        ['looker_2', `${PASSWORD} 2`],
      ]) {
        const results = await stage.attempt(login, password, ...ALL);
        await stage.run('DROP TABLE IF EXISTS or_ders.mine');

        expect(ALL.filter((_, i) => results[i] === 'done')).toEqual(ALL.filter((sql) => allowed.includes(sql)));
        expect(results.filter((result) => result !== 'done' && !REFUSALS.includes(result as number))).toEqual([]);
      }
      const again = await stage.with((server) => server.converge(user));
      expect(again.changes).toEqual(
        allowed.includes(FUTURE) || !(grants[0].privileges[0] === 'select')
          ? []
          : [expect.stringContaining('made_later')],
      );
    } finally {
      await stage.run('DROP TABLE or_ders.made_later');
    }
  });

  test('loses what somebody has added to the role or the logins', async () => {
    await stage.with((server) => server.converge(declared()));
    const state = await stage.accounts();
    await stage.run(`CREATE ROLE IF NOT EXISTS power; GRANT power TO looker_access; GRANT power TO looker;
      GRANT SUPER, SELECT ON *.* TO looker_access WITH GRANT OPTION; GRANT ALL ON \`or\\_ders\`.* TO looker_access;
      GRANT SELECT (secret), INSERT ON other.customers TO looker_access; GRANT PROXY ON root@localhost TO looker;
      CREATE PROCEDURE other.\`pro\`\`c\`() SELECT 1; GRANT EXECUTE ON PROCEDURE other.\`pro\`\`c\` TO looker_access;
      GRANT INSERT ON \`or%\`.* TO looker; SET DEFAULT ROLE NONE FOR looker; ALTER USER looker REQUIRE NONE`);

    const { changes } = await stage.with((server) => server.converge(declared()), { user: 'root', password: '' });

    await stage.run('DROP ROLE power; DROP PROCEDURE other.`pro``c`');
    expect(changes).toContain('revoked `power` from looker');
    expect(await stage.accounts()).toEqual(state);
  });

  test('is the same however many make it at once', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => stage.with((server) => server.converge(FULL))));

    expect(all.filter(({ changes }) => changes.length > 0)).toHaveLength(1);
  });

  test('is described as it is', async () => {
    expect(await stage.with((server) => server.describe(FULL))).toBeUndefined();
    await stage.with((server) => server.converge(FULL));
    await stage.run('CREATE DEFINER = looker VIEW other.theirs AS SELECT 1; GRANT RELOAD ON *.* TO looker');

    const described = await stage.with((server) => server.describe(FULL));

    await stage.run('DROP VIEW other.theirs');
    expect(described?.facts).toEqual({
      role: { name: 'looker_access', beyond: [] },
      logins: [
        {
          name: 'looker',
          canLogIn: false,
          lacks: [],
          connectionLimit: 2,
          statementTimeoutSeconds: 1.5,
          beyond: [],
        },
      ],
      grants: [
        { to: 'looker_access', on: '`or\\_ders`.*', privileges: ['SELECT'], holdsFor: 'both' },
        { to: 'looker', on: '*.*', privileges: ['RELOAD'], holdsFor: 'both' },
      ],
      elsewhere: [],
      publicPrivileges: [],
      owns: ['view other.theirs'],
      foreign: [],
    });
  });
});
