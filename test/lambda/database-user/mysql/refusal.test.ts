import { MARIADB } from '../../../../lambda/database-user/mysql/mariadb-dialect';
import { MYSQL } from '../../../../lambda/database-user/mysql/mysql-dialect';
import { desiredGrants, planGrants } from '../../../../lambda/database-user/mysql/plan';
import { declarationProblem } from '../../../../lambda/database-user/mysql/refusal';
import { readGrants } from '../../../../lambda/database-user/mysql/show-grants';
import type { DeclaredUser } from '../../../../lib/users/contract';
import { declared } from './fixtures';

const SERVER = { version: '8.0.39', lowersNames: false, hasLiteralSchemas: false, hasIam: false };
const problem = (changes: Partial<DeclaredUser>, dialect = MYSQL) =>
  declarationProblem(declared({ engine: dialect.engine, ...changes }), dialect, SERVER, 'admin');
const grant = (changes: object) => ({ grants: [{ schema: 'orders', privileges: ['SELECT'], ...changes }] });

test.each<[Partial<DeclaredUser>, RegExp]>([
  [{ userName: '' }, /not a valid name/],
  [{ userName: 'admin' }, /would change 'admin'/],
  [{ userName: 'a'.repeat(26) }, /'a{26}_access' needs 1 to 32/],
  [{ userName: '🦆' }, /basic plane/],
  [{ userName: 'a\nb' }, /without control characters/],
  [{ userName: 'a\0b' }, /without control characters/],
  [{ userName: ' a' }, /not a valid name/],
  [{ userName: 'rdsadmin' }, /reserve/],
  [{ userName: 'mysql.sys' }, /reserve/],
  [{ validUntil: '2027-01-01T00:00:00Z' }, /^validUntil/],
  [{ statementTimeoutSeconds: 5 }, /^statementTimeoutSeconds/],
  [{ connectionLimit: 0 }, /^connectionLimit/],
  [{ connectionLimit: 1.5 }, /^connectionLimit/],
  [{ auth: 'iam' }, /AWSAuthenticationPlugin/],
  [grant({ schema: 'a\\b' }), /no backslash/],
  [grant({ schema: 'mysql' }), /'mysql' is not a database/],
  [grant({ schema: 'x'.repeat(65) }), /not a database/],
  [grant({ tables: [''] }), /not a valid name of a table/],
  [grant({ tables: [] }), /list of tables of orders is empty/],
  [grant({ privileges: [] }), /no privileges/],
  [grant({ privileges: ['SELECT ON *.* TO x; DROP'] }), /cannot be granted/],
  [grant({ privileges: ['SUPER'] }), /'SUPER' cannot be granted on a database/],
  [grant({ privileges: ['GRANT OPTION'] }), /cannot be granted/],
  [grant({ privileges: ['DELETE HISTORY'] }), /cannot be granted/],
  [grant({ tables: ['t'], privileges: ['EXECUTE'] }), /on a table\. Declare it for all tables/],
])('%j is refused', (changes, message) => {
  expect(problem(changes)).toMatch(message);
});

test.each<[Partial<DeclaredUser>, typeof MYSQL]>([
  [{}, MYSQL],
  [{ userName: 'a'.repeat(25), connectionLimit: 1 }, MYSQL],
  [{ userName: 'a'.repeat(73), statementTimeoutSeconds: 0.5 }, MARIADB],
  [grant({ privileges: ['delete  history', 'All privileges'] }), MARIADB],
])('%j is taken', (changes, dialect) => {
  expect(problem(changes, dialect)).toBeUndefined();
});

test('names are lowered where the server lowers them', () => {
  const user = declared({ grants: [{ schema: 'Orders', tables: ['T'], privileges: ['SELECT'] }] });

  expect([...desiredGrants(user, { ...SERVER, lowersNames: true }, new Map()).keys()]).toEqual(['`orders`.`t`']);
  expect([...desiredGrants(user, SERVER, new Map()).keys()]).toEqual(['`Orders`.`T`']);
});

test('privileges of one table that are declared apart are granted together', () => {
  const user = declared({
    grants: [
      { schema: 'orders', tables: ['t'], privileges: ['SELECT'] },
      { schema: 'orders', tables: ['t'], privileges: ['INSERT', 'select'] },
    ],
  });
  const steps = planGrants('mysql', { sql: '`r`@`%`', name: 'r' }, desiredGrants(user, SERVER, new Map()), []);

  expect(steps.map(({ sql }) => sql)).toEqual(['GRANT INSERT, SELECT ON `orders`.`t` TO `r`@`%`']);
});

test('what stays is never missing while the rest is revoked', () => {
  const actual = readGrants(
    ['GRANT ALL PRIVILEGES ON `or\\_ders`.* TO `r`@`%` WITH GRANT OPTION', 'GRANT SELECT (`a`) ON `x`.`y` TO `r`@`%`'],
    '`r`@`%`',
  );
  const steps = planGrants(
    'mysql',
    { sql: '`r`@`%`', name: 'r' },
    desiredGrants(declared(), SERVER, new Map()),
    actual,
  );

  const revoked = steps.map(({ sql }) => sql);
  expect(revoked[0]).toMatch(/^REVOKE ALTER, .*, LOCK TABLES ON `or\\_ders`\.\* FROM `r`@`%`$/);
  expect(revoked[0]).not.toMatch(/SELECT|ALL/);
  expect(revoked.slice(1)).toEqual([
    'REVOKE GRANT OPTION ON `or\\_ders`.* FROM `r`@`%`',
    'REVOKE SELECT (`a`) ON `x`.`y` FROM `r`@`%`',
  ]);
});

test('all that there is, word by word, is what the server shows as ALL', () => {
  const all = readGrants(['GRANT ALL PRIVILEGES ON `orders`.`t` TO `r`'], '`r`');
  const privileges =
    'ALTER,CREATE,CREATE VIEW,DELETE,DROP,INDEX,INSERT,REFERENCES,SELECT,SHOW VIEW,TRIGGER,UPDATE'.split(',');
  const steps = (more: readonly string[]) => {
    const user = declared({ grants: [{ schema: 'orders', tables: ['t'], privileges: [...privileges, ...more] }] });
    return planGrants('mariadb', { sql: '`r`', name: 'r' }, desiredGrants(user, SERVER, new Map()), all);
  };

  expect(steps(['DELETE HISTORY'])).toEqual([]);
  expect(steps([]).map(({ sql }) => sql)).toEqual(['REVOKE DELETE HISTORY ON `orders`.`t` FROM `r`']);
});
