import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleDatabaseUser } from '../../../lambda/database-user/bundle';
import { foreignTo, loadHandler, requiredBy } from '../../support/bundled-function';

/** What the drivers ask for inside of a function that nobody calls: native code, and colours of debugging. */
const OPTIONAL = ['pg-native', 'cardinal'];

const folder = mkdtempSync(join(tmpdir(), 'database-user-'));
const file = join(folder, 'index.js');
beforeAll(() => bundleDatabaseUser(file));
afterAll(() => rmSync(folder, { recursive: true }));

test('the function is one file of at most 1.5 MB, drivers and SDK client included', () => {
  expect(readdirSync(folder)).toEqual(['index.js']);
  expect(readFileSync(file).length).toBeLessThanOrEqual(1.5 * 1024 * 1024);
});

test('the bundle needs nothing but Node', () => {
  const required = requiredBy(file);

  expect(required.length).toBeGreaterThan(3);
  expect(foreignTo(required).filter((name) => !OPTIONAL.includes(name))).toEqual([]);
});

test('the bundle holds the handler, and loads without a configuration', () => {
  expect(loadHandler(file)).toEqual({ status: 0, stdout: 'function', stderr: '' });
});
