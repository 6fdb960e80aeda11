import type { DeclaredUser } from '../../../../lib/users/contract';
import { describeWithBinaries } from '../../check/servers/describe-with-binaries';
import { MANAGER, Stage } from './stage';

describeWithBinaries(['postgres', 'initdb'], 'what is declared of a user of PostgreSQL', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start();
  });
  afterAll(() => stage?.stop());

  const everything: Partial<DeclaredUser> = {
    grants: [
      { schema: 'sales', privileges: ['SELECT', 'INSERT'] },
      { schema: 'back', tables: ['secrets'], privileges: ['DELETE'] },
    ],
    futureTables: true,
    connectionLimit: 3,
    statementTimeoutSeconds: 20,
    validUntil: '2030-01-01T00:00:00Z',
    revokePublic: true,
  };

  test.each([MANAGER, 'admin'])('is made at once, and changes nothing when made again, by %s', async (admin) => {
    const user = await stage.shop(everything);

    const first = await stage.converge(user, admin);
    const state = await stage.state(user);
    const second = await stage.converge(user, admin);

    expect(first.changes.length).toBeGreaterThan(10);
    expect(second).toEqual({ changes: [], publicPrivileges: [] });
    expect(await stage.state(user)).toEqual(state);
  });

  test('is described as it is declared', async () => {
    const user = await stage.shop(everything);
    await stage.converge(user);

    const described = await stage.with(user.database, (server) => server.describe(user));

    const role = `${user.userName}_access`;
    expect(described?.facts).toEqual({
      role: { name: role, beyond: [] },
      logins: [
        {
          name: user.userName,
          canLogIn: true,
          lacks: [],
          connectionLimit: 3,
          statementTimeoutSeconds: 20,
          validUntil: '2030-01-01T00:00:00.000Z',
          beyond: [],
        },
      ],
      grants: expect.arrayContaining(
        [
          { on: `DATABASE "${user.database.replace(/"/g, '""')}"`, privileges: ['CONNECT'] },
          { on: 'SCHEMA "sales"', privileges: ['USAGE'] },
          { on: 'TABLE "sales"."orders"', privileges: ['INSERT', 'SELECT'] },
          { on: 'SEQUENCE "sales"."orders_id_seq"', privileges: ['SELECT', 'USAGE'] },
          { on: 'TABLE "back"."secrets"', privileges: ['DELETE'] },
          { on: `SEQUENCES to come of "${MANAGER}" in "sales"`, privileges: ['SELECT', 'USAGE'], holdsFor: 'later' },
          { on: `TABLES to come of "${MANAGER}" in "sales"`, privileges: ['INSERT', 'SELECT'], holdsFor: 'later' },
        ].map((each) => ({ to: role, holdsFor: 'now', ...each })),
      ),
      elsewhere: [],
      publicPrivileges: [],
      owns: [],
      foreign: [],
    });
    expect(described?.facts.grants).toHaveLength(11);
  });

  test('what nobody made is described as nothing', async () => {
    const user = await stage.shop();

    expect(await stage.with(user.database, (server) => server.describe(user))).toBeUndefined();
  });

  test('has the same end whatever it was before', async () => {
    const user = await stage.shop({ grants: [{ schema: 'sales', tables: ['orders'], privileges: ['SELECT'] }] });
    await stage.converge(user);
    const state = await stage.state(user);

    await stage.converge({ ...user, ...everything, revokePublic: false });
    const changed = await stage.state(user);
    await stage.converge(user);

    expect(changed).not.toEqual(state);
    expect(withoutNull(await stage.state(user))).toEqual(withoutNull(state));
  });

  test('takes back all that somebody granted by hand', async () => {
    const user = await stage.shop();
    await stage.converge(user, 'admin');
    const state = await stage.state(user);
    const { database, userName } = user;
    await stage.admin(
      database,
      `GRANT SELECT (id), UPDATE (id) ON back.secrets TO ${userName}`,
      `GRANT INSERT, DELETE ON sales.orders TO ${userName}_access`,
      `GRANT SELECT ON sales.customers TO ${userName}_access WITH GRANT OPTION`,
      `GRANT USAGE, CREATE ON SCHEMA back TO ${userName}`,
      `GRANT TEMPORARY ON DATABASE "${database.replace(/"/g, '""')}" TO ${userName}`,
      `GRANT CONNECT ON DATABASE postgres TO ${userName}`,
      `CREATE ROLE helper_${userName}; CREATE ROLE stranger_${userName}`,
      `GRANT helper_${userName}, pg_monitor TO ${userName}`,
      `GRANT helper_${userName} TO ${userName}_access`,
      `GRANT ${userName}_access TO stranger_${userName}`,
      `ALTER ROLE ${userName} CREATEDB CREATEROLE SUPERUSER CONNECTION LIMIT 9 VALID UNTIL '2031-01-01'`,
      `ALTER ROLE ${userName} SET search_path = back`,
      `ALTER ROLE ${userName} IN DATABASE postgres SET role = helper_${userName}`,
      `CREATE FUNCTION back.f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; GRANT EXECUTE ON FUNCTION back.f(int) TO ${userName}`,
      `GRANT USAGE ON LANGUAGE plpgsql TO ${userName}; GRANT CREATE ON TABLESPACE pg_default TO ${userName}`,
      `CREATE TYPE back.mood AS ENUM ('a'); GRANT USAGE ON TYPE back.mood TO ${userName}`,
      `SELECT lo_create(4711); GRANT SELECT ON LARGE OBJECT 4711 TO ${userName}`,
      `ALTER DEFAULT PRIVILEGES FOR ROLE ${MANAGER} GRANT SELECT ON TABLES TO ${userName}`,
      `ALTER DEFAULT PRIVILEGES FOR ROLE ${MANAGER} IN SCHEMA back GRANT EXECUTE ON FUNCTIONS TO ${userName}_access`,
    );

    await stage.converge(user, 'admin');

    expect(withoutNull(await stage.state(user))).toEqual(withoutNull(state));
    await stage.admin(database, 'SELECT lo_unlink(4711)', `DROP ROLE helper_${userName}, stranger_${userName}`);
  });

  test('takes back what a third role passed on', async () => {
    const user = await stage.shop();
    await stage.converge(user, 'admin');
    const { database, userName } = user;
    await stage.admin(
      database,
      `CREATE ROLE third_${userName}; GRANT USAGE ON SCHEMA back TO third_${userName}`,
      `GRANT SELECT ON back.secrets TO third_${userName} WITH GRANT OPTION`,
      `SET ROLE third_${userName}; GRANT SELECT ON back.secrets TO ${userName}; RESET ROLE`,
    );

    const { changes } = await stage.converge(user, 'admin');

    expect(changes).toEqual([`REVOKE SELECT ON TABLE "back"."secrets" FROM "${userName}"`]);
  });

  test('moves to another database without rights left in the first', async () => {
    const user = await stage.shop();
    const other = await stage.shop({ userName: user.userName });
    await stage.converge(user);

    const { changes } = await stage.converge(other);

    expect(changes).toContainEqual(
      expect.stringMatching(/^REVOKE SELECT ON TABLE "sales"."orders" FROM .* in database "shop/),
    );
    expect(
      JSON.stringify(await stage.admin(user.database, 'SELECT relacl FROM pg_class WHERE oid > 16383')),
    ).not.toContain(user.userName);
    expect((await stage.converge(other)).changes).toEqual([]);
  });

  test('what PUBLIC may do is said, and stays unless it is to go', async () => {
    const user = await stage.shop();
    await stage.as(
      MANAGER,
      user.database,
      'GRANT SELECT ON back.secrets TO PUBLIC',
      'GRANT USAGE ON SCHEMA back TO PUBLIC',
    );

    const reported = await stage.converge(user);
    const revoked = await stage.converge({ ...user, revokePublic: true });

    const database = `DATABASE "${user.database.replace(/"/g, '""')}"`;
    expect(reported.publicPrivileges).toEqual([
      `CONNECT, TEMPORARY on ${database}`,
      'USAGE on SCHEMA "back"',
      'USAGE on SCHEMA "public"',
      'SELECT on TABLE "back"."secrets"',
    ]);
    expect(revoked.publicPrivileges).toEqual([]);
    expect(revoked.changes).toContain(`REVOKE CONNECT, TEMPORARY ON ${database} FROM PUBLIC`);
  });

  test('eight at once take turns', async () => {
    const user = await stage.shop(everything);
    const users = [0, 1, 2, 3].map((i) => ({ ...user, userName: `${user.userName}_${i}x`, revokePublic: false }));

    const done = await Promise.all([...users, ...users].map((each) => stage.converge(each)));

    expect(done.filter(({ changes }) => changes.length === 0)).toHaveLength(4);
    for (const each of users) expect((await stage.converge(each)).changes).toEqual([]);
  });
});

/** A list of rights that is empty and one that was never there are the same. */
function withoutNull(state: unknown): unknown {
  const lines = (state as { line: string }[]).map(({ line }) => line);
  return lines.filter((line) => !/^acl|^schema|^database|^columns/.test(line) || line.includes('looker'));
}
