import { DatabaseEngine, Grant } from '../../lib';
import type { UserMistake } from './database-user.refusals';
import { onRds } from './synthesized-user';

type Problem = UserMistake['problem'];

const granting = (
  rule: string,
  where: string,
  grants: readonly Grant[],
  problem: Problem,
  others: object = {},
): UserMistake => ({ rule, where, props: { grants, ...others }, problem });
const onMysql = (mistake: UserMistake): UserMistake => ({
  ...mistake,
  endpoint: onRds({ engine: DatabaseEngine.MYSQL }),
});
const custom = (privileges: string[], tables?: string[]) =>
  Grant.custom({ privileges, on: { schema: 'sales', tables } });

/** What the grants of a `DatabaseUser` are refused with. */
export const GRANT_REFUSALS: readonly UserMistake[] = [
  granting('GrantsMissing', 'nothing is granted', [], { property: 'grants', reason: /empty/, remedy: /Grant\.read/ }),
  granting('GrantTablesMissing', 'a list of tables is empty', [Grant.read({ schema: 'sales', tables: [] })], {
    property: 'grants[0].tables',
    reason: /empty/,
    remedy: /all of the schema/,
  }),
  granting('GrantTablesMissing', 'that of a custom grant is', [custom(['SELECT'], [])], {
    property: 'grants[0].on.tables',
    reason: /empty/,
    remedy: /all of the schema/,
  }),
  ...['', 'a'.repeat(64), 'sa\nles', ' sales', '/sales'].map((schema) =>
    granting('GrantNameInvalid', `a schema is called '${schema}'`, [Grant.read({ schema })], {
      property: 'grants[0].schema',
      value: schema,
      reason: /valid name|control characters|safely/,
      remedy: /1 to 63 bytes/,
    }),
  ),
  granting('GrantNameInvalid', 'a table has no name', [custom(['SELECT'], ['orders', ''])], {
    property: 'grants[0].on.tables[1]',
    value: '',
    reason: /not a valid name/,
    remedy: /1 to 63 bytes/,
  }),
  granting(
    'GrantNameInvalid',
    'the database has none',
    [Grant.read({ schema: 'sales' })],
    { property: 'database', value: '', reason: /not a valid name/, remedy: /1 to 63 bytes/ },
    { database: '' },
  ),
  ...['pg_catalog', 'information_schema'].map((schema) =>
    granting('GrantSchemaReserved', `it may read ${schema}`, [Grant.read({ schema })], {
      property: 'grants[0].schema',
      value: schema,
      reason: /server itself/,
      remedy: /of your own/,
    }),
  ),
  onMysql(
    granting('GrantSchemaReserved', 'it may read the accounts of MySQL', [Grant.read({ schema: 'mysql' })], {
      property: 'grants[0].schema',
      value: 'mysql',
      reason: /server itself/,
      remedy: /of your own/,
    }),
  ),
  granting('GrantPrivilegesMissing', 'a custom grant has none', [custom([])], {
    property: 'grants[0].privileges',
    reason: /empty/,
    remedy: /SELECT/,
  }),
  ...['GRANT OPTION', 'ALL', 'SUPERUSER', 'SELECT ON sales.a TO x; --'].map((privilege) =>
    granting('GrantPrivilegeUnknown', `it is granted ${privilege}`, [custom(['SELECT', privilege])], {
      property: 'grants[0].privileges[1]',
      value: privilege,
      reason: /can be granted here/,
      remedy: /SELECT, INSERT/,
    }),
  ),
  granting('GrantPrivilegeUnknown', 'it may make tables on a list of tables', [custom(['CREATE'], ['orders'])], {
    property: 'grants[0].privileges[0]',
    value: 'CREATE',
    reason: /not a privilege on single tables/,
    remedy: /a whole schema/,
  }),
  onMysql(
    granting('GrantPrivilegeUnknown', 'it may call routines of today only', [custom(['EXECUTE'])], {
      property: 'grants[0].privileges[0]',
      value: 'EXECUTE',
      reason: /not a privilege on single tables/,
      remedy: /futureTables: true/,
    }),
  ),
  onMysql(
    granting('GrantPrivilegeUnknown', 'MySQL does not have the privilege', [custom(['TRUNCATE'])], {
      property: 'grants[0].privileges[0]',
      value: 'TRUNCATE',
      reason: /can be granted here/,
      remedy: /SHOW VIEW/,
    }),
  ),
  granting(
    'GrantDuplicate',
    'two grants are on the same tables',
    [Grant.read({ schema: 'sales', tables: ['a', 'b'] }), Grant.readWrite({ schema: 'sales', tables: ['b', 'a'] })],
    { property: 'grants[1]', value: 'sales', reason: /same tables as grants\[0\]/, remedy: /one grant/ },
  ),
  granting('GrantDuplicate', 'a table is listed twice', [Grant.read({ schema: 'sales', tables: ['a', 'a'] })], {
    property: 'grants[0].tables[1]',
    value: 'a',
    reason: /listed twice/,
    remedy: /Keep one/,
  }),
  granting('GrantDuplicate', 'a privilege is listed twice', [custom(['select', 'SELECT'])], {
    property: 'grants[0].privileges[1]',
    value: 'SELECT',
    reason: /listed twice/,
    remedy: /Keep one/,
  }),
  granting(
    'FutureTablesUnused',
    'every grant lists its tables',
    [Grant.read({ schema: 'sales', tables: ['orders'] })],
    { property: 'futureTables', value: true, reason: /changes nothing/, remedy: /Leave tables out/ },
    { futureTables: true },
  ),
];
