import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineMatrix, isRun, matrixRows, rowKey } from '../support/engine-matrix';

const document = readFileSync(join(__dirname, '../../docs/engines.md'), 'utf8');
const [, table = ''] = /<!-- matrix:begin -->\n([\s\S]*?)\n<!-- matrix:end -->/.exec(document) ?? [];
const lines = table.split('\n').slice(2);
const rows = matrixRows();

test('docs/engines.md has the engines of the catalogue, with what the library says of each place where TLS could end', () => {
  expect(lines.map((line) => line.split(' | ').slice(0, 3).join(' | '))).toEqual(
    rows.map(({ engine, mode, library }) => `| ${engine.displayName} | ${mode} | ${library}`),
  );
});

test('docs/engines.md says of every engine what clients saw, or why none has tried', () => {
  const seen = rows.map((row, i) => ({ row, text: lines[i].replace(/ \|$/, '').split(' | ')[3] }));
  const run = seen.filter(({ row }) => isRun(row));

  expect(engineMatrix(new Map(run.map(({ row, text }) => [rowKey(row), text])))).toBe(table);
  expect(run.length).toBeGreaterThan(20);
  for (const { row, text } of seen) {
    expect(text).toMatch(isRun(row) ? /^`[^`]+`.* (works|fails)/ : /^not run: /);
  }
  expect(table).not.toMatch(/nobody knows/);
});
