import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { archiveFunction, PROGRAMS } from '../../scripts/bundle';

const folder = mkdtempSync(join(tmpdir(), 'code-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A package of AWS that each program brings. */
const LICENSED: { readonly [program in keyof typeof PROGRAMS]: RegExp } = {
  targetSync: /@aws-sdk\/client-elastic-load-balancing-v2 \d+\.\d+\.\d+\n/,
  databaseUser: /@aws-sdk\/client-secrets-manager \d+\.\d+\.\d+\n/,
};

describe.each(Object.keys(PROGRAMS) as (keyof typeof PROGRAMS)[])('the archive of %s', (program) => {
  const file = join(folder, program, 'code.zip');
  beforeAll(() => archiveFunction(program, file));

  test('holds the bundle, and the licenses of what is in it', async () => {
    const bundle = join(folder, `${program}.js`);
    await PROGRAMS[program](bundle);

    const { 'index.js': code, 'LICENSES.txt': licenses, ...others } = unzipSync(readFileSync(file));

    expect(Buffer.from(code ?? []).equals(readFileSync(bundle))).toBe(true);
    expect(Buffer.from(licenses ?? []).toString()).toMatch(LICENSED[program]);
    expect(others).toEqual({});
    expect(readdirSync(join(folder, program))).toEqual(['code.zip']);
  });

  test('is the same for the same sources, also in another time zone and at another place', () => {
    const other = join(folder, `${program}-other.zip`);
    const script = `require('./scripts/bundle').archiveFunction('${program}', ${JSON.stringify(other)})`;

    const { status, stderr } = spawnSync(process.execPath, ['-r', 'ts-node/register', '-e', script], {
      encoding: 'utf8',
      env: { ...process.env, TZ: 'Pacific/Kiritimati', TMPDIR: folder },
    });

    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.any(String) });
    expect(readFileSync(other).equals(readFileSync(file))).toBe(true);
  });

  test('lets everybody read what is in it, as Lambda wants', () => {
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
});
