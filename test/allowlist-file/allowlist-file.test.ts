import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import { load } from 'js-yaml';
import { AllowedSource, AllowlistFile, type AllowlistFileOptions, type DatabaseEndpointProps } from '../../lib';
import { homesOf, synthesizedGroups } from '../allowlist/synthesized-groups';
import { endpoint, refusal, synthesizeEndpoint, validProps } from '../support/endpoint';
import { entriesBy } from '../support/ingress';
import { warningsOf } from '../support/synthesis';

const TODAY = '2026-07-01';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'allowlist-file-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function read(path = 'allowlist.yaml', options?: AllowlistFileOptions): AllowedSource[] {
  return AllowlistFile.read(join(folder, path), options);
}

function props(allow: AllowedSource[], overrides: Partial<DatabaseEndpointProps> = {}): DatabaseEndpointProps {
  return validProps({ allow, dualStack: true, allowlist: { asOf: TODAY }, ...overrides });
}

function keys(allow: AllowedSource[]): string[] {
  return [...homesOf(synthesizedGroups(synthesizeEndpoint(props(allow)))).keys()].sort();
}

/** What an endpoint is refused with, as if the files stood in the working directory. */
function mistakes(allow: AllowedSource[], overrides: Partial<DatabaseEndpointProps> = {}): string[] {
  return (refusal(props(allow, overrides))?.message ?? '').replaceAll(`${folder}/`, '').split('\n');
}

const FULL = `version: 1
owner: data-platform@example.com
labels: { system: orders }
include: [shared/offices.yaml]
entries:
  - 52.20.30.40
  - cidr: 2600:1f18::/48
    description: Metabase Cloud
    ticket: SEC-1201
    expires: 2031-01-31
  - awsPrefixList: com.amazonaws.eu-central-1.s3
groups:
  - name: partners
    description: Partners under contract
    owner: jane@example.com
    pinned: true
    entries:
      - 35.10.0.0/16
      - cidr: 35.11.0.1
        description: Acme
        labels: { tier: gold }
  - name: auditors
    expires: 2026-06-30
    entries: [151.10.20.30]
`;
const OFFICES = `groups:
  - name: offices
    entries:
      - prefixList: pl-0123456789abcdef0
        maxEntries: 20
        description: Branches
      - securityGroup: sg-0123456789abcdef0
`;

describe('an endpoint admits', () => {
  test('every entry of a YAML file and of the files that it includes', () => {
    write('allowlist.yaml', FULL);
    write('shared/offices.yaml', OFFICES);

    expect(keys(read())).toEqual([
      '2600:1f18::/48',
      '35.10.0.0/16',
      '35.11.0.1/32',
      '52.20.30.40/32',
      'com.amazonaws.eu-central-1.s3',
      'pl-0123456789abcdef0',
      'sg-0123456789abcdef0',
    ]);
  });

  test('the same of a JSON file that says the same', () => {
    write('allowlist.yaml', FULL);
    write('shared/offices.yaml', OFFICES);
    write('allowlist.json', JSON.stringify(load(FULL)));

    expect(synthesizeEndpoint(props(read('allowlist.json')))).toEqual(synthesizeEndpoint(props(read())));
  });

  test('only the groups that were asked for, from whichever file', () => {
    write('allowlist.yaml', FULL);
    write('shared/offices.yaml', OFFICES);

    expect(keys(read('allowlist.yaml', { groups: ['partners'] }))).toEqual(['35.10.0.0/16', '35.11.0.1/32']);
    expect(keys(read('allowlist.yaml', { groups: ['offices'] }))).toEqual([
      'pl-0123456789abcdef0',
      'sg-0123456789abcdef0',
    ]);
  });

  test('what stands in a file beside what stands in code', () => {
    write('allowlist.yaml', 'entries: [52.20.30.40]');

    expect(keys([AllowedSource.cidr('35.10.0.0/16'), ...read()])).toEqual(['35.10.0.0/16', '52.20.30.40/32']);
  });

  test('everybody, where a file says so and why', () => {
    write('allowlist.yaml', 'entries: [{ anywhere: true, reason: Public demo data }]');
    const tf = synthesizeEndpoint(props(read()));

    expect(entriesBy(tf, 'cidr_ipv4')).toEqual({ '0.0.0.0/0': 'Public demo data' });
    expect(entriesBy(tf, 'cidr_ipv6')).toEqual({ '::/0': 'Public demo data' });
  });
});

describe('what a file says of an entry', () => {
  test('is the description of its rule, its own or that of its group', () => {
    write('allowlist.yaml', FULL);
    write('shared/offices.yaml', OFFICES);
    const tf = synthesizeEndpoint(props(read()));

    expect(entriesBy(tf, 'cidr_ipv4')).toEqual({
      '52.20.30.40/32': 'Client of a database endpoint',
      '35.10.0.0/16': 'Partners under contract',
      '35.11.0.1/32': 'Acme',
    });
    expect(entriesBy(tf, 'cidr_ipv6')).toEqual({ '2600:1f18::/48': 'Metabase Cloud' });
  });

  test('pins the entries of a pinned group to a security group of its name, and no others', () => {
    write('allowlist.yaml', FULL);
    write('shared/offices.yaml', OFFICES);
    const homes = homesOf(synthesizedGroups(synthesizeEndpoint(props(read()))));
    const [first, partners] = [homes.get('52.20.30.40/32'), homes.get('35.10.0.0/16')];

    expect(partners).toMatch(/SecurityGroup-partners/);
    expect(homes.get('35.11.0.1/32')).toBe(partners);
    expect([...homes.values()].filter((home) => home !== partners)).toEqual(Array(5).fill(first));
  });

  test('ends its access, and the warning says where it stands', () => {
    write('allowlist.yaml', 'entries:\n  - 52.20.30.40\n  - { cidr: 151.10.20.30, expires: 2026-06-30 }\n');
    const warnings = warningsOf(endpoint(props(read()))).filter((text) => text.includes('EntryExpired'));

    expect(keys(read())).toEqual(['52.20.30.40/32']);
    expect(warnings).toEqual([expect.stringContaining(`${folder}/allowlist.yaml:3:36: entries[1].expires `)]);
  });

  test('counts a prefix list with the size that it gives', () => {
    write('allowlist.yaml', 'entries: [52.20.30.40, { prefixList: pl-0123456789abcdef0, maxEntries: 61 }]');

    expect(mistakes(read())).toEqual([expect.stringMatching(/counts as 61 rules.*\[SourceTooLarge\]$/)]);
  });
});

describe('a mistake in a file', () => {
  test('is reported by the endpoint, with file, line and column', () => {
    write('allowlist.yaml', 'entries:\n  - cidr: 52.20.30.40\n  - cidr: 10.1.2.3/8\n    ticket: 1234\n');

    expect(mistakes(read())).toEqual([
      expect.stringMatching(/^prod\/Orders: allowlist\.yaml:3:11: .*'10\.1\.2\.3\/8' .*\[CidrHasHostBits\]$/),
      expect.stringMatching(/^prod\/Orders: allowlist\.yaml:4:13: .*1234 .*\[FileValueInvalid\]$/),
    ]);
  });

  test('in an included file is reported with the name of that file', () => {
    write('allowlist.yaml', 'include: [shared/offices.yaml]\nentries: [52.20.30.40]\n');
    write('shared/offices.yaml', 'entries: [offices]\n');

    expect(mistakes(read())).toEqual([
      expect.stringMatching(/^prod\/Orders: shared\/offices\.yaml:1:11: .*\[CidrInvalid\]$/),
    ]);
  });

  test('is reported together with the other mistakes of the endpoint', () => {
    write('allowlist.yaml', 'entries: [10.1.2.3/8]\n');

    const found = mistakes([...read(), AllowedSource.cidr('office')], { subnetIds: ['subnet-0a'], port: 70000 });

    expect(found.map((message) => /\[(\w+)\]$/.exec(message)?.[1]).sort()).toEqual([
      'CidrHasHostBits',
      'CidrInvalid',
      'NumberOutOfRange',
      'SubnetsTooFew',
    ]);
  });

  test('is not reported as an empty list', () => {
    write('allowlist.yaml', 'entries: [nobody]\n');

    expect(mistakes(read())).toEqual([expect.stringMatching(/\[CidrInvalid\]$/)]);
  });

  test.each([
    ['a file that is not there', {}, {}, 'FileUnreadable'],
    ['a file that cannot be read', { 'allowlist.yaml': 'entries: [' }, {}, 'FileSyntax'],
    ['a file without entries', { 'allowlist.yaml': 'version: 1\n' }, {}, 'FileEmpty'],
    [
      'a group that is not there',
      { 'allowlist.yaml': 'entries: [52.20.30.40]' },
      { groups: ['a'] },
      'FileGroupMissing',
    ],
    // One mistake, one message: nobody knows which groups such a file has.
    ['a group of a file that cannot be read', { 'allowlist.yaml': 'entries: [' }, { groups: ['a'] }, 'FileSyntax'],
    [
      'a group with a mistake in its only entry',
      { 'allowlist.yaml': 'groups: [{ name: a, entries: [{ cidr: x, owner: 1 }] }]' },
      { groups: ['a'] },
      'CidrInvalid',
    ],
  ])('is %s', (_, files, options, rule) => {
    for (const [path, text] of Object.entries(files)) write(path, text);

    const found = new Set(mistakes(read('allowlist.yaml', options)).map((text) => /\[(\w+)\]$/.exec(text)?.[1]));

    expect([...found].filter((name) => name !== 'FileValueInvalid')).toEqual([rule]);
  });

  test('that only the whole list shows is reported with the place of the entry', () => {
    write('allowlist.yaml', 'entries:\n  - 52.20.30.40\n  - 224.0.0.1\n');
    const allow = [AllowedSource.cidr('52.20.30.40/32'), ...read()];

    expect(mistakes(allow)).toEqual([
      expect.stringMatching(
        /^prod\/Orders: allowlist\.yaml:2:5: entries\[0\] '52\.20\.30\.40' repeats allow\[0\].*\[CidrDuplicate\]$/,
      ),
      expect.stringMatching(
        /^prod\/Orders: allowlist\.yaml:3:5: entries\[1\] '224\.0\.0\.1' .*\[SourceNeverMatches\]$/,
      ),
    ]);
  });

  test('of IPv6 on an IPv4 load balancer is reported with the place of the entry', () => {
    write('allowlist.yaml', 'entries:\n  - 52.20.30.40\n  - 2600:1f18::/48\n');

    expect(mistakes(read(), { dualStack: false })).toEqual([
      expect.stringMatching(
        /^prod\/Orders: allowlist\.yaml:3:5: entries\[1\] '2600:1f18::\/48' .*\[Ipv6NeedsDualStack\]$/,
      ),
    ]);
  });
});

describe('all mistakes are reported at once', () => {
  const rulesOf = (allow: AllowedSource[], overrides: Partial<DatabaseEndpointProps> = {}): (string | undefined)[] =>
    mistakes(allow, overrides)
      .map((message) => /\[(\w+)\]$/.exec(message)?.[1])
      .sort();

  test('a mistake of form hides none of a rule, in the same entry and in others', () => {
    write(
      'allowlist.yaml',
      'entries:\n  - { cidr: 52.20.30.40, ticket: 1 }\n  - { cidr: 224.0.0.1, descripton: x }\n  - 8.0.0.0/7\n  - 10.1.2.3/8\n  - 52.20.30.40\n',
    );

    expect(rulesOf(read())).toEqual([
      'AllowlistTooBroad',
      'CidrDuplicate',
      'CidrHasHostBits',
      'FileKeyUnknown',
      'FileValueInvalid',
      'SourceNeverMatches',
    ]);
  });

  test('a file that cannot be read hides none of another file', () => {
    write('allowlist.yaml', 'include: [a.yaml, b.txt]\nentries: [224.0.0.1]\n');
    write('a.yaml', 'entries: [');
    write('b.txt', '127.0.0.1\n');

    expect(rulesOf(read())).toEqual(['FileSyntax', 'SourceNeverMatches', 'SourceNeverMatches']);
  });

  test('what was refused is not refused again by another name', () => {
    write(
      'allowlist.yaml',
      `groups:
  - name: 1st
    description: Caf\u00e9
    expires: soon
    entries:
      - 52.20.30.40
      - { prefixList: offices, maxEntries: 0 }
      - { cidr: 52.20.30.41, description: what? }
  - name: research
    description: R&D
    entries: [{ prefixList: pl-0123456789abcdef0 }]
`,
    );

    expect(rulesOf(read())).toEqual([
      'DescriptionInvalid',
      'DescriptionInvalid',
      'DescriptionInvalid',
      'ExpiryInvalid',
      'GroupNameInvalid',
      'MaxEntriesInvalid',
      'PrefixListIdInvalid',
    ]);
  });

  test('what a group says of its entries is wrong once, where it is written', () => {
    write(
      'allowlist.yaml',
      'groups:\n  - name: partners\n    expires: soon\n    entries: [52.20.30.40, 52.20.30.41, { cidr: 52.20.30.42, expires: later }]\n',
    );

    expect(mistakes(read())).toEqual([
      expect.stringMatching(/^prod\/Orders: allowlist\.yaml:3:14: groups\[0\]\.expires 'soon' .*\[ExpiryInvalid\]$/),
      expect.stringMatching(
        /^prod\/Orders: allowlist\.yaml:4:71: groups\[0\]\.entries\[2\]\.expires 'later' .*\[ExpiryInvalid\]$/,
      ),
    ]);
  });

  test('an entry of a group that was not asked for is refused as well, and not compared with others', () => {
    write(
      'allowlist.yaml',
      'groups:\n  - { name: orders, entries: [52.20.30.40] }\n  - { name: carts, entries: [52.20.30.40, 10.1.2.3/8, { prefixList: offices }] }\n',
    );

    expect(rulesOf(read('allowlist.yaml', { groups: ['orders'] }))).toEqual(['CidrHasHostBits', 'PrefixListIdInvalid']);
  });

  test('a problem has its location as data', () => {
    write('allowlist.yaml', 'entries:\n  - 10.1.2.3/8\n');

    expect(refusal(props(read()))?.problems).toEqual([
      expect.objectContaining({
        rule: 'CidrHasHostBits',
        property: 'entries[0]',
        location: { file: `${folder}/allowlist.yaml`, line: 2, column: 5 },
        value: '10.1.2.3/8',
      }),
    ]);
  });

  test('an entry that cannot be read may be the one that admits an operator', () => {
    write('allowlist.yaml', 'entries: [52.20.30.40, 10.1.2.3/8]\n');

    expect(rulesOf(read(), { allowlist: { asOf: TODAY, mustInclude: ['10.1.2.3'] } })).toEqual(['CidrHasHostBits']);
  });

  test('a group that is missing is reported with the mistakes of the others', () => {
    write('allowlist.yaml', 'groups: [{ name: partners, entries: [10.1.2.3/8] }]\n');

    expect(rulesOf(read('allowlist.yaml', { groups: ['parnters'] }))).toEqual(['CidrHasHostBits', 'FileGroupMissing']);
  });
});

describe('one file for several endpoints', () => {
  const FLEET = `groups:
  - { name: orders, entries: [52.20.30.40, 52.20.30.41] }
  - { name: carts, entries: [52.20.30.40, { cidr: 52.20.30.42, owner: jane }] }
`;

  test('may list a block in two groups, of which each endpoint reads one', () => {
    write('allowlist.yaml', FLEET);

    expect(keys(read('allowlist.yaml', { groups: ['orders'] }))).toEqual(['52.20.30.40/32', '52.20.30.41/32']);
    expect(keys(read('allowlist.yaml', { groups: ['carts'] }))).toEqual(['52.20.30.40/32', '52.20.30.42/32']);
  });

  test('must not list a block twice in what one endpoint reads', () => {
    write('allowlist.yaml', FLEET);
    const found = [expect.stringMatching(/^prod\/Orders: allowlist\.yaml:3:30: .* repeats allowlist\.yaml:2:31\./)];

    expect(mistakes(read())).toEqual(found);
    expect(mistakes(read('allowlist.yaml', { groups: ['orders', 'carts'] }))).toEqual(found);
  });
});

describe('what is asked for without a type checker', () => {
  test.each([
    ['no path', [undefined], /^prod\/Orders: AllowlistFile\.read\(path\) is not the path of a file\./],
    ['an empty path', [''], /is not the path of a file\..*\[FileUnreadable\]$/],
    ['a path known after apply', ['${TfToken[TOKEN.0]}'], /is known after apply.*\[FileUnreadable\]$/],
    ['options that are a text', ['a.yaml', 'partners'], /AllowlistFile\.read\(options\).*\[PropertyTypeInvalid\]$/],
    ['a group that is no list', ['a.yaml', { groups: 'partners' }], /\.groups 'partners' .*\[PropertyTypeInvalid\]$/],
    ['a group that is missing', ['a.yaml', { groups: [undefined] }], /\.groups .*\[PropertyTypeInvalid\]$/],
    ['no groups', ['a.yaml', { groups: [] }], /\.groups asks for no group\..*\[FileGroupMissing\]$/],
    ['a misspelt option', ['a.yaml', { group: ['a'] }], /\.group does not exist\..*\[PropertyUnknown\]$/],
  ])('is refused by the endpoint: %s', (_, args, message) => {
    const allow = (AllowlistFile.read as (...args: unknown[]) => AllowedSource[])(...args);

    expect(mistakes(allow)).toEqual([expect.stringMatching(message)]);
  });
});

describe('the published JSON Schema', () => {
  const schema = JSON.parse(readFileSync(join(__dirname, '../../schema/allowlist.schema.json'), 'utf8'));
  const accepts: ValidateFunction = new Ajv({ allowUnionTypes: true, formats: { date: true } }).compile(schema);

  test.each([
    ['everything that can be said', FULL],
    ['an included file', OFFICES],
    ['everybody', 'entries: [{ anywhere: true, reason: Public demo data }]'],
    ['a block alone', 'entries: [52.20.30.40]'],
  ])('accepts %s, as the endpoint does', (_, text) => {
    write('allowlist.yaml', text);
    write('shared/offices.yaml', OFFICES);

    expect(accepts(load(text))).toBe(true);
    expect(refusal(props(read()))).toBeUndefined();
  });

  test.each([
    ['a misspelt key', 'entires: [52.20.30.40]'],
    ['an entry of two sources', 'entries: [{ cidr: 52.20.30.40, securityGroup: sg-0123456789abcdef0 }]'],
    ['everybody without a reason', 'entries: [{ anywhere: true }]'],
    ['a date in another form', 'entries: [{ cidr: 52.20.30.40, expires: 31.01.2031 }]'],
    ['a group without a name', 'groups: [{ entries: [52.20.30.40] }]'],
    ['a list too large', 'entries: [{ prefixList: pl-0123456789abcdef0, maxEntries: 1001 }]'],
    ['an absolute include', 'include: [/etc/offices.yaml]'],
  ])('refuses %s, as the endpoint does', (_, text) => {
    write('allowlist.yaml', text);

    expect(accepts(load(text))).toBe(false);
    expect(refusal(props(read()))).toBeDefined();
  });
});
