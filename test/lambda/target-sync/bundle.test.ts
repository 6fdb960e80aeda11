import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleTargetSync } from '../../../lambda/target-sync/bundle';

jest.setTimeout(30_000);
const folder = mkdtempSync(join(tmpdir(), 'target-sync-'));
const file = join(folder, 'index.js');
beforeAll(() => bundleTargetSync(file));
afterAll(() => rmSync(folder, { recursive: true }));

test('the function is one file of at most 300 KB, SDK client included', () => {
  expect(readdirSync(folder)).toEqual(['index.js']);
  expect(readFileSync(file).length).toBeLessThanOrEqual(300 * 1024);
});

test('the bundle needs nothing but Node', () => {
  const required = [...readFileSync(file, 'utf8').matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) =>
    name.replace('node:', ''),
  );

  expect(required.length).toBeGreaterThan(3);
  expect(required.filter((name) => !builtinModules.includes(name))).toEqual([]);
});

test('the same sources make the same bundle', async () => {
  const again = join(folder, 'again', 'index.js');

  await bundleTargetSync(again);

  expect(readFileSync(again).equals(readFileSync(file))).toBe(true);
});

test('the bundle holds the handler, and loads without a configuration', () => {
  const script = `console.log(typeof require(${JSON.stringify(file)}).handler)`;

  const { stdout, stderr, status } = spawnSync(process.execPath, ['--no-warnings', '-e', script], {
    encoding: 'utf8',
    env: {},
  });

  expect({ status, stdout: stdout.trim(), stderr }).toEqual({ status: 0, stdout: 'function', stderr: '' });
});
