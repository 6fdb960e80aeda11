import { differencesOf } from '../../../../lambda/database-user/differences';
import { MysqlUserServer } from '../../../../lambda/database-user/mysql/mysql-user-server';
import type { DeclaredUser } from '../../../../lib/users/contract';
import { declared, ScriptedMysql } from './fixtures';

/*
 * No server of MySQL is at hand: these are the lines that its manual says it shows.
 * https://dev.mysql.com/doc/refman/8.4/en/show-grants.html
 */

const ROLE = { name: 'looker_access', locked: 'Y', plugin: 'caching_sha2_password', hash: '' };
const LOGIN = { ...ROLE, name: 'looker', locked: 'N', defaults: 'looker_access' };
const OF_ROLE = ['GRANT USAGE ON *.* TO `looker_access`@`%`', 'GRANT SELECT ON `or\\_ders`.* TO `looker_access`@`%`'];
const OF_LOGIN = ['GRANT USAGE ON *.* TO `looker`@`%`', 'GRANT `looker_access`@`%` TO `looker`@`%`'];

async function compare(
  accounts: readonly object[],
  grants: Readonly<Record<string, readonly string[]>> = {},
  user: DeclaredUser = declared(),
): Promise<readonly string[]> {
  const session = new ScriptedMysql().has(accounts as never, ['looker'], {
    '`looker_access`@`%`': OF_ROLE,
    '`looker`@`%`': OF_LOGIN,
    '`looker_2`@`%`': OF_LOGIN.map((line) => line.replaceAll('`looker`', '`looker_2`')),
    ...grants,
  });
  const server = await MysqlUserServer.on(session, 'mysql', 'admin');
  const { differences, remarks } = differencesOf(user, await server.describe(user));
  expect(session.statements).toEqual([]);
  return [...differences, ...remarks].map(({ kind, says }) => `${kind}: ${says}`);
}

test('a user of MySQL that is as it is declared differs in nothing', async () => {
  expect(await compare([ROLE, LOGIN])).toEqual([]);
});

test('a user of which there is nothing is missing, and one with only a role too', async () => {
  expect(await compare([])).toEqual(["login-missing: The login 'looker' does not exist."]);
  expect(await compare([ROLE])).toEqual([expect.stringMatching(/^login-missing/)]);
});

test.each([
  ['a lock', [ROLE, { ...LOGIN, locked: 'Y' }], {}, ["cannot-log-in: 'looker' cannot log in."]],
  [
    'another method without TLS',
    [ROLE, { ...LOGIN, plugin: 'mysql_native_password', tls: '' }],
    {},
    [
      "attribute-beyond: 'looker' has beyond what is declared: logs in by mysql_native_password.",
      "attribute-beyond: 'looker' has beyond what is declared: logs in without TLS.",
    ],
  ],
  [
    'a limit',
    [ROLE, { ...LOGIN, connections: 4 }],
    {},
    ["connection-limit: 'looker' may have 4 connections; declared: any number."],
  ],
  [
    'no default role',
    [ROLE, { ...LOGIN, defaults: null }],
    {},
    ["membership-missing: 'looker' lacks acting as looker_access from its start."],
  ],
  [
    'privileges on the server, some of them of components',
    [ROLE, LOGIN],
    {
      '`looker`@`%`': [
        ...OF_LOGIN,
        'GRANT PROCESS ON *.* TO `looker`@`%`',
        'GRANT BACKUP_ADMIN ON *.* TO `looker`@`%` WITH GRANT OPTION',
        'GRANT PROXY ON ``@`` TO `looker`@`%` WITH GRANT OPTION',
      ],
    },
    [
      "attribute-beyond: 'looker' has beyond what is declared: acts as ``@``.",
      "privilege-beyond: 'looker' has BACKUP_ADMIN, GRANT OPTION, PROCESS on *.* (tables made later included), which is not declared.",
    ],
  ],
  [
    'an account for one host',
    [ROLE, LOGIN, { ...LOGIN, host: '10.0.0.1' }],
    {},
    ["not-ours: 'looker'@'10.0.0.1' was not made by this program: choose another userName, or drop it."],
  ],
])('%s is found', async (_, accounts, grants, found) => {
  expect(await compare(accounts, grants)).toEqual(found);
});

test('what can never be granted is said', async () => {
  const user = declared({ grants: [{ schema: 'or_ders', privileges: ['FLY'] }] });

  expect(await compare([ROLE, LOGIN], {}, user)).toContain(
    "cannot-grant: Declared, and cannot be granted: 'FLY' cannot be granted on a database.",
  );
});
