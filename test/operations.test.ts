import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHANGES } from './e2e/fixtures/changes';
import { operationsTable } from './e2e/fixtures/operations-table';

const root = join(__dirname, '..');

test('docs/operations.md says of every change what the cycle has seen planned', () => {
  const document = readFileSync(join(root, 'docs/operations.md'), 'utf8');
  const [, table] = /<!-- changes:begin -->\n([\s\S]*?)\n<!-- changes:end -->/.exec(document) ?? [];

  expect(table).toEqual(operationsTable(CHANGES));
});

/** Another provider is another account or Region, and so everything anew; the page says so in words. */
const IN_WORDS = ['provider'];

test('every property of an endpoint has its row', () => {
  const names = ['lib/load-balancer/endpoint-load-balancer-props.ts', 'lib/endpoint/endpoint-props.ts'].flatMap(
    (file) => {
      const source = readFileSync(join(root, file), 'utf8');
      return [...source.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, name]) => name);
    },
  );
  const covered = CHANGES.flatMap(({ property }) => property.split(', ').map((name) => name.split('.')[0]));

  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => ![...covered, ...IN_WORDS].includes(name))).toEqual([]);
});
