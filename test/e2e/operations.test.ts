import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHANGES } from './fixtures/changes';
import { operationsTable } from './fixtures/operations-table';

const root = join(__dirname, '../..');

test('docs/operations.md says of every change what the cycle has seen planned', () => {
  const document = readFileSync(join(root, 'docs/operations.md'), 'utf8');
  const [, table] = /<!-- changes:begin -->\n([\s\S]*?)\n<!-- changes:end -->/.exec(document) ?? [];

  expect(table).toEqual(operationsTable(CHANGES));
});

test('every property of an endpoint has its row', () => {
  const source = readFileSync(join(root, 'lib/endpoint/database-endpoint-props.ts'), 'utf8');
  const props = source.slice(source.indexOf('export interface DatabaseEndpointProps'));
  const names = [...props.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, name]) => name);
  const covered = CHANGES.flatMap(({ property }) => property.split(', ').map((name) => name.split('.')[0]));

  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !covered.includes(name))).toEqual([]);
});
