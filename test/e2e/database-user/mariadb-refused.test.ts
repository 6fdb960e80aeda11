import { differencesOf } from '../../../lambda/database-user/differences';
import { connect } from '../../../lambda/database-user/mysql/mysql-user-server';
import { openSession } from '../../../lambda/database-user/mysql/session';
import { authority, issue } from '../../cli/support/certificates';
import { describeWithBinaries } from '../check/servers/describe-with-binaries';
import { Mariadb } from '../check/servers/mariadb';
import { ADMIN, CA, declared, MariadbStage } from './mariadb-stage';

const PASSWORD = 'correct horse battery staple';

describeWithBinaries(['mariadbd', 'mariadb-install-db'], 'what a user of MariaDB is refused for', () => {
  const stage = new MariadbStage();
  beforeAll(() => stage.start());
  afterAll(() => stage.stop());

  const nothingOf = async (action: Promise<unknown>, message: RegExp) => {
    const before = await stage.accounts();
    await expect(action).rejects.toThrow(message);
    expect(await stage.accounts()).toEqual(before);
  };
  const converge = (user = declared()) => stage.with((server) => server.converge(user));
  const remove = (user = declared()) => stage.with((server) => server.remove(user));

  test.each([
    ['of another authority', { certificateAuthorities: authority('Another CA').certificate }, /certificate/],
    ['that is reached by an address', { host: '127.0.0.1' }, /is an address/],
    ['of an unknown authority', { certificateAuthorities: undefined }, /certificate/],
  ])('a server %s is not talked to', async (_, changes, message) => {
    await expect(connect(stage.connection(changes), 'mariadb')).rejects.toThrow(message);
  });

  test.each([
    [
      'whose certificate has another name',
      issue({ commonName: 'x', names: ['x.example.test'], issuer: CA }),
      /does not match/,
    ],
    ['without TLS', undefined, /secure connection/],
  ])('a server %s is not talked to', async (_, identity, message) => {
    const other = new Mariadb();
    const server = await other.start({ identity });
    try {
      await expect(connect(stage.connection({ port: server.port }), 'mariadb')).rejects.toThrow(message);
    } finally {
      await server.stop();
      other.remove();
    }
  });

  test('a server that does not answer, or ends the connection, is an error and no hanging', async () => {
    const session = await openSession(stage.connection(), 300);
    await expect(session.query('SELECT SLEEP(20)')).rejects.toThrow(/timeout/);
    await expect(session.query('SELECT 1')).rejects.toThrow(/closed/);
    await session.close();

    const ended = await openSession(stage.connection());
    const [{ id }] = await ended.query('SELECT CONNECTION_ID() AS id');
    await stage.run(`KILL ${id}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await expect(ended.query('SELECT 1')).rejects.toThrow();
    await ended.close();
  });

  test('a server of another kind is not changed', async () => {
    await expect(connect(stage.connection(), 'mysql')).rejects.toThrow(/MariaDB.*needs MySQL 8\.0\.14/);
    const server = await connect(stage.connection(), 'mariadb');
    expect(await server.rotation()).toBe('two-logins');
    await server.close();
  });

  test.each([
    ['a login', "CREATE USER looker IDENTIFIED BY 'x'", 'DROP USER looker'],
    ['a login for one host', "CREATE USER looker@'10.%' ACCOUNT LOCK", "DROP USER looker@'10.%'"],
    ['a second login', "CREATE USER looker_2 IDENTIFIED BY 'x'", 'DROP USER looker_2'],
    [
      'a locked login with rights',
      'CREATE USER looker ACCOUNT LOCK; GRANT SELECT ON other.* TO looker',
      'DROP USER looker',
    ],
    [
      'a role with rights',
      'CREATE ROLE looker_access; GRANT SELECT ON other.* TO looker_access',
      'DROP ROLE looker_access',
    ],
    [
      'a role with members',
      "CREATE ROLE looker_access; CREATE USER ann IDENTIFIED BY 'x'; GRANT looker_access TO ann",
      'DROP ROLE looker_access; DROP USER ann',
    ],
  ])('%s that somebody else has made is neither changed nor removed', async (_, made, undone) => {
    await stage.run(made);

    await nothingOf(converge(), /^prod\/Looker: .*(?:was not made by this program|members that this program)/);
    await nothingOf(remove(), /^prod\/Looker: /);
    await nothingOf(
      stage.with((server) => server.setPassword(declared(), 'looker', PASSWORD, { keepOld: false })),
      /^prod\/Looker: /,
    );

    await stage.run(undone);
  });

  test.each([
    [{ userName: ADMIN }, /would change 'admin'/],
    [{ auth: 'iam' as const }, /no AWSAuthenticationPlugin/],
    [{ validUntil: '2027-01-01T00:00:00Z' }, /validUntil/],
    [{ grants: [{ schema: 'nowhere', privileges: ['SELECT'] }] }, /'nowhere' does not exist/],
    [{ grants: [{ schema: 'OR_DERS', privileges: ['SELECT'] }] }, /'OR_DERS' does not exist/],
    [{ grants: [{ schema: 'other', tables: ['nothing'], privileges: ['SELECT'] }] }, /other has no table 'nothing'/],
    [{ grants: [{ schema: 'mysql', privileges: ['SELECT'] }] }, /not a database that can be granted/],
  ])('%j changes nothing', async (changes, message) => {
    await nothingOf(converge(declared(changes)), message);
  });

  test.each(['view', 'procedure', 'trigger', 'event'])(
    'a %s of the login keeps it from being removed',
    async (kind) => {
      const made = {
        view: 'VIEW other.mine AS SELECT 1',
        procedure: 'PROCEDURE other.mine() SELECT 1',
        trigger: 'TRIGGER other.mine BEFORE INSERT ON other.customers FOR EACH ROW SET NEW.id = 1',
        event: 'EVENT other.mine ON SCHEDULE EVERY 1 YEAR DO SELECT 1',
      }[kind];
      await converge();
      // It is open, so that a lock on it would be seen.
      await stage.with((server) => server.setPassword(declared(), 'looker', PASSWORD, { keepOld: false }));
      await stage.run(`CREATE DEFINER = looker ${made}`);

      await nothingOf(remove(), /still the definer of \w+ other\.mine/);
      await nothingOf(remove(declared({ ownedObjects: 'reassign-to-admin' })), /not given to the administrator/);
      await stage.run(`DROP ${kind} other.mine`);
      await remove();

      expect(JSON.stringify(await stage.accounts())).not.toContain('looker');
    },
  );

  test('a user that is removed is gone, with its sessions, and removed again is no failure', async () => {
    const before = await stage.accounts();
    await stage.with(async (server) => {
      await server.converge(declared());
      await server.setPassword(declared(), 'looker', PASSWORD, { keepOld: false });
      await server.setPassword(declared(), 'looker_2', PASSWORD, { keepOld: false });
    });
    const sessions = await Promise.all(['looker', 'looker', 'looker_2'].map((user) => stage.logIn(user, PASSWORD)));
    for (const session of sessions) session.on('error', () => {});

    const { changes } = await remove();

    expect(changes).toEqual([
      'locked looker',
      'locked looker_2',
      'ended 2 sessions of looker',
      'ended 1 sessions of looker_2',
      'dropped the role looker_access',
      'dropped the login looker',
      'dropped the login looker_2',
    ]);
    for (const session of sessions) await expect(session.query('SELECT 1')).rejects.toThrow();
    expect(await stage.accounts()).toEqual(before);
    expect((await remove()).changes).toEqual([]);
  });

  test.each([
    'quo\'te"s',
    'back`tick`',
    'back\\slash\\',
    '%',
    "x'; DROP DATABASE other; -- ",
    '`@`%`; DROP DATABASE other; -- x',
    'jérôme',
    '数据',
    'a@b',
  ])('a user named %s is made, logs in and is removed, or is refused', async (userName) => {
    const odd = '`; DROP DATABASE other; -- x';
    await stage.run('CREATE DATABASE `o\'d_d``%"`; CREATE TABLE `o\'d_d``%"`.```; DROP DATABASE other; -- x` (id INT)');
    const before = await stage.accounts();
    const user = declared({ userName, grants: [{ schema: 'o\'d_d`%"', tables: [odd], privileges: ['SELECT'] }] });
    try {
      if (userName !== userName.trim()) {
        await nothingOf(converge(user), /not a valid name/);
        return;
      }
      await converge(user);
      await stage.with((server) => server.setPassword(user, userName, PASSWORD, { keepOld: false }));
      expect(await converge(user)).toMatchObject({ changes: [] });
      const all = declared({ userName, grants: [{ schema: 'o\'d_d`%"', privileges: ['SELECT'] }] });
      const read = 'SELECT * FROM `o\'d_d``%"`.```; DROP DATABASE other; -- x`';
      expect(await stage.attempt(userName, PASSWORD, read)).toEqual(['done']);
      await converge(all);
      expect(await stage.attempt(userName, PASSWORD, read, 'SELECT * FROM other.customers')).toEqual(['done', 1142]);
      expect(await converge(all)).toMatchObject({ changes: [] });
      expect(differencesOf(all, await stage.with((server) => server.describe(all)))).toEqual({
        differences: [],
        remarks: [],
      });
      await remove(user);
      expect(await stage.accounts()).toEqual(before);
    } finally {
      await stage.run('DROP DATABASE `o\'d_d``%"`');
    }
  });

  test('what everybody may do is reported, and taken from PUBLIC in the declared database on request', async () => {
    await stage.run(`GRANT SELECT ON other.* TO PUBLIC; GRANT INSERT ON \`or\\_ders\`.* TO PUBLIC;
      GRANT UPDATE ON or_ders.customers TO PUBLIC; CREATE USER ''@'here.example.test'`);
    const { publicPrivileges } = await converge();
    const { changes, publicPrivileges: after } = await converge(declared({ revokePublic: true }));
    await stage.run("REVOKE SELECT ON other.* FROM PUBLIC; DROP USER ''@'here.example.test'");
    await remove();

    expect(publicPrivileges).toEqual([
      'PUBLIC has INSERT on `or\\_ders`.*',
      'PUBLIC has UPDATE on `or_ders`.`customers`',
      "the anonymous account ''@'here.example.test' takes logins from there in place of '...'@'%'",
    ]);
    expect(changes).toEqual([
      'revoked INSERT on `or\\_ders`.* from PUBLIC',
      'revoked UPDATE on `or_ders`.`customers` from PUBLIC',
    ]);
    expect(after).toHaveLength(1);
  });
});
