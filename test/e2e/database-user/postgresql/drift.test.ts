import { differencesOf } from '../../../../lambda/database-user/differences';
import type { DeclaredUser } from '../../../../lib/users/contract';
import { describeWithBinaries } from '../../check/servers/describe-with-binaries';
import { MANAGER, Stage } from './stage';

describeWithBinaries(['postgres', 'initdb'], 'where a user of PostgreSQL is not as it is declared', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start();
  });
  afterAll(() => stage?.stop());

  const LIMITED: Partial<DeclaredUser> = {
    grants: [
      { schema: 'sales', privileges: ['SELECT', 'INSERT'] },
      { schema: 'back', tables: ['secrets'], privileges: ['DELETE'] },
    ],
    connectionLimit: 3,
    statementTimeoutSeconds: 20,
    validUntil: '2030-01-01T00:00:00Z',
  };

  const compare = (user: DeclaredUser, admin = MANAGER) =>
    stage.with(user.database, async (server) => differencesOf(user, await server.describe(user)), admin);
  const kinds = (findings: readonly { readonly kind: string; readonly says: string }[]) =>
    findings.map(({ kind, says }) => `${kind}: ${says}`);

  test.each([false, true])('nowhere once it has converged, with future tables: %s', async (futureTables) => {
    const user = await stage.shop({ ...LIMITED, futureTables, revokePublic: true });
    await stage.converge(user);
    await stage.setPassword(user);

    expect(await compare(user)).toEqual({ differences: [], remarks: [] });
    await stage.setPassword(user, `${user.userName}_2`);
    expect(await compare(user)).toEqual({ differences: [], remarks: [] });
    expect((await stage.converge(user)).changes).toEqual([]);
  });

  interface Change {
    /** What an administrator runs; `me` is the login. */
    readonly change: (me: string, database: string) => readonly string[];
    /** What is found, in the same words but for the name of the login. */
    readonly found: readonly string[];
    readonly declared?: Partial<DeclaredUser>;
    /** What the test's own leftovers need. */
    readonly after?: (me: string) => readonly string[];
  }

  const FUTURE = { ...LIMITED, futureTables: true };

  test.each<[string, Change]>([
    [
      'a privilege more',
      {
        change: (me) => [`GRANT UPDATE, DELETE ON sales.orders TO ${me}_access`],
        found: [`privilege-beyond: 'me_access' has DELETE, UPDATE on TABLE "sales"."orders", which is not declared.`],
      },
    ],
    [
      'a declared privilege, given to the login itself',
      {
        change: (me) => [`GRANT SELECT ON sales.orders TO ${me}`],
        found: [`privilege-beyond: 'me' has SELECT on TABLE "sales"."orders", which is not declared.`],
      },
    ],
    [
      'a column, and the right to pass a privilege on',
      {
        change: (me) => [
          `GRANT SELECT (id) ON back.secrets TO ${me}_access`,
          `GRANT INSERT ON sales.customers TO ${me}_access WITH GRANT OPTION`,
        ],
        found: [
          `privilege-beyond: 'me_access' has GRANT OPTION FOR INSERT on TABLE "sales"."customers", which is not declared.`,
          `privilege-beyond: 'me_access' has SELECT (id) on TABLE "back"."secrets", which is not declared.`,
        ],
      },
    ],
    [
      'a schema, a routine, a type and another database',
      {
        change: (me) => [
          `GRANT CREATE ON SCHEMA sales TO ${me}_access`,
          `CREATE FUNCTION back.${me}(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; GRANT EXECUTE ON FUNCTION back.${me}(int) TO ${me}`,
          `GRANT CONNECT ON DATABASE postgres TO ${me}_access`,
        ],
        found: [
          `privilege-beyond: 'me' has EXECUTE on ROUTINE back.me(integer), which is not declared.`,
          `privilege-beyond: 'me_access' has CONNECT on DATABASE "postgres", which is not declared.`,
          `privilege-beyond: 'me_access' has CREATE on SCHEMA "sales", which is not declared.`,
        ],
      },
    ],
    [
      'a privilege less',
      {
        change: (me) => [
          `REVOKE INSERT ON sales.orders FROM ${me}_access`,
          `REVOKE USAGE ON SCHEMA back FROM ${me}_access`,
        ],
        found: [
          `privilege-missing: 'me_access' lacks INSERT on TABLE "sales"."orders", which is declared.`,
          `privilege-missing: 'me_access' lacks USAGE on SCHEMA "back", which is declared.`,
        ],
      },
    ],
    [
      'all privileges on a table that is named',
      {
        change: (me) => [`REVOKE ALL ON back.secrets FROM ${me}_access`],
        found: [`privilege-missing: 'me_access' lacks DELETE on TABLE "back"."secrets", which is declared.`],
      },
    ],
    [
      'the right to connect',
      {
        change: (me, database) => [`REVOKE CONNECT ON DATABASE ${database} FROM ${me}_access`],
        found: [`privilege-missing: 'me_access' lacks CONNECT on DATABASE database, which is declared.`],
      },
    ],
    [
      'attributes and roles of the login',
      {
        change: (me) => [`ALTER ROLE ${me} SUPERUSER BYPASSRLS`, `GRANT pg_monitor TO ${me}`],
        found: [
          `attribute-beyond: 'me' has beyond what is declared: BYPASSRLS.`,
          `attribute-beyond: 'me' has beyond what is declared: SUPERUSER.`,
          `attribute-beyond: 'me' has beyond what is declared: the role pg_monitor.`,
        ],
      },
    ],
    [
      'attributes, roles and members of the role, as which the logins act',
      {
        change: (me) => [
          `ALTER ROLE ${me}_access CREATEROLE LOGIN`,
          `GRANT pg_read_all_data TO ${me}_access`,
          `CREATE ROLE ${me}_stranger; GRANT ${me}_access TO ${me}_stranger`,
        ],
        found: [
          `attribute-beyond: 'me_access' has beyond what is declared: CREATEROLE.`,
          `attribute-beyond: 'me_access' has beyond what is declared: LOGIN.`,
          `attribute-beyond: 'me_access' has beyond what is declared: the member me_stranger.`,
          `attribute-beyond: 'me_access' has beyond what is declared: the role pg_read_all_data.`,
        ],
        after: (me) => [`DROP ROLE ${me}_stranger`],
      },
    ],
    [
      'settings, whose values stay unsaid',
      {
        change: (me, database) => [
          `ALTER ROLE ${me} SET app.key = 'hunter2'`,
          `ALTER ROLE ${me} IN DATABASE ${database} SET statement_timeout = 0`,
        ],
        found: [
          `attribute-beyond: 'me' has beyond what is declared: the setting app.key.`,
          `attribute-beyond: 'me' has beyond what is declared: the setting statement_timeout in the database database.`,
        ],
      },
    ],
    [
      'the membership, and acting as the role',
      {
        change: (me) => [`REVOKE ${me}_access FROM ${me}`, `ALTER ROLE ${me} RESET role`],
        found: [
          `membership-missing: 'me' lacks acting as me_access from its start.`,
          `membership-missing: 'me' lacks membership of me_access.`,
        ],
      },
    ],
    [
      'limits that are others',
      {
        change: (me) => [
          `ALTER ROLE ${me} CONNECTION LIMIT 9 VALID UNTIL '2031-01-01 00:00:00Z'`,
          `ALTER ROLE ${me} SET statement_timeout = '1min'`,
        ],
        found: [
          `connection-limit: 'me' may have 9 connections; declared: 3.`,
          `statement-timeout: A statement of 'me' may take 60 s; declared: 20 s.`,
          `valid-until: 'me' ends 2031-01-01T00:00:00.000Z; declared: 2030-01-01T00:00:00.000Z.`,
        ],
      },
    ],
    [
      'limits that are gone',
      {
        change: (me) => [
          `ALTER ROLE ${me} CONNECTION LIMIT -1 VALID UNTIL 'infinity'`,
          `ALTER ROLE ${me} RESET statement_timeout`,
        ],
        found: [
          `connection-limit: 'me' may have any number of connections; declared: 3.`,
          `statement-timeout: A statement of 'me' may take any time; declared: 20 s.`,
          `valid-until: 'me' ends never; declared: 2030-01-01T00:00:00.000Z.`,
        ],
      },
    ],
    [
      'a login that is closed',
      { change: (me) => [`ALTER ROLE ${me} NOLOGIN`], found: [`cannot-log-in: 'me' cannot log in.`] },
    ],
    [
      'a login that is dropped',
      { change: (me) => [`DROP ROLE ${me}`], found: [`login-missing: The login 'me' does not exist.`] },
    ],
    [
      'tables to come: fewer privileges, more of them, and of somebody else',
      {
        declared: FUTURE,
        change: (me) => [
          `ALTER DEFAULT PRIVILEGES FOR ROLE ${MANAGER} IN SCHEMA sales REVOKE INSERT ON TABLES FROM ${me}_access`,
          `ALTER DEFAULT PRIVILEGES FOR ROLE ${MANAGER} IN SCHEMA sales GRANT TRUNCATE ON TABLES TO ${me}_access`,
          `ALTER DEFAULT PRIVILEGES FOR ROLE admin GRANT SELECT ON TABLES TO ${me}`,
        ],
        found: [
          `future-privilege-beyond: 'me' has SELECT on TABLES to come of "admin", which is not declared.`,
          `future-privilege-beyond: 'me_access' has TRUNCATE on TABLES to come of "manager" in "sales", which is not declared.`,
          `future-privilege-missing: 'me_access' lacks INSERT on TABLES to come of "manager" in "sales", which is declared.`,
        ],
      },
    ],
    [
      'a table of a new owner, of whom tables to come are not granted',
      {
        declared: FUTURE,
        change: (me) => [
          `CREATE ROLE ${me}_maker; GRANT CREATE ON SCHEMA sales TO ${me}_maker`,
          `SET ROLE ${me}_maker; CREATE TABLE sales.made (id int); RESET ROLE`,
        ],
        found: [
          `privilege-missing: 'me_access' lacks INSERT, SELECT on TABLE "sales"."made", which is declared.`,
          `future-privilege-missing: 'me_access' lacks INSERT, SELECT on TABLES to come of "me_maker" in "sales", which is declared.`,
          `future-privilege-missing: 'me_access' lacks SELECT, USAGE on SEQUENCES to come of "me_maker" in "sales", which is declared.`,
        ],
      },
    ],
    [
      'what PUBLIC has, where it is to go',
      {
        declared: { ...LIMITED, revokePublic: true },
        change: (_, database) => [
          `GRANT TEMPORARY ON DATABASE ${database} TO PUBLIC`,
          'GRANT SELECT ON back.secrets TO PUBLIC',
        ],
        found: [
          `public-privilege: All users have this: SELECT on TABLE "back"."secrets".`,
          `public-privilege: All users have this: TEMPORARY on DATABASE database.`,
        ],
      },
    ],
  ])('%s is found, and gone after the next converge', async (_, { change, found, declared = LIMITED, after }) => {
    const user = await stage.shop(declared);
    const { database, userName: me } = user;
    const quoted = `"${database.replace(/"/g, '""')}"`;
    await stage.converge(user, 'admin');
    await stage.setPassword(user, me, 'admin');
    expect((await compare(user, 'admin')).differences).toEqual([]);

    await stage.admin(database, ...change(me, quoted));
    const { differences } = await compare(user, 'admin');

    const inGeneral = (text: string) =>
      text.replaceAll(quoted, 'database').replaceAll(database, 'database').replaceAll(me, 'me');
    expect(kinds(differences).map(inGeneral)).toEqual(found);
    expect(JSON.stringify(differences)).not.toContain('hunter2');
    expect((await stage.converge(user, 'admin')).changes).not.toEqual([]);
    expect((await compare(user, 'admin')).differences).toEqual([]);
    await stage.admin(database, ...(after?.(me) ?? []));
  });

  test('tables made later are a remark where they are left out, partitions among them', async () => {
    const user = await stage.shop({ grants: [{ schema: 'sales', privileges: ['SELECT'] }], futureTables: false });
    await stage.as(MANAGER, user.database, 'CREATE TABLE sales.parts (day date) PARTITION BY RANGE (day)');
    await stage.converge(user);

    await stage.as(
      MANAGER,
      user.database,
      "CREATE TABLE sales.part_1 PARTITION OF sales.parts FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')",
      'CREATE VIEW sales.view AS SELECT 1 AS one; CREATE SEQUENCE sales.numbers',
    );

    const { differences, remarks } = await compare(user);
    expect(differences).toEqual([]);
    expect(remarks.filter(({ kind }) => kind === 'new-table').map(({ says }) => says)).toEqual(
      ['SEQUENCE "sales"."numbers"', 'TABLE "sales"."part_1"', 'TABLE "sales"."view"'].map((on) =>
        expect.stringContaining(`lacks SELECT on ${on}: made after the last converge, or revoked`),
      ),
    );
  });

  test('what cannot be granted is said instead of failing', async () => {
    const user = await stage.shop({ ...LIMITED, futureTables: true });
    await stage.converge(user);
    await stage.admin(user.database, 'DROP TABLE back.secrets', 'CREATE TABLE sales.closed (id int)');

    const { differences } = await compare(user);

    expect(kinds(differences).filter((each) => each.startsWith('cannot-grant'))).toEqual([
      expect.stringMatching(/^cannot-grant: Declared, and cannot be granted: Schema 'back' has no 'secrets'\./),
      expect.stringMatching(/Tables that 'admin' will make in schema 'sales' cannot be granted ahead/),
    ]);
    await expect(stage.converge(user)).rejects.toThrow(/has no 'secrets'/);
  });

  test('what it owns is found, here and in other databases, unless it may make objects', async () => {
    const user = await stage.shop();
    const other = await stage.shop();
    await stage.converge(user);
    await stage.admin(user.database, `ALTER TABLE sales.orders OWNER TO ${user.userName}_access`);
    await stage.admin(other.database, `ALTER TABLE sales.orders OWNER TO ${user.userName}`);

    const { differences } = await compare(user);

    expect(kinds(differences)).toEqual(
      expect.arrayContaining([
        'owns-objects: It owns table sales.orders.',
        `owns-objects: It owns objects in the database '${other.database}'.`,
      ]),
    );
    const maker = { ...user, grants: [{ schema: 'sales', privileges: ['SELECT', 'CREATE'] }] };
    expect((await compare(maker)).remarks.map(({ says }) => says)).toContain('It owns table sales.orders.');
  });

  test('what it was granted in another database is found', async () => {
    const user = await stage.shop();
    const other = await stage.shop();
    await stage.converge(user);
    await stage.admin(other.database, `GRANT SELECT ON sales.orders TO ${user.userName}`);

    expect(kinds((await compare(user)).differences)).toEqual([
      `privilege-beyond: It was granted something in the database '${other.database}', which is not the declared one.`,
    ]);
    await stage.converge(user);
    expect((await compare(user)).differences).toEqual([]);
  });

  test('a role of the same name that somebody else made is said to be foreign', async () => {
    const user = await stage.shop();
    await stage.converge(user);
    await stage.admin(user.database, `COMMENT ON ROLE ${user.userName} IS 'mine'`);

    expect(kinds((await compare(user)).differences)).toEqual([
      `not-ours: '${user.userName}' was not made for test/Looker.`,
    ]);
    expect(kinds((await compare({ ...user, userName: 'nobody_at_all' })).differences)).toEqual([
      "login-missing: The login 'nobody_at_all' does not exist.",
    ]);
  });
});
