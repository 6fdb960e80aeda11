import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALLOWLIST_RULES } from '../../lib/allowlist/allowlist-rules';
import { ALLOWLIST_WARNINGS } from '../../lib/allowlist/allowlist-warnings';
import { ALLOWLIST_FILE_RULES } from '../../lib/allowlist-file/allowlist-file-rules';
import { describeProblem } from '../../lib/rules/endpoint-error';
import { BAD_INPUTS } from './inputs.refusals';

describe('the corpus of bad inputs', () => {
  test.each(BAD_INPUTS.map((row) => [row.what, row] as const))('refuses %s in these words', (_, { find, says }) => {
    expect(find().map(describeProblem)).toEqual(says);
  });

  test('has an example of every rule of the pure modules', () => {
    const folders = ['allowlist-file', 'network', 'placement'].map((room) => join(__dirname, '../../lib', room));
    const shown = new Set(BAD_INPUTS.flatMap(({ says }) => says).map((message) => /\[(\w+)]$/.exec(message)?.[1]));
    const pure = folders.flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)));
    const rules = pure.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\brule: '(\w+)'|problem\(\s*'(\w+)'/g)].map(
        (match) => match[1] ?? match[2],
      ),
    );

    expect(rules.length).toBeGreaterThan(20);
    expect(rules.filter((rule) => !shown.has(rule))).toEqual([]);
  });

  test('names rules that the documentation explains', () => {
    const explained = [...ALLOWLIST_FILE_RULES, ...ALLOWLIST_RULES.names, ...ALLOWLIST_WARNINGS.names].map(
      ({ name }) => name,
    );
    const found = BAD_INPUTS.flatMap(({ find }) => find()).map(({ rule }) => rule);

    expect([...new Set(found)].filter((rule) => !explained.includes(rule))).toEqual([]);
    expect(ALLOWLIST_FILE_RULES.map(({ name }) => name).filter((name) => !found.includes(name))).toEqual([]);
  });
});
