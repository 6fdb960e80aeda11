import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { bundleTargetSync } from '../../lambda/target-sync/bundle';
import { CODE_FILE } from '../../lib/assets';
import { codeHash } from '../../lib/target-sync/code';
import { archiveTargetSync } from '../../scripts/bundle';

jest.setTimeout(60_000);
const folder = mkdtempSync(join(tmpdir(), 'code-'));
const file = join(folder, 'code', 'target-sync.zip');
const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('base64');
beforeAll(() => archiveTargetSync(file));
afterAll(() => rmSync(folder, { recursive: true }));

test('the archive holds the bundle, and the licenses of what is in it', async () => {
  const bundle = join(folder, 'index.js');
  await bundleTargetSync(bundle);

  const { 'index.js': code, 'LICENSES.txt': licenses, ...others } = unzipSync(readFileSync(file));

  expect(Buffer.from(code).equals(readFileSync(bundle))).toBe(true);
  expect(Buffer.from(licenses).toString()).toMatch(/@aws-sdk\/client-elastic-load-balancing-v2 \d+\.\d+\.\d+\n/);
  expect(others).toEqual({});
  expect(readdirSync(join(folder, 'code'))).toEqual(['target-sync.zip']);
});

test('the same sources make the same archive, also in another time zone and at another place', () => {
  const other = join(folder, 'other.zip');
  const script = `require('./scripts/bundle').archiveTargetSync(${JSON.stringify(other)})`;

  const { status, stderr } = spawnSync(process.execPath, ['-r', 'ts-node/register', '-e', script], {
    encoding: 'utf8',
    env: { ...process.env, TZ: 'Pacific/Kiritimati', TMPDIR: folder },
  });

  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.any(String) });
  expect(readFileSync(other).equals(readFileSync(file))).toBe(true);
});

test('everybody may read what is in it, as Lambda wants', () => {
  const bytes = readFileSync(file);
  // The central directory notes system and mode of each file: 3 is Unix.
  const starts = [...bytes.keys()].filter((at) => at + 46 <= bytes.length && bytes.readUInt32LE(at) === 0x02014b50);
  const entries = starts.map((at) => ({
    system: bytes[at + 5],
    mode: (bytes.readUInt32LE(at + 38) >>> 16).toString(8),
  }));

  expect(entries).toEqual([
    { system: 3, mode: '100644' },
    { system: 3, mode: '100644' },
  ]);
});

test('its hash is the one that Lambda states', () => {
  expect(codeHash(file)).toBe(sha256(file));
  expect(codeHash()).toBe(sha256(CODE_FILE));
});

test('a library that was not built says so', () => {
  expect(() => codeHash(join(folder, 'nowhere.zip'))).toThrow(/nowhere\.zip is missing.*npm run build/);
});
