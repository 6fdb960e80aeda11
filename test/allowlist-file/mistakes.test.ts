import { AllowedSource, AllowlistFile, type DatabaseEndpointProps } from '../../lib';
import { refusal } from '../support/endpoint';
import { eachInItsFolder, inFolder, mistakes, props, read, TODAY, write } from './allowlist-folder';

eachInItsFolder();

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
        location: { file: `${inFolder('allowlist.yaml')}`, line: 2, column: 5 },
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

describe('what is asked for without a type checker', () => {
  test.each([
    ['no path', [undefined], /^prod\/Orders: AllowlistFile\.read\(path\) is not the path of a file\./],
    ['an empty path', [''], /is not the path of a file\..*\[FileUnreadable\]$/],
    ['a path known after apply', ['${TfToken[TOKEN.0]}'], /is known after apply.*\[FileUnreadable\]$/],
    ['options that are a text', ['a.yaml', 'partners'], /AllowlistFile\.read\(options\).*\[PropertyTypeInvalid\]$/],
    ['a group that is no list', ['a.yaml', { groups: 'partners' }], /\.groups 'partners' .*\[PropertyTypeInvalid\]$/],
    ['a group that is missing', ['a.yaml', { groups: [undefined] }], /\.groups .*\[PropertyTypeInvalid\]$/],
    ['no groups', ['a.yaml', { groups: [] }], /\.groups lists no group\..*\[FileGroupMissing\]$/],
    ['a misspelt option', ['a.yaml', { group: ['a'] }], /\.group does not exist\..*\[PropertyUnknown\]$/],
  ])('is refused by the endpoint: %s', (_, args, message) => {
    const allow = (AllowlistFile.read as (...args: unknown[]) => AllowedSource[])(...args);

    expect(mistakes(allow)).toEqual([expect.stringMatching(message)]);
  });

  test.each([
    ['no text', [undefined, { name: 'a.yaml' }], /AllowlistFile\.parse\(text\) is not the text of a file\./],
    ['a text known after apply', ['${TfToken[TOKEN.0]}', { name: 'a.yaml' }], /parse\(text\) is known after apply/],
    ['no options', ['entries: [52.20.30.40]'], /parse\(options\)\.name is not the path of a file\./],
    ['no name', ['entries: [52.20.30.40]', { name: '' }], /parse\(options\)\.name is not the path of a file\./],
    [
      'no groups',
      ['entries: [52.20.30.40]', { name: 'a.yaml', groups: [] }],
      /parse\(options\)\.groups lists no group/,
    ],
  ])('is refused by the endpoint, of a text: %s', (_, args, message) => {
    const allow = (AllowlistFile.parse as (...args: unknown[]) => AllowedSource[])(...args);

    expect(mistakes(allow)).toEqual([expect.stringMatching(message)]);
  });
});
