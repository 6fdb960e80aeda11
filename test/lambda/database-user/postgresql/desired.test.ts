import { desiredRights } from '../../../../lambda/database-user/postgresql/desired';
import type { Inventory, Relation } from '../../../../lambda/database-user/postgresql/inventory';
import { keyOf } from '../../../../lambda/database-user/postgresql/right';
import type { DeclaredUser } from '../../../../lib/users/contract';
import { declared } from './fixtures';

const relation = (name: string, more: Partial<Relation> = {}): Relation => ({
  schema: 'sales',
  name,
  kind: 'table',
  owner: 'app',
  canAct: true,
  isOfExtension: false,
  ...more,
});

const inventory = (...relations: readonly Relation[]): Inventory => ({
  schemas: [{ name: 'sales', owner: 'pg_database_owner', canAct: true }],
  relations,
});

const SERIAL = relation('orders_id_seq', { kind: 'sequence', serialOf: 'orders' });

function keys(user: Partial<DeclaredUser>, held: Inventory, version = 150000): readonly string[] {
  const all = desiredRights(declared(user), held, { name: 'boss', version }).map(keyOf);
  return all.slice(2).map((key) => key.replace(' TO "looker_access"', ''));
}

const grants = (privileges: readonly string[], tables?: readonly string[]) => ({
  grants: [{ schema: 'sales', privileges, tables }],
});

test('a user may always connect, and use the schemas of its grants', () => {
  const rights = desiredRights(declared(grants([])), inventory(), { name: 'boss', version: 150000 });

  expect(rights.map(keyOf)).toEqual([
    'CONNECT ON DATABASE "shop" TO "looker_access"',
    'USAGE ON SCHEMA "sales" TO "looker_access"',
  ]);
});

test('sequences are granted what the tables need', () => {
  const held = inventory(relation('orders'), SERIAL);

  expect(keys(grants(['INSERT', 'UPDATE']), held)).toEqual([
    'INSERT ON TABLE "sales"."orders"',
    'UPDATE ON TABLE "sales"."orders"',
    'USAGE ON SEQUENCE "sales"."orders_id_seq"',
  ]);
  expect(keys(grants(['INSERT'], ['orders']), held)).toContain('USAGE ON SEQUENCE "sales"."orders_id_seq"');
  expect(keys(grants(['UPDATE'], ['orders_id_seq']), held)).toEqual(['UPDATE ON SEQUENCE "sales"."orders_id_seq"']);
});

test('what an extension brought is granted by name only', () => {
  const held = inventory(relation('spatial_ref_sys', { isOfExtension: true, owner: 'rdsadmin', canAct: false }));

  expect(keys({ ...grants(['SELECT']), futureTables: true }, held)).toEqual([
    'SELECT ON TABLES to come of "boss" in "sales"',
    'SELECT ON SEQUENCES to come of "boss" in "sales"',
  ]);
  expect(keys(grants(['SELECT'], ['spatial_ref_sys']), held)).toEqual(['SELECT ON TABLE "sales"."spatial_ref_sys"']);
});

test('what its role owns needs no grant', () => {
  expect(
    keys({ ...grants(['SELECT']), futureTables: true }, inventory(relation('mine', { owner: 'looker_access' }))),
  ).toEqual(['SELECT ON TABLES to come of "boss" in "sales"', 'SELECT ON SEQUENCES to come of "boss" in "sales"']);
});

test('tables to come are granted for each owner of tables and for the admin, unless tables are named', () => {
  const held = inventory(relation('orders'), relation('items', { owner: 'etl' }));

  expect(keys({ ...grants(['DELETE']), futureTables: true }, held).slice(2)).toEqual([
    'DELETE ON TABLES to come of "app" in "sales"',
    'DELETE ON TABLES to come of "etl" in "sales"',
    'DELETE ON TABLES to come of "boss" in "sales"',
  ]);
  expect(keys({ ...grants(['DELETE'], ['orders']), futureTables: true }, held)).toEqual([
    'DELETE ON TABLE "sales"."orders"',
  ]);
});

test('an owner for whom the admin may not act stands in the way of tables to come', () => {
  const held = inventory(relation('orders', { canAct: false }));

  expect(() => keys({ ...grants(['SELECT']), futureTables: true }, held)).toThrow(
    `Tables that 'app' will make in schema 'sales' cannot be granted ahead: 'boss' may not act for the owner. ` +
      'Run GRANT "app" TO "boss" as the owner or a superuser, or leave future tables out.',
  );
});

test('MAINTAIN is a privilege since version 17', () => {
  const held = inventory(relation('orders'));

  expect(keys(grants(['MAINTAIN']), held, 170000)).toEqual(['MAINTAIN ON TABLE "sales"."orders"']);
  expect(() => keys(grants(['MAINTAIN']), held, 160000)).toThrow("'MAINTAIN' is not a privilege");
});

test('CREATE is about a whole schema', () => {
  const held = inventory(relation('orders'));

  expect(keys(grants(['CREATE']), held)).toEqual(['CREATE ON SCHEMA "sales"']);
  expect(() => keys(grants(['CREATE'], ['orders']), held)).toThrow("'CREATE' is not a privilege");
});
