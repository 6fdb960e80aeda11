import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitCode } from '../../../cli/exit-code';
import { run } from '../../../cli/program';
import { digestOf, lockText } from '../../../lib/allowlist-file/feed-lock';

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
  expect(out).toMatch(/^2 to fix in allowlist\.yaml$/m);
});

test('what an endpoint would refuse of sound entries is refused as well', async () => {
  const { exitCode, out } = await check('entries: [8.0.0.0/7]');

  expect(exitCode).toBe(ExitCode.FAILED);
  expect(out).toContain('[AllowlistTooBroad]');
});

test('warnings do not fail the command', async () => {
  const entries = 'entries:\n  - { cidr: 8.8.8.8, expires: 2027-01-31 }\n  - 9.9.9.9\n';

  const { exitCode, out } = await check(entries, '--as-of', '2027-02-01');

  expect(exitCode).toBe(ExitCode.OK);
  expect(out).toMatch(/^warning: .*8\.8\.8\.8 is left out, and loses access.*\[EntryExpired\]$/m);
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
  expect(out).toContain('1 to fix in nowhere.yaml');
});

test.each([
  [['allowlist', 'check']],
  [['allowlist', 'check', 'a.yaml', '--as-of', 'soon']],
  [['allowlist', 'grant', 'a']],
])('%j is refused as invalid', async (args) => {
  const { exitCode, err } = await command(...args);

  expect(exitCode).toBe(ExitCode.USAGE);
  expect(err).toMatch(/^error: /);
});

describe('the summary', () => {
  test('counts prefix lists, security groups and everybody beside blocks', async () => {
    const entries = [
      '8.8.8.8',
      '{ prefixList: pl-0123456789abcdef0, maxEntries: 20 }',
      '{ awsPrefixList: com.amazonaws.eu-central-1.s3 }',
      '{ securityGroup: sg-0123456789abcdef0 }',
    ];

    const { out } = await check(`entries: [${entries.join(', ')}]`);

    expect(out).toContain('allowlist.yaml: 4 entries: 1 block, 2 prefix lists, 1 security group\n');
    expect(out).toContain(
      'admits 1 IPv4 and 0 IPv6 addresses, plus the contents of 2 prefix lists and 1 security group\n',
    );
  });

  test('says "1 entry"', async () => {
    expect((await check('entries: [8.8.8.8]')).out).toMatch(/^allowlist\.yaml: 1 entry\n/);
  });

  test('of everybody says so', async () => {
    const { out } = await check('entries: [{ anywhere: true, reason: demo }]');

    expect(out).toMatch(/^allowlist\.yaml: 1 entry: anywhere\n/);
  });
});

describe('places', () => {
  test('have one form, whoever found the mistake, and point at the value', async () => {
    const text =
      'entries:\n  - { cidr: 8.8.8.300 }\n  - { cidr: 224.0.0.1 }\n  - { cidr: 9.9.9.9, expires: 2026-01-01 }\n';

    const { out } = await check(text, '--as-of', '2027-01-01', '--json');
    const { out: texts } = await check(
      text.replace('8.8.8.300', '8.8.8.8').replace('224.0.0.1', '10.0.0.1'),
      '--as-of',
      '2027-01-01',
    );

    expect(JSON.parse(out).problems.map(({ rule }: { rule: string }) => rule)).toEqual([
      'CidrInvalid',
      'SourceNeverMatches',
    ]);
    expect((await check(text)).out).toMatch(/^error: allowlist\.yaml:2:13: entries\[0\]\.cidr '8\.8\.8\.300' /m);
    expect((await check(text)).out).toMatch(/^error: allowlist\.yaml:3:13: entries\[1\]\.cidr '224\.0\.0\.1' /m);
    expect(texts).toMatch(/^warning: allowlist\.yaml:3:13: entries\[1\]\.cidr '10\.0\.0\.1' /m);
    expect(texts).toMatch(/^warning: allowlist\.yaml:4:31: entries\[2\]\.expires '2026-01-01' /m);
  });
});

test('an expiry that a group says is told with its place there', async () => {
  const text = 'groups:\n  - name: a\n    expires: 2027-01-31\n    entries: [8.8.8.8]\nentries: [9.9.9.9]\n';

  const [expired, soon] = [await check(text, '--as-of', '2027-02-01'), await check(text, '--as-of', '2027-01-30')];

  expect(expired.out).toMatch(/^warning: allowlist\.yaml:3:14: groups\[0\]\.expires '2027-01-31' .*\[EntryExpired\]$/m);
  expect(soon.out).toMatch(
    /^warning: allowlist\.yaml:3:14: groups\[0\]\.expires '2027-01-31' .*\[EntryExpiresSoon\]$/m,
  );
});

describe('the options of an endpoint', () => {
  const blocks = (count: number) => Array.from({ length: count }, (_, i) => `8.8.${i}.1`);

  test.each([
    ['--rules-per-security-group', '2', '--security-groups-per-interface', '1'],
    ['--max-breadth-ipv4', '31'],
  ])('are judged: %s', async (...options) => {
    const list = `entries: [${blocks(3).join(', ')}]`;

    expect((await check(list)).exitCode).toBe(ExitCode.OK);
    expect((await check(list, ...options.filter(Boolean))).exitCode).toBe(ExitCode.FAILED);
  });

  test('allow more where they say so', async () => {
    const list = `entries: [${blocks(200).join(', ')}]`;

    expect((await check(list, '--security-groups-per-interface', '2')).out).toContain('[TooManyRules]');
    expect(
      (await check(list, '--security-groups-per-interface', '2', '--rules-per-security-group', '100')).exitCode,
    ).toBe(ExitCode.OK);
    expect((await check('entries: [8.0.0.0/7]', '--max-breadth-ipv4', '7')).exitCode).toBe(ExitCode.OK);
  });

  test('are those of a load balancer with IPv4 only, or of an internal one', async () => {
    expect((await check('entries: ["2600:1f18::/32"]', '--no-dual-stack')).out).toContain('[Ipv6NeedsDualStack]');
    expect((await check('entries: [10.0.0.1]')).out).toContain('[SourceSeldomMatches]');
    expect((await check('entries: [10.0.0.1]', '--internal')).out).not.toContain('[SourceSeldomMatches]');
  });

  test('place rules with room to grow', async () => {
    const list = `entries: [${blocks(58).join(', ')}]`;

    expect((await check(list)).out).toContain('[AllowlistNearlyFull]');
    expect((await check(list, '--shard-from-start')).out).not.toContain('[AllowlistNearlyFull]');
  });

  test.each([
    ['--rules-per-security-group', '0'],
    ['--security-groups-per-interface', '17'],
    ['--max-breadth-ipv6', '129'],
  ])('are refused where they make no sense: %s %s', async (...options) => {
    expect((await check('entries: [8.8.8.8]', ...options)).exitCode).toBe(ExitCode.FAILED);
  });
});

describe('groups', () => {
  const FLEET =
    'entries: [8.8.8.8]\ngroups:\n  - { name: a, entries: [8.8.8.8, 8.8.8.9] }\n  - { name: b, entries: [8.8.8.8, 224.0.0.1] }\n';

  test('are judged together, by name, or each by itself', async () => {
    expect((await check(FLEET)).out).toMatch(/^3 to fix in allowlist\.yaml$/m);
    expect((await check(FLEET, '--group', 'a')).out).toMatch(/^allowlist\.yaml \(a\): 2 entries$/m);
    expect((await check(FLEET, '--group', 'a', 'b')).out).toMatch(/^2 to fix in allowlist\.yaml \(a, b\)$/m);

    const { exitCode, out } = await check(FLEET, '--each-group');
    expect(exitCode).toBe(ExitCode.FAILED);
    expect(out).toMatch(/^allowlist\.yaml \(entries in no group\): 1 entry$/m);
    expect(out).toMatch(/^allowlist\.yaml \(a\): 2 entries$/m);
    expect(out).toMatch(/^1 to fix in allowlist\.yaml \(b\)$/m);
  });

  test('of a file without groups are all of it', async () => {
    expect((await check('entries: [8.8.8.8]', '--each-group')).out).toMatch(/^allowlist\.yaml: 1 entry$/m);
  });

  test('that are missing are named', async () => {
    expect((await check(FLEET, '--group', 'c')).out).toMatch(
      /allowlist\.yaml:1:1: 'c' is not a group of the file\. .*: a, b\./,
    );
  });

  test('cannot be asked for in two ways', async () => {
    expect(await check(FLEET, '--group', 'a', '--each-group')).toMatchObject({ exitCode: ExitCode.USAGE });
  });
});

describe('several files', () => {
  test('are judged each by itself, and one mistake fails all', async () => {
    const good = join(folder, 'good.txt');
    const bad = join(folder, 'bad.csv');
    writeFileSync(good, '8.8.8.8\n');
    writeFileSync(bad, 'cidr\n8.8.8.8\n8.8.8.300\n');

    const { exitCode, out } = await command('allowlist', 'check', good, bad);
    expect(exitCode).toBe(ExitCode.FAILED);
    expect(out).toMatch(/^good\.txt: 1 entry$/m);
    expect(out).toMatch(/^error: bad\.csv:3:1: cidr '8\.8\.8\.300' /m);

    const { out: json } = await command('allowlist', 'check', good, bad, '--json');
    expect(JSON.parse(json)).toMatchObject({
      exitCode: 1,
      reports: [{ entries: 1, problems: [] }, { problems: [{ rule: 'CidrInvalid' }] }],
    });
  });
});

describe('published lists', () => {
  const FEED = "entries: [{ feed: { url: 'https://vendor.example.com', format: text, owner: a, description: b } }]\n";
  const lock = (blocks: string[]) =>
    lockText([
      { url: 'https://vendor.example.com', format: 'text', fetched: '2026-11-27', digest: digestOf(blocks), blocks },
    ]);

  test('are read from the lock file, and nothing is fetched', async () => {
    writeFileSync(join(folder, 'allowlist.yaml.lock.json'), lock(['52.20.30.40/32', '52.20.31.0/24']));

    expect(await check(FEED)).toMatchObject({
      exitCode: ExitCode.OK,
      out: expect.stringContaining('allowlist.yaml: 2 entries\nadmits 257 IPv4 and 0 IPv6 addresses\n'),
    });
  });

  test('that were not fetched, or whose lock file was edited, fail the command', async () => {
    rmSync(join(folder, 'allowlist.yaml.lock.json'), { force: true });
    expect((await check(FEED)).out).toMatch(/^error: allowlist\.yaml:1:13: .*\[FeedNotLocked\]$/m);

    writeFileSync(join(folder, 'allowlist.yaml.lock.json'), lock(['52.20.30.40/32']).replace('.40/', '.41/'));
    expect((await check(FEED)).out).toMatch(/^error: allowlist\.yaml\.lock\.json:9:\d+: .*\[FeedLockEdited\]$/m);
  });

  test('are checked with their file where a hook hands in the lock file', async () => {
    const file = join(folder, 'vendors.yaml');
    writeFileSync(file, FEED);
    writeFileSync(`${file}.lock.json`, lock(['52.20.30.40/32']));

    const { exitCode, out } = await command('allowlist', 'check', `${file}.lock.json`, file);

    expect(exitCode).toBe(ExitCode.OK);
    expect(out).toMatch(/^vendors\.yaml: 1 entry$/m);
    expect(out.match(/1 entry/g)).toHaveLength(1);
    expect((await command('allowlist', 'check', `${file}.lock.json`)).out).toBe(out);
  });
});

test('an include from beside the folder needs the option', async () => {
  mkdirSync(join(folder, 'envs'), { recursive: true });
  writeFileSync(join(folder, 'offices.yaml'), 'entries: [8.8.8.8]\n');
  const file = join(folder, 'envs', 'prod.yaml');
  writeFileSync(file, 'include: [../offices.yaml]\n');

  expect((await command('allowlist', 'check', file)).out).toContain('[IncludeOutside]');
  expect((await command('allowlist', 'check', file, '--include-folder', folder)).exitCode).toBe(ExitCode.OK);
});

test('an address that must have access is not missed while its entry cannot be read', async () => {
  const { out } = await check('entries: [8.8.8.8, 9.9.9.9/8]', '--must-include', '9.9.9.9');

  expect(out).toContain('[CidrHasHostBits]');
  expect(out).not.toContain('[MustIncludeLockedOut]');
});
