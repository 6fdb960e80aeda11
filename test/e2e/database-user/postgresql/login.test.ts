import { connect } from '../../../../lambda/database-user/postgresql/server';
import type { DeclaredUser } from '../../../../lib/users/contract';
import { authority } from '../../../cli/support/certificates';
import { describeWithBinaries } from '../../check/servers/describe-with-binaries';
import { Postgresql } from '../../check/servers/postgresql';
import { MANAGER, PASSWORD, Stage } from './stage';

describeWithBinaries(['postgres', 'initdb'], 'the login of a user of PostgreSQL', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start();
  });
  afterAll(() => stage?.stop());

  test('gets in once it has a password, and both logins do', async () => {
    const user = await stage.shop();
    const second = `${user.userName}_2`;
    await stage.converge(user);
    await expect(stage.login(user.userName, user.database)).rejects.toThrow('password authentication failed');

    await stage.setPassword(user);
    await stage.setPassword(user, second);

    for (const login of [user.userName, second]) {
      expect(await stage.as(login, user.database, 'SELECT item FROM sales.orders')).toEqual([{ item: 'chair' }]);
    }
    await stage.converge({ ...user, grants: [{ schema: 'back', privileges: ['SELECT'] }] });
    expect(await stage.as(second, user.database, 'SELECT * FROM back.secrets')).toEqual([]);
    expect(await stage.outcomes(second, user.database, 'SELECT * FROM sales.orders')).toEqual([
      'permission denied for schema sales',
    ]);
  });

  test('has one password at a time, and only as one of the two', async () => {
    const user = await stage.shop();
    await stage.with(user.database, async (server) => {
      const set = (login: string, keepOld = false) => server.setPassword(user, login, PASSWORD, { keepOld });

      expect(await server.rotation()).toBe('two-logins');
      await expect(set(user.userName, true)).rejects.toThrow('one password for a login');
      await expect(set(MANAGER)).rejects.toThrow("'manager' is not a login of test/Looker");
      await expect(set(`${user.userName}_access`)).rejects.toThrow('is not a login');
      await expect(server.discardOldPassword(user.userName)).rejects.toThrow('there is no old one');
    });
  });

  test('the log of the server never has its password, though it has every statement', async () => {
    const user = await stage.shop();
    await stage.converge(user);

    await stage.setPassword(user);

    expect(stage.log).toContain(`ALTER ROLE "${user.userName}" PASSWORD 'SCRAM-SHA-256$4096:`);
    // Once: the test made the manager with it.
    expect(stage.log.split(PASSWORD)).toHaveLength(2);
  });

  test.each([
    `"; DROP TABLE sales.orders; --`,
    `it's \\'; DROP ROLE ${MANAGER}; --`,
    'Пользователь 用户 🙂',
    ' Space and "quotes" ',
    '$1 $$ %I %s',
  ])('may be called %p', async (name) => {
    const user = await stage.shop({ name: `test/${name}`, futureTables: true });
    const hostile: DeclaredUser = {
      ...user,
      userName: name,
      grants: [{ schema: name, privileges: ['SELECT', 'INSERT'] }],
    };
    const id = `"${name.replace(/"/g, '""')}"`;
    await stage.as(MANAGER, user.database, `CREATE SCHEMA ${id}`, `CREATE TABLE ${id}.${id} (${id} serial)`);

    await stage.converge(hostile);
    await stage.setPassword(hostile);

    expect((await stage.converge(hostile)).changes).toEqual([]);
    await stage.as(name, user.database, `INSERT INTO ${id}.${id} DEFAULT VALUES`);
    expect(await stage.as(name, user.database, `SELECT * FROM ${id}.${id}`)).toEqual([{ [name]: 1 }]);
    await stage.with(user.database, (server) => server.remove(hostile));
    expect(await stage.with(user.database, (server) => server.describe(hostile))).toBeUndefined();
    expect(await stage.as(MANAGER, user.database, 'SELECT count(*)::int FROM sales.orders')).toEqual([{ count: 1 }]);
  });

  test('has a name from which all others can be made', async () => {
    const user = await stage.shop();
    const called = (userName: string) => stage.converge({ ...user, userName });

    await expect(called('x'.repeat(57))).rejects.toThrow(`The name '${'x'.repeat(57)}_access' has 64 bytes`);
    await expect(called('ü'.repeat(29))).rejects.toThrow('has 65 bytes, and PostgreSQL takes 63');
    await expect(called('a\0b')).rejects.toThrow('has a NUL');
    await called('y'.repeat(56));
  });

  test('uses IAM where RDS offers it, and no password then', async () => {
    const user = await stage.shop();
    await stage.converge(user);
    await stage.setPassword(user, `${user.userName}_2`);
    const iam: DeclaredUser = { ...user, auth: 'iam' };
    await expect(stage.converge(iam)).rejects.toThrow("The server has no role 'rds_iam'");
    await stage.as(MANAGER, user.database, 'CREATE ROLE rds_iam');

    await stage.converge(iam);

    const members = `SELECT member::regrole::text FROM pg_auth_members WHERE roleid = 'rds_iam'::regrole AND member::regrole::text <> '${MANAGER}'`;
    expect(await stage.admin(user.database, members)).toEqual([{ member: user.userName }]);
    await expect(stage.login(`${user.userName}_2`, user.database)).rejects.toThrow('is not permitted to log in');
    await expect(stage.setPassword(iam)).rejects.toThrow('logs in by IAM and has no password');
    expect((await stage.converge(iam)).changes).toEqual([]);
    await stage.converge(user);
    expect(await stage.admin(user.database, members)).toEqual([]);
    await stage.login(`${user.userName}_2`, user.database).then((session) => session.end());
  });

  test('its server is known by its certificate, and by nothing else', async () => {
    const right = stage.connection('postgres');

    await expect(connect({ ...right, certificateAuthorities: authority('Another').certificate })).rejects.toThrow(
      /unable to verify|self.signed/,
    );
    await expect(connect({ ...right, certificateAuthorities: undefined })).rejects.toThrow(
      /unable to verify|self.signed/,
    );
    await expect(connect({ ...right, host: '127.0.0.1' })).rejects.toThrow("IP: 127.0.0.1 is not in the cert's list");
  });

  test('a server without TLS never gets the password of the admin', async () => {
    const cluster = new Postgresql();
    const plain = await cluster.start({ rules: 'host all all all password', settings: { log_connections: 'on' } });

    const connection = connect({ ...stage.connection('postgres', 'admin'), port: plain.port });

    await expect(connection).rejects.toThrow('The server does not support SSL connections');
    await plain.stop();
    expect(plain.output?.()).not.toContain('authentication');
    cluster.remove();
  });
});
