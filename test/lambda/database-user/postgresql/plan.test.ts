import { rightSteps } from '../../../../lambda/database-user/postgresql/plan';
import type { Right } from '../../../../lambda/database-user/postgresql/right';

const ORDERS = { kind: 'table', schema: 'sales', name: 'orders' } as const;
const right = (privilege: string, more: Partial<Right> = {}): Right => ({
  grantee: { role: 'looker_access' },
  privilege,
  on: ORDERS,
  isGrantable: false,
  ...more,
});
const statements = (desired: readonly Right[], actual: readonly Right[]) =>
  rightSteps(desired, actual).flatMap((step) => step.statements);

test('what is as desired takes no statement, whoever owns or granted it', () => {
  const actual = right('SELECT', { grantor: 'somebody', on: { ...ORDERS, owner: 'app' } });

  expect(statements([right('SELECT')], [actual])).toEqual([]);
});

test('what is missing is granted before what is left over is revoked, one statement for each thing', () => {
  expect(statements([right('SELECT'), right('INSERT')], [right('DELETE'), right('UPDATE')])).toEqual([
    'GRANT SELECT, INSERT ON TABLE "sales"."orders" TO "looker_access"',
    'REVOKE DELETE, UPDATE ON TABLE "sales"."orders" FROM "looker_access" CASCADE',
  ]);
});

test('what is declared twice is granted once', () => {
  expect(statements([right('SELECT'), right('SELECT')], [])).toHaveLength(1);
});

test('a right to pass on is taken, and the right itself stays', () => {
  expect(statements([right('SELECT')], [right('SELECT', { isGrantable: true })])).toEqual([
    'REVOKE GRANT OPTION FOR SELECT ON TABLE "sales"."orders" FROM "looker_access" CASCADE',
  ]);
});

test('columns are named, and a right on a column is not one on the table', () => {
  expect(statements([right('SELECT')], [right('SELECT', { on: { ...ORDERS, column: 'se"cret' } })])).toEqual([
    'GRANT SELECT ON TABLE "sales"."orders" TO "looker_access"',
    'REVOKE SELECT ("se""cret") ON TABLE "sales"."orders" FROM "looker_access" CASCADE',
  ]);
});

test('what another role granted is revoked in its name', () => {
  expect(statements([], [right('SELECT', { grantor: 'third' })])).toEqual([
    'SET LOCAL ROLE "third"',
    'REVOKE SELECT ON TABLE "sales"."orders" FROM "looker_access" CASCADE',
    'RESET ROLE',
  ]);
});

test('default privileges are changed for their maker, in their schema or in all', () => {
  const on = { kind: 'future', objects: 'TABLES', maker: 'app' } as const;

  expect(statements([right('SELECT', { on: { ...on, schema: 'sales' } })], [right('SELECT', { on })])).toEqual([
    'ALTER DEFAULT PRIVILEGES FOR ROLE "app" IN SCHEMA "sales" GRANT SELECT ON TABLES TO "looker_access"',
    'ALTER DEFAULT PRIVILEGES FOR ROLE "app" REVOKE SELECT ON TABLES FROM "looker_access" CASCADE',
  ]);
});

test('PUBLIC is no role, and a role may be called so', () => {
  const grantees = [right('SELECT', { grantee: 'PUBLIC' }), right('SELECT', { grantee: { role: 'PUBLIC' } })];

  expect(statements([], grantees)).toEqual([
    'REVOKE SELECT ON TABLE "sales"."orders" FROM PUBLIC CASCADE',
    'REVOKE SELECT ON TABLE "sales"."orders" FROM "PUBLIC" CASCADE',
  ]);
});
