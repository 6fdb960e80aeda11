import type { DeclaredUser } from '../../../../lib/users/contract';
import { MANAGER, type Outcome, type Stage } from './stage';

/** What a login tries, and what it is about. */
export const STATEMENTS = {
  'read a table': 'SELECT count(*) FROM sales.orders',
  'read a view': 'SELECT count(*) FROM sales.items',
  'read a sequence': 'SELECT last_value FROM sales.orders_id_seq',
  'insert with a serial': "INSERT INTO sales.orders (item) VALUES ('lamp')",
  'insert with an identity': "INSERT INTO sales.customers (name) VALUES ('Ann')",
  update: "UPDATE sales.orders SET item = 'stool' WHERE id = 1",
  delete: 'DELETE FROM sales.customers',
  truncate: 'TRUNCATE sales.customers',
  'set a sequence': "SELECT setval('sales.orders_id_seq', 99)",
  'read a new table': 'SELECT count(*) FROM sales.new',
  'insert into a new table': 'INSERT INTO sales.new DEFAULT VALUES',
  'read a new table of another owner': 'SELECT count(*) FROM sales.newer',
  'read another schema': 'SELECT count(*) FROM back.secrets',
  'make a table': 'CREATE TABLE sales.mine (id int)',
  'change a table': 'ALTER TABLE sales.orders ADD COLUMN more text',
  'drop a table': 'DROP TABLE sales.customers',
  'make a schema': 'CREATE SCHEMA mine',
  'make a role': 'CREATE ROLE mine',
  'read passwords': 'SELECT count(*) FROM pg_authid',
  'read a file of the server': "SELECT pg_read_file('/etc/hostname')",
  'run a program': "COPY (SELECT 1) TO PROGRAM 'true'",
} as const;

export type Tried = keyof typeof STATEMENTS;

export const READ: readonly Tried[] = ['read a table', 'read a view', 'read a sequence'];
export const READ_NEW: readonly Tried[] = ['read a new table', 'read a new table of another owner'];
export const WRITE: readonly Tried[] = ['insert with a serial', 'insert with an identity', 'update', 'delete'];

/** How the server says that a login may not do something. */
export const REFUSAL = /permission denied|must be (owner|superuser)/;

/** What came of the statements: those that ran, and the server's words where it refused. */
export function tried(outcomes: readonly Outcome[]): { readonly allowed: string[]; readonly refusals: string[] } {
  return {
    allowed: Object.keys(STATEMENTS).filter((_, i) => typeof outcomes[i] !== 'string'),
    refusals: outcomes.filter((outcome) => typeof outcome === 'string'),
  };
}

/** A role that owns tables too, for which the manager may act. */
export async function withOtherOwner(stage: Stage, { userName, database }: DeclaredUser): Promise<string> {
  const other = `app_${userName}`;
  await stage.admin(
    database,
    `CREATE ROLE ${other}; GRANT ${other} TO ${MANAGER}; GRANT USAGE, CREATE ON SCHEMA sales TO ${other}`,
    `SET ROLE ${other}; CREATE TABLE sales.old (id int)`,
  );
  return other;
}

/** The tables that are made after the user. */
export async function makeNewTables(stage: Stage, { database }: DeclaredUser, other: string): Promise<void> {
  await stage.as(MANAGER, database, 'CREATE TABLE sales.new (id serial)');
  await stage.admin(database, `SET ROLE ${other}; CREATE TABLE sales.newer (id int)`);
}
