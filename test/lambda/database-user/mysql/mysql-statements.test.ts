import { MysqlUserServer } from '../../../../lambda/database-user/mysql/mysql-user-server';
import { cachingSha2Hash, isPasswordOf } from '../../../../lambda/database-user/mysql/password-hash';
import { declared, ScriptedMysql } from './fixtures';

/*
 * No server of MySQL is at hand: these are the statements, held against the grammar of its manual.
 * https://dev.mysql.com/doc/refman/8.4/en/account-management-statements.html
 */

const ROLE = { name: 'looker_access', locked: 'Y', plugin: 'caching_sha2_password', hash: '' };
const LOGIN = {
  name: 'looker',
  locked: 'N',
  plugin: 'caching_sha2_password',
  hash: cachingSha2Hash('old'),
  defaults: 'looker_access',
};
const GRANTS = {
  '`looker_access`@`%`': [
    'GRANT USAGE ON *.* TO `looker_access`@`%`',
    'GRANT SELECT ON `or\\_ders`.* TO `looker_access`@`%`',
  ],
  '`looker`@`%`': ['GRANT USAGE ON *.* TO `looker`@`%`', 'GRANT `looker_access`@`%` TO `looker`@`%`'],
};

const inUse = (login = {}) => new ScriptedMysql().has([ROLE, { ...LOGIN, ...login }], ['looker'], GRANTS);
const on = (session: ScriptedMysql) => MysqlUserServer.on(session, 'mysql', 'admin');
const HASH = /'(\$A\$005\$[./0-9A-Za-z]{63})'/;

/** An empty server on which the accounts are there once they have been made. */
function empty(): ScriptedMysql {
  const session = new ScriptedMysql();
  session.react = (sql) => {
    if (/^SET DEFAULT ROLE/.test(sql)) {
      session.has([ROLE, { ...LOGIN, locked: 'Y' }], ['looker'], {
        ...GRANTS,
        '`looker_access`@`%`': ['GRANT USAGE ON *.* TO `looker_access`@`%`'],
      });
    }
    if (/^GRANT SELECT/.test(sql)) session.has([ROLE, { ...LOGIN, locked: 'Y' }], ['looker'], GRANTS);
  };
  return session;
}

test('a user is made locked, with a password that nobody knows', async () => {
  const session = empty();
  const { changes } = await (await on(session)).converge(declared({ connectionLimit: 5 }));

  expect(session.statements.map((sql) => sql.replace(HASH, 'HASH'))).toEqual([
    'CREATE ROLE `looker_access`@`%`',
    'CREATE USER `looker`@`%` IDENTIFIED WITH caching_sha2_password AS HASH REQUIRE SSL WITH MAX_USER_CONNECTIONS 5 ACCOUNT LOCK',
    'GRANT `looker_access`@`%` TO `looker`@`%`',
    'SET DEFAULT ROLE `looker_access`@`%` TO `looker`@`%`',
    'GRANT SELECT ON `or\\_ders`.* TO `looker_access`@`%`',
  ]);
  expect(changes).toHaveLength(5);
});

test('with partial revokes, wildcards of a database are no wildcards and are not escaped', async () => {
  const session = inUse().answer(/partial_revokes/, { Variable_name: 'partial_revokes', Value: 'ON' });
  session.react = (sql) => {
    const shown = /^GRANT/.test(sql) ? ['or\\_ders', 'or_ders'] : ['or_ders'];
    session.has([ROLE, LOGIN], ['looker'], {
      ...GRANTS,
      '`looker_access`@`%`': shown.map((name) => `GRANT SELECT ON \`${name}\`.* TO \`looker_access\`@\`%\``),
    });
  };
  await (await on(session)).converge(declared());

  expect(session.statements).toEqual([
    'GRANT SELECT ON `or_ders`.* TO `looker_access`@`%`',
    'REVOKE SELECT ON `or\\_ders`.* FROM `looker_access`@`%`',
  ]);
});

test('a login by IAM is opened last, and has no password', async () => {
  const session = empty().answer(/PLUGINS/, { name: 'AWSAuthenticationPlugin' });
  session.react = (sql) => {
    if (!/UNLOCK/.test(sql)) return;
    session.has([ROLE, { ...LOGIN, plugin: 'AWSAuthenticationPlugin' }], ['looker'], GRANTS);
  };
  const server = await on(session);
  await server.converge(declared({ auth: 'iam' }));

  expect(session.statements).toEqual([
    'CREATE ROLE `looker_access`@`%`',
    "CREATE USER `looker`@`%` IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS' REQUIRE SSL WITH MAX_USER_CONNECTIONS 0 ACCOUNT LOCK",
    'GRANT `looker_access`@`%` TO `looker`@`%`',
    'SET DEFAULT ROLE `looker_access`@`%` TO `looker`@`%`',
    'ALTER USER `looker`@`%` ACCOUNT UNLOCK',
  ]);
  await expect(server.setPassword(declared({ auth: 'iam' }), 'looker', 'x', { keepOld: false })).rejects.toThrow(/IAM/);
});

test('the first password opens the login, and nothing is kept', async () => {
  const session = inUse({ locked: 'Y' });
  await (await on(session)).setPassword(declared(), 'looker', 'new', { keepOld: true });

  expect(session.statements.map((sql) => sql.replace(HASH, 'HASH'))).toEqual([
    'ALTER USER `looker`@`%` IDENTIFIED WITH caching_sha2_password AS HASH ACCOUNT UNLOCK',
  ]);
});

test('a password is exchanged while the old one works on', async () => {
  const session = inUse();
  const server = await on(session);
  expect(await server.rotation()).toBe('dual-password');
  await server.setPassword(declared(), 'looker', 'new', { keepOld: true });
  await server.discardOldPassword('looker');

  expect(session.statements.map((sql) => sql.replace(HASH, 'HASH'))).toEqual([
    'ALTER USER `looker`@`%` IDENTIFIED WITH caching_sha2_password AS HASH RETAIN CURRENT PASSWORD ACCOUNT UNLOCK',
    'ALTER USER `looker`@`%` DISCARD OLD PASSWORD',
  ]);
  expect(isPasswordOf(HASH.exec(session.statements[0])?.[1] ?? '', 'new')).toBe(true);
});

test('a password that is set again after a crash does not push out the one that is kept', async () => {
  const session = inUse({ hash: cachingSha2Hash('new') });
  await (await on(session)).setPassword(declared(), 'looker', 'new', { keepOld: true });

  expect(session.statements).toEqual([]);
});

test('a login that comes from IAM is locked until it has a password', async () => {
  const session = inUse({ plugin: 'AWSAuthenticationPlugin' });
  await (await on(session)).converge(declared());

  expect(session.statements.map((sql) => sql.replace(HASH, 'HASH').replace(/ +/g, ' '))).toEqual([
    'ALTER USER `looker`@`%` IDENTIFIED WITH caching_sha2_password AS HASH ACCOUNT LOCK',
  ]);
});

test('sessions are ended by the procedure of RDS where the administrator may not', async () => {
  const session = inUse().answer(/PROCESSLIST/, { Id: 7, User: 'looker' }, { Id: 8, User: 'other' });
  const query = session.query;
  session.query = async (sql: string) => {
    const rows = await query(sql);
    if (/^KILL/.test(sql)) throw Object.assign(new Error('denied'), { errno: 1095 });
    if (/^CALL/.test(sql)) session.answer(/PROCESSLIST/, { Id: 8, User: 'other' });
    return rows;
  };
  const { changes } = await (await on(session)).remove(declared());

  expect(session.statements).toEqual([
    'ALTER USER `looker`@`%` ACCOUNT LOCK',
    'KILL 7',
    'CALL mysql.rds_kill(7)',
    'DROP ROLE IF EXISTS `looker_access`@`%`',
    'DROP USER IF EXISTS `looker`@`%`',
  ]);
  expect(changes).toContain('ended 1 sessions of looker');
});

test('an account with the name of the role that can log in is not taken for the role', async () => {
  const session = new ScriptedMysql().has([{ ...ROLE, locked: 'N' }], [], GRANTS);

  await expect((await on(session)).converge(declared())).rejects.toThrow(/'looker_access'@'%' was not made by this/);
  expect(session.statements).toEqual([]);
});

test.each(['5.7.44-log', '8.0.13', '10.11.6-MariaDB'])('version %s is refused', async (version) => {
  await expect(on(new ScriptedMysql().answer(/VERSION\(\)/, { version, lowers: 0 }))).rejects.toThrow(/8\.0\.14/);
});

test.each(['8.0.14', '8.0.mysql_aurora.3.04.0', '8.4.3', '9.1.0'])('version %s is taken', async (version) => {
  await expect(on(new ScriptedMysql().answer(/VERSION\(\)/, { version, lowers: 0 }))).resolves.toBeDefined();
});

test('mandatory roles are reported, and a lock that does not come is an error', async () => {
  const session = inUse().answer(/mandatory_roles/, { Value: 'everyone' });
  const server = await on(session);
  expect(await server.converge(declared())).toEqual({
    changes: [],
    publicPrivileges: ['every login is a member of the mandatory roles everyone'],
  });

  session.answer(/GET_LOCK/, { locked: 0 });
  await expect(server.converge(declared())).rejects.toThrow(/another invocation/);
});
