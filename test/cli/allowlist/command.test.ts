import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitCode } from '../../../cli/exit-code';
import { run } from '../../../cli/program';

const folder = mkdtempSync(join(tmpdir(), 'allowlist-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function check(content: string, ...options: string[]): Promise<{ exitCode: ExitCode; out: string; err: string }> {
  const file = join(folder, 'allowlist.yaml');
  writeFileSync(file, content);
  return command('allowlist', 'check', file, ...options);
}

async function command(...args: string[]): Promise<{ exitCode: ExitCode; out: string; err: string }> {
  let out = '';
  let err = '';
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
  };
  const exitCode = await run(args, terminal);
  return { exitCode, out: out.replaceAll(`${folder}/`, ''), err };
}

test('a sound file is summed up', async () => {
  const { exitCode, out } = await check('entries: [8.8.8.8, 9.9.9.0/24, "2600:1f18::/32"]');

  expect(exitCode).toBe(ExitCode.OK);
  expect(out).toBe(
    [
      'allowlist.yaml: 3 entries',
      'admits 257 IPv4 and 79228162514264337593543950336 IPv6 addresses',
      'rules by security group: 1 (2 IPv4, 1 IPv6)',
      '',
    ].join('\n'),
  );
});

test('mistakes are told with their place, and fail the command', async () => {
  const { exitCode, out } = await check('entries:\n  - 1.1.1.1/1\n  - 8.8.8.8\n  - 8.8.8.8/32\n');

  expect(exitCode).toBe(ExitCode.FAILED);
  expect(out).toMatch(
    /^error: allowlist\.yaml:2:5: entries\[0\] '1\.1\.1\.1\/1' has host bits set\..*\[CidrHasHostBits\]$/m,
  );
  expect(out).toMatch(/^error: allowlist\.yaml:4:5: .*repeats allowlist\.yaml:3:5\..*\[CidrDuplicate\]$/m);
  expect(out).toMatch(/^2 to mend in allowlist\.yaml$/m);
});

test('what an endpoint would refuse of sound entries is refused as well', async () => {
  const { exitCode, out } = await check('entries: [8.0.0.0/7]');

  expect(exitCode).toBe(ExitCode.FAILED);
  expect(out).toContain('[AllowlistTooBroad]');
});

test('warnings do not fail the command', async () => {
  const entries = 'entries:\n  - { cidr: 8.8.8.8, expires: 2027-01-31 }\n  - 9.9.9.9\n';

  const { exitCode, out } = await check(entries, '--today', '2027-02-01');

  expect(exitCode).toBe(ExitCode.OK);
  expect(out).toMatch(/^warning: .*8\.8\.8\.8 has no access any more.*\[EntryExpired\]$/m);
  expect(out).toContain('2 entries, 1 of them expired');
});

test('an address that must have access and has none fails the command', async () => {
  const { exitCode, out } = await check('entries: [8.8.8.8]', '--must-include', '9.9.9.9');

  expect(exitCode).toBe(ExitCode.FAILED);
  expect(out).toContain('[MustIncludeLockedOut]');
});

test('the report comes as JSON', async () => {
  const { out } = await check('entries: [8.8.8.0/25, 8.8.8.128/25]', '--json', '--aggregate');

  expect(JSON.parse(out)).toMatchObject({
    entries: 2,
    addresses: { ipv4: '256', ipv6: '0' },
    securityGroups: [{ name: '1', ipv4: 1, ipv6: 0 }],
    problems: [],
    warnings: [],
  });
});

test('a file that does not exist fails the command', async () => {
  const { exitCode, out } = await command('allowlist', 'check', join(folder, 'nowhere.yaml'));

  expect(exitCode).toBe(ExitCode.FAILED);
  expect(out).toContain('[FileUnreadable]');
  expect(out).toContain('1 to mend in nowhere.yaml');
});

test.each([
  [['allowlist', 'check']],
  [['allowlist', 'check', 'a.yaml', '--today', 'soon']],
  [['allowlist', 'grant', 'a']],
])('%j makes no sense', async (args) => {
  const { exitCode, err } = await command(...args);

  expect(exitCode).toBe(ExitCode.USAGE);
  expect(err).toMatch(/^error: /);
});
