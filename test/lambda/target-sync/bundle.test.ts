import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleTargetSync } from '../../../lambda/target-sync/bundle';
import { foreignTo, loadHandler, requiredBy } from '../../support/bundled-function';

const folder = mkdtempSync(join(tmpdir(), 'target-sync-'));
const file = join(folder, 'index.js');
beforeAll(() => bundleTargetSync(file));
afterAll(() => rmSync(folder, { recursive: true }));

test('the function is one file of at most 300 KB, SDK client included', () => {
  expect(readdirSync(folder)).toEqual(['index.js']);
  expect(readFileSync(file).length).toBeLessThanOrEqual(300 * 1024);
});

test('the bundle needs nothing but Node', () => {
  const required = requiredBy(file);

  expect(required.length).toBeGreaterThan(3);
  expect(foreignTo(required)).toEqual([]);
});

test('the same sources make the same bundle', async () => {
  const again = join(folder, 'again', 'index.js');

  await bundleTargetSync(again);

  expect(readFileSync(again).equals(readFileSync(file))).toBe(true);
});

test('the bundle holds the handler, and loads without a configuration', () => {
  expect(loadHandler(file)).toEqual({ status: 0, stdout: 'function', stderr: '' });
});
