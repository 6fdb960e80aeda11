import { allTablesOf, covers } from '../../../../lambda/database-user/mysql/quoting';
import { readGrants } from '../../../../lambda/database-user/mysql/show-grants';

const ROLE = '`looker_access`@`%`';
const read = (...lines: readonly string[]) => readGrants(lines, ROLE);

test.each([
  [`GRANT USAGE ON *.* TO ${ROLE}`, []],
  [
    `GRANT SELECT, CREATE TEMPORARY TABLES ON \`my\\_db\`.* TO ${ROLE}`,
    [
      {
        kind: 'privileges',
        level: 'schema',
        object: '`my\\_db`.*',
        schema: 'my\\_db',
        privileges: ['SELECT', 'CREATE TEMPORARY TABLES'],
      },
    ],
  ],
  [
    `GRANT SELECT, SELECT (\`a, b ON c\`, \`d\`\`)\`), UPDATE ON \`db\`.\`t\`\` TO x\` TO ${ROLE} WITH GRANT OPTION`,
    [
      {
        kind: 'privileges',
        level: 'table',
        object: '`db`.`t`` TO x`',
        schema: 'db',
        table: 't` TO x',
        privileges: ['SELECT', 'SELECT (`a, b ON c`, `d``)`)', 'UPDATE', 'GRANT OPTION'],
      },
    ],
  ],
  [
    `GRANT ALL PRIVILEGES ON *.* TO ${ROLE}`,
    [{ kind: 'privileges', level: 'global', object: '*.*', privileges: ['ALL PRIVILEGES'] }],
  ],
  [
    `GRANT BACKUP_ADMIN,ROLE_ADMIN ON *.* TO ${ROLE}`,
    [{ kind: 'privileges', level: 'global', object: '*.*', privileges: ['BACKUP_ADMIN', 'ROLE_ADMIN'] }],
  ],
  [
    `GRANT EXECUTE ON PROCEDURE \`db\`.\`p\` TO ${ROLE}`,
    [{ kind: 'privileges', level: 'routine', object: 'PROCEDURE `db`.`p`', privileges: ['EXECUTE'] }],
  ],
  [
    `GRANT \`a\`@\`%\`,\`b,c\`@\`%\` TO ${ROLE} WITH ADMIN OPTION`,
    [
      { kind: 'role', account: '`a`@`%`' },
      { kind: 'role', account: '`b,c`@`%`' },
    ],
  ],
  [`GRANT PROXY ON ''@'' TO ${ROLE} WITH GRANT OPTION`, [{ kind: 'proxy', account: "''@''" }]],
  ['GRANT SELECT ON `db`.* TO `another`@`%`', []],
  [`REVOKE SELECT ON \`mysql\`.* FROM ${ROLE}`, []],
])('%s is read', (line, expected) => {
  expect(read(line)).toEqual(expected);
});

test('a line that cannot be read is an error, not nothing, and shows no hash', () => {
  expect(() => read(`GRANT SELECT ON NEWTHING x TO ${ROLE} IDENTIFIED BY PASSWORD '*ABC'`)).toThrow(
    /^cannot read what the server shows as a grant: GRANT SELECT ON NEWTHING x TO .* IDENTIFIED \.\.\.$/,
  );
});

test('wildcards of a database are escaped, unless the server takes them literally', () => {
  expect(allTablesOf('my_db%`', { hasLiteralSchemas: false })).toBe('`my\\_db\\%```.*');
  expect(allTablesOf('my_db%`', { hasLiteralSchemas: true })).toBe('`my_db%```.*');
});

test.each([
  ['my_db', 'my_db', true],
  ['my_db', 'myXdb', true],
  ['my\\_db', 'myXdb', false],
  ['my\\_db', 'my_db', true],
  ['test%', 'test', true],
  ['t.st', 'test', false],
])('the pattern %s covers %s: %s', (pattern, schema, expected) => {
  expect(covers(pattern, schema)).toBe(expected);
});
