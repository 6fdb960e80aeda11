import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'traces-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The trace of a token and that of an error in an app under ts-node. */
function traces(...preloads: string[]): { token: string[]; error: string } {
  const app = join(folder, 'app.ts');
  const cdktf = join(root, 'node_modules', 'cdktf');
  writeFileSync(
    app,
    `
interface Unused { readonly lines: string }
const { Lazy } = require(${JSON.stringify(cdktf)});
const { creationStack: token } = Lazy.anyValue({ produce: () => 1 });
console.log(JSON.stringify({ token, error: new Error('here').stack }));
`,
  );
  const requires = [join(root, 'node_modules/ts-node/register/transpile-only'), ...preloads];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...requires.flatMap((each) => ['-r', each]), app], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', TS_NODE_PROJECT: '' },
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

test('the preloaded file of the examples leaves out the traces of tokens, and those of errors still name the line of the source', () => {
  const without = traces(join(root, 'examples', 'without-token-traces.js'));
  const before = traces();

  expect(before.token).toContainEqual(expect.stringContaining('app.ts:4:'));
  expect(without.token).toEqual([]);
  expect(without.error).toBe(before.error);
  expect(without.error).toContain('app.ts:5:');
});
