import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineMatrix, isRun, matrixRows, rowKey } from './support/engine-matrix';

const document = readFileSync(join(__dirname, '../docs/engines.md'), 'utf8');
const [, table = ''] = /<!-- matrix:begin -->\n([\s\S]*?)\n<!-- matrix:end -->/.exec(document) ?? [];
const lines = table.split('\n').slice(2);

test('docs/engines.md has the engines of the catalogue, with what the library says of each place where TLS could end', () => {
  expect(lines.map((line) => line.split(' | ').slice(0, 3).join(' | '))).toEqual(
    matrixRows().map(({ engine, mode, library }) => `| ${engine.displayName} | ${mode} | ${library}`),
  );
});

test('docs/engines.md says of every engine what clients saw, or why none has tried', () => {
  const seen = matrixRows().map((row, i): [string, string] => [
    rowKey(row),
    lines[i].replace(/ \|$/, '').split(' | ')[3],
  ]);

  expect(engineMatrix(new Map(seen.filter((_, i) => isRun(matrixRows()[i]))))).toBe(table);
  expect(table).not.toMatch(/nobody knows/);
  for (const [i, [, text]] of seen.entries()) {
    expect(text).toMatch(isRun(matrixRows()[i]) ? /^`[^`]+`.* (works|fails)/ : /^not run: /);
  }
});
