import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENGINE_TABLES, withEngineTables } from '../scripts/engine-tables';

test.each(Object.keys(ENGINE_TABLES))('%s has the tables by engine as `npm run docs` writes them', (document) => {
  const text = readFileSync(join(__dirname, '..', document), 'utf8');

  expect(text).toBe(withEngineTables(document));
});
