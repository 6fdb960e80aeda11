import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALLOWLIST_FILE_RULES } from '../../lib/allowlist/allowlist-file-rules';
import { ALLOWLIST_RULES } from '../../lib/allowlist/allowlist-rules';
import { ALLOWLIST_WARNINGS } from '../../lib/allowlist/allowlist-warnings';
import { describeProblem } from '../../lib/endpoint-error';
import { BAD_INPUTS } from './bad-inputs';

describe('the corpus of bad inputs', () => {
  test.each(BAD_INPUTS.map((row) => [row.what, row] as const))('refuses %s in these words', (_, { find, says }) => {
    expect(find().map(describeProblem)).toEqual(says);
  });

  test('has an example of every rule of the pure modules', () => {
    const folder = join(__dirname, '../../lib/allowlist');
    const shown = new Set(BAD_INPUTS.flatMap(({ says }) => says).map((message) => /\[(\w+)]$/.exec(message)?.[1]));
    const pure = readdirSync(folder).filter(
      (file) => !/^(allowlist-rules|allowed-source|computed-|security-)/.test(file),
    );
    const rules = pure.flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/\brule: '(\w+)'|problem\(\s*'(\w+)'/g)].map(
        (match) => match[1] ?? match[2],
      ),
    );

    expect(rules.length).toBeGreaterThan(20);
    expect(rules.filter((rule) => !shown.has(rule))).toEqual([]);
  });

  test('names rules that the documentation explains', () => {
    const explained = [...ALLOWLIST_FILE_RULES, ...ALLOWLIST_RULES, ...ALLOWLIST_WARNINGS].map(({ name }) => name);
    const found = BAD_INPUTS.flatMap(({ find }) => find()).map(({ rule }) => rule);

    expect([...new Set(found)].filter((rule) => !explained.includes(rule))).toEqual([]);
    expect(ALLOWLIST_FILE_RULES.map(({ name }) => name).filter((name) => !found.includes(name))).toEqual([]);
  });
});
