import { differencesOf } from '../../../lambda/database-user/differences';
import type { DeclaredUser } from '../../../lib/users/contract';
import { describeWithBinaries } from '../check/servers/describe-with-binaries';
import { declared, MariadbStage } from './mariadb-stage';

const PASSWORD = 'correct horse battery staple';

describeWithBinaries(['mariadbd', 'mariadb-install-db'], 'where a user of MariaDB is not as it is declared', () => {
  const stage = new MariadbStage();
  beforeAll(() => stage.start());
  afterAll(() => stage.stop());
  afterEach(async () => {
    await stage.run(
      'DROP USER IF EXISTS looker@localhost; DROP TABLE IF EXISTS or_ders.later; DROP VIEW IF EXISTS other.mine',
    );
    await stage.run('CREATE TABLE IF NOT EXISTS or_ders.invoices (id INT)');
    // What somebody broke so far that it is not taken for ours any more.
    await stage.run('DROP USER IF EXISTS looker, looker_2; DROP ROLE IF EXISTS looker_access, power');
  });

  const ALL_TABLES = declared({ connectionLimit: 2, statementTimeoutSeconds: 1.5 });
  const OF_TODAY = declared({ futureTables: false });
  const NAMED = declared({
    grants: [
      { schema: 'or_ders', tables: ['customers'], privileges: ['SELECT', 'INSERT'] },
      { schema: 'other', privileges: ['ALL'] },
    ],
  });

  const make = async (user: DeclaredUser, login = 'looker') =>
    stage.with(async (server) => {
      await server.converge(user);
      await server.setPassword(user, login, `${PASSWORD} of ${login}`, { keepOld: false });
    });
  const compare = (user: DeclaredUser) =>
    stage.with(async (server) => differencesOf(user, await server.describe(user)));
  const kinds = (findings: readonly { readonly kind: string; readonly says: string }[]) =>
    findings.map(({ kind, says }) => `${kind}: ${says}`);

  test.each([
    ['all tables', ALL_TABLES],
    ['the tables of today', OF_TODAY],
    ['named tables and everything', NAMED],
  ])('nowhere once it has converged and has a password: %s', async (_, user) => {
    await make(user);
    expect(await compare(user)).toEqual({ differences: [], remarks: [] });

    await make(user, 'looker_2');
    expect(await compare(user)).toEqual({ differences: [], remarks: [] });
    expect((await stage.with((server) => server.converge(user))).changes).toEqual([]);
  });

  test('it does not exist before it is made', async () => {
    expect(kinds((await compare(ALL_TABLES)).differences)).toEqual([
      "login-missing: The login 'looker' does not exist.",
    ]);
  });

  interface Change {
    readonly user?: DeclaredUser;
    /** What root runs. */
    readonly change: string;
    readonly found: readonly string[];
    /** Converge refuses to touch what may not be its own. */
    readonly refused?: true;
  }

  test.each<[string, Change]>([
    [
      'a privilege more on the database',
      {
        change: 'GRANT INSERT, DROP ON `or\\_ders`.* TO looker_access',
        found: [
          "privilege-beyond: 'looker_access' has DROP, INSERT on `or\\_ders`.* (tables made later included), which is not declared.",
        ],
      },
    ],
    [
      'everything instead of something, and the right to pass it on',
      {
        change: 'GRANT ALL ON `or\\_ders`.* TO looker_access WITH GRANT OPTION',
        found: [
          "privilege-beyond: 'looker_access' has ALL PRIVILEGES, GRANT OPTION on `or\\_ders`.* (tables made later included), which is not declared.",
        ],
      },
    ],
    [
      'a whole database where tables are declared',
      {
        user: NAMED,
        change: 'GRANT SELECT ON `or\\_ders`.* TO looker_access; REVOKE INSERT ON or_ders.customers FROM looker_access',
        found: [
          "privilege-beyond: 'looker_access' has SELECT on `or\\_ders`.* (tables made later included), which is not declared.",
          "privilege-missing: 'looker_access' lacks INSERT on `or_ders`.`customers`, which is declared.",
        ],
      },
    ],
    [
      'a pattern of databases, a column, a routine and the server',
      {
        change: `GRANT SELECT ON \`or%\`.* TO looker; GRANT SELECT (secret) ON other.customers TO looker_access;
          GRANT RELOAD ON *.* TO looker_access`,
        found: [
          "privilege-beyond: 'looker' has SELECT on `or%`.* (tables made later included), which is not declared.",
          "privilege-beyond: 'looker_access' has RELOAD on *.* (tables made later included), which is not declared.",
          "privilege-beyond: 'looker_access' has SELECT (`secret`) on `other`.`customers`, which is not declared.",
        ],
      },
    ],
    [
      'a privilege less on the database',
      {
        change: 'REVOKE SELECT ON `or\\_ders`.* FROM looker_access; GRANT SELECT ON or_ders.customers TO looker_access',
        found: [
          "privilege-beyond: 'looker_access' has SELECT on `or_ders`.`customers`, which is not declared.",
          "privilege-missing: 'looker_access' lacks SELECT on `or\\_ders`.* (tables made later included), which is declared.",
        ],
      },
    ],
    [
      'one privilege less of all',
      {
        user: NAMED,
        change: 'REVOKE DROP ON other.* FROM looker_access',
        found: [
          "privilege-missing: 'looker_access' lacks ALL PRIVILEGES on `other`.* (tables made later included), which is declared.",
        ],
      },
    ],
    [
      'roles, a proxy and another default role',
      {
        change: `CREATE ROLE power; GRANT power TO looker; GRANT power TO looker_access; SET DEFAULT ROLE power FOR looker;
          GRANT PROXY ON root@localhost TO looker`,
        found: [
          "attribute-beyond: 'looker' has beyond what is declared: acts as `root`@`localhost`.",
          "attribute-beyond: 'looker' has beyond what is declared: the default role power.",
          "attribute-beyond: 'looker' has beyond what is declared: the role `power`.",
          "attribute-beyond: 'looker_access' has beyond what is declared: the role `power`.",
          "membership-missing: 'looker' lacks acting as looker_access from its start.",
        ],
      },
    ],
    [
      'a login without TLS and without limits',
      {
        change: 'ALTER USER looker REQUIRE NONE WITH MAX_USER_CONNECTIONS 0 MAX_STATEMENT_TIME 0',
        found: [
          "attribute-beyond: 'looker' has beyond what is declared: logs in without TLS.",
          "connection-limit: 'looker' may have any number of connections; declared: 2.",
          "statement-timeout: A statement of 'looker' may take any time; declared: 1.5 s.",
        ],
      },
    ],
    [
      'a login that is dropped',
      {
        change: 'DROP USER looker',
        found: [
          // A role without a member of ours may be anybody's.
          "not-ours: the role 'looker_access' was not made by this program: choose another userName, or drop it.",
          "login-missing: The login 'looker' does not exist.",
        ],
        refused: true,
      },
    ],
    [
      'a role that is dropped',
      {
        change: 'DROP ROLE looker_access',
        found: [
          "not-ours: the account 'looker'@'%' was not made by this program: choose another userName, or drop it.",
          "role-missing: The role 'looker_access', which holds the privileges, does not exist.",
          "membership-missing: 'looker' lacks membership of looker_access.",
        ],
        refused: true,
      },
    ],
    [
      'another account of the same name',
      {
        change: 'CREATE USER looker@localhost; GRANT ALL ON *.* TO looker@localhost',
        found: ["not-ours: 'looker'@'localhost' was not made by this program: choose another userName, or drop it."],
        refused: true,
      },
    ],
    [
      'a table that is named and dropped',
      {
        user: declared({ grants: [{ schema: 'or_ders', tables: ['invoices'], privileges: ['SELECT'] }] }),
        change: 'DROP TABLE or_ders.invoices',
        found: ["cannot-grant: Declared, and cannot be granted: or_ders has no table 'invoices'."],
        refused: true,
      },
    ],
    [
      'a view that runs as the login',
      {
        change: 'CREATE DEFINER = looker VIEW other.mine AS SELECT 1',
        found: ['owns-objects: It owns view other.mine.'],
        refused: true,
      },
    ],
  ])('%s is found', async (_, { user = ALL_TABLES, change, found, refused }) => {
    await make(user);

    await stage.run(change);
    const { differences } = await compare(user);

    expect(kinds(differences)).toEqual(found);
    if (refused) return;
    const { changes } = await stage.with((server) => server.converge(user), { user: 'root', password: '' });
    expect(changes).not.toEqual([]);
    // A login that is made anew gets its password afterwards.
    await make(user);
    expect((await compare(user)).differences).toEqual([]);
  });

  test('a login that is locked is found', async () => {
    await make(ALL_TABLES);
    await stage.run('ALTER USER looker ACCOUNT LOCK');

    expect(kinds((await compare(ALL_TABLES)).differences)).toEqual(["cannot-log-in: 'looker' cannot log in."]);
  });

  test('tables made and dropped since the last converge are remarks', async () => {
    await make(OF_TODAY);
    await stage.run('CREATE TABLE or_ders.later (id INT); DROP TABLE or_ders.invoices');

    const { differences, remarks } = await compare(OF_TODAY);

    expect(differences).toEqual([]);
    expect(kinds(remarks)).toEqual([
      "new-table: 'looker_access' lacks SELECT on `or_ders`.`later`: made after the last converge, or revoked; the next converge grants it.",
      "dropped-table: 'looker_access' has SELECT on `or_ders`.`invoices`, which does not exist any more: the next converge revokes it.",
    ]);
    await make(OF_TODAY);
    expect(await compare(OF_TODAY)).toEqual({ differences: [], remarks: [] });
  });

  test('what everybody has is a remark, and a difference where it is to go', async () => {
    await make(ALL_TABLES);
    await stage.run('GRANT SELECT ON other.* TO PUBLIC; GRANT DELETE ON or_ders.customers TO PUBLIC');
    try {
      const said = 'public-privilege: All users have this: PUBLIC has DELETE on `or_ders`.`customers`.';
      expect(kinds((await compare(ALL_TABLES)).remarks)).toEqual([said]);
      expect(kinds((await compare({ ...ALL_TABLES, revokePublic: true })).differences)).toEqual([said]);
    } finally {
      await stage.run('REVOKE SELECT ON other.* FROM PUBLIC; REVOKE DELETE ON or_ders.customers FROM PUBLIC');
    }
  });
});
