import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import fc from 'fast-check';
import { dump, load, loadAll } from 'js-yaml';
import type { AllowlistEntry } from '../../lib/allowlist/allowlist-entry';
import { originText } from '../../lib/allowlist/origin';
import { GROUP_NAME, SOURCE_FORMS, SOURCE_RULES } from '../../lib/allowlist/source-rules';
import { FILE_KEYS, GROUP_KEYS } from '../../lib/allowlist-file/allowlist-format';
import { type AllowlistContent, type ReadOptions, readAllowlistFiles } from '../../lib/allowlist-file/allowlist-reader';
import { sourcesOf } from '../../lib/allowlist-file/allowlist-sources';
import { ENTRY_KEYS } from '../../lib/allowlist-file/entry-reader';
import { isCidr, parseCidr } from '../../lib/network/cidr';
import { describeProblem } from '../../lib/rules/endpoint-error';
import { locationText } from '../../lib/rules/location';
import { problemsOf } from './bad-files';
import { BAD_ENTRIES } from './entries.refusals';
import { BAD_FILES } from './files.refusals';

function read(files: Readonly<Record<string, string>>, options?: ReadOptions): AllowlistContent {
  return readAllowlistFiles(
    Object.keys(files)[0],
    (path) => {
      if (files[path] === undefined) throw new Error(`no such file: ${path}`);
      return files[path];
    },
    options,
  );
}

function entries(files: Readonly<Record<string, string>>): readonly AllowlistEntry[] {
  const content = read(files);
  expect(content.problems.map(describeProblem)).toEqual([]);
  expect(SOURCE_RULES.check({ sources: sourcesOf(content) }).map(describeProblem)).toEqual([]);
  return content.entries;
}

/** What an entry says, and where it and its last day are written. */
function written({ origin, about, ...entry }: AllowlistEntry) {
  const { fields, ...said } = about;
  return { ...entry, ...said, at: originText(origin), expiresAt: fields.expires && originText(fields.expires) };
}

const FULL = `# yaml-language-server: $schema=../schema/allowlist.schema.json
version: 1
description: Who may reach the orders database
owner: data-platform@example.com
labels: { system: orders }
include:
  - shared/offices.yaml
entries:
  - 203.0.113.7
  - cidr: 2001:db8::/48
    description: Metabase Cloud
    ticket: SEC-1201
    expires: 2027-01-31
  - awsPrefixList: com.amazonaws.global.cloudfront.origin-facing
    maxEntries: 55
  - securityGroup: sg-0123456789abcdef0
groups:
  - name: partners
    description: Partners under contract
    owner: jane@example.com
    ticket: SEC-1234
    expires: 2027-06-30
    labels: { tier: partner }
    pinned: true
    entries:
      - 198.51.100.0/24
      - cidr: 192.0.2.1
        description: Acme
        owner: joe@example.com
        labels: { tier: gold, site: HQ }
  - name: public
    entries:
      - anywhere: true
        reason: Public demo data, accepted in RISK-12
`;
const OFFICES = `entries:
  - prefixList: pl-0123456789abcdef0
    description: All offices
    maxEntries: 20
`;

describe('a file', () => {
  test('says for each entry who it is, with what the group and the file say', () => {
    const found = entries({ 'allowlist.yaml': FULL, 'shared/offices.yaml': OFFICES });

    const file = { owner: 'data-platform@example.com', labels: { system: 'orders' } };
    expect(found.map(written)).toEqual([
      { ...file, kind: 'cidr', value: '203.0.113.7', at: 'allowlist.yaml:9:5' },
      {
        ...file,
        kind: 'cidr',
        value: '2001:db8::/48',
        description: 'Metabase Cloud',
        ticket: 'SEC-1201',
        expires: '2027-01-31',
        expiresAt: 'allowlist.yaml:13:14',
        at: 'allowlist.yaml:10:11',
      },
      {
        ...file,
        kind: 'awsPrefixList',
        value: 'com.amazonaws.global.cloudfront.origin-facing',
        maxEntries: 55,
        at: 'allowlist.yaml:14:20',
      },
      { ...file, kind: 'securityGroup', value: 'sg-0123456789abcdef0', at: 'allowlist.yaml:16:20' },
      {
        kind: 'cidr',
        value: '198.51.100.0/24',
        description: 'Partners under contract',
        owner: 'jane@example.com',
        ticket: 'SEC-1234',
        expires: '2027-06-30',
        expiresAt: 'allowlist.yaml:22:14',
        labels: { system: 'orders', tier: 'partner' },
        section: 'partners',
        group: 'partners',
        at: 'allowlist.yaml:26:9',
      },
      {
        kind: 'cidr',
        value: '192.0.2.1',
        description: 'Acme',
        owner: 'joe@example.com',
        ticket: 'SEC-1234',
        expires: '2027-06-30',
        expiresAt: 'allowlist.yaml:22:14',
        labels: { system: 'orders', tier: 'gold', site: 'HQ' },
        section: 'partners',
        group: 'partners',
        at: 'allowlist.yaml:27:15',
      },
      {
        ...file,
        kind: 'anywhere',
        value: 'Public demo data, accepted in RISK-12',
        section: 'public',
        at: 'allowlist.yaml:33:19',
      },
      {
        kind: 'prefixList',
        value: 'pl-0123456789abcdef0',
        description: 'All offices',
        maxEntries: 20,
        owner: 'data-platform@example.com',
        labels: { system: 'orders' },
        at: 'shared/offices.yaml:2:17',
      },
    ]);
  });

  test('may be written in JSON as well', () => {
    const json = JSON.stringify(load(FULL), null, 2);
    const [inYaml, inJson] = [['a.yaml', FULL] as const, ['a.json', json] as const].map(([path, text]) =>
      entries({ [path]: text, 'shared/offices.yaml': OFFICES }).map((entry) => ({
        ...written(entry),
        at: '',
        expiresAt: '',
      })),
    );

    expect(inJson).toEqual(inYaml);
  });

  test('in JSON tells where its entries stand', () => {
    const [entry] = entries({ 'a.json': '{\n\t"entries": [\n\t\t{ "cidr": "203.0.113.7" }\n\t]\n}\n' });

    expect(originText(entry.origin)).toBe('a.json:3:13');
  });

  test('is read for its entries in the order in which they stand', () => {
    const found = entries({ 'a.yml': 'groups:\n  - name: b\n    entries: [203.0.113.2]\nentries: [203.0.113.1]\n' });

    expect(found.map(({ value }) => value)).toEqual(['203.0.113.2', '203.0.113.1']);
  });

  test('may have a byte order mark and Windows line ends', () => {
    const [entry] = entries({ 'a.yaml': '\ufeffentries:\r\n  - 203.0.113.7\r\n' });

    expect([entry.value, originText(entry.origin)]).toEqual(['203.0.113.7', 'a.yaml:2:5']);
  });

  test('may be unreadable for other reasons than that it does not exist', () => {
    const fail = (error: Error) =>
      readAllowlistFiles('a.yaml', () => {
        throw error;
      }).problems.map(({ reason }) => reason);

    expect(fail(Object.assign(new Error('permission denied'), { code: 'EACCES' }))).toEqual([
      'cannot be read (EACCES)',
    ]);
    expect(fail(new Error('out of order'))).toEqual(['cannot be read (out of order)']);
  });

  test('with several mistakes is refused with all of them, from top to bottom', () => {
    const content = read({
      'a.yaml':
        'groups:\n  - name: 1st\n    entries: [10.0.0.1/8]\nexpires: never\nentries:\n  - cidr: 203.0.113.7\n    tickets: 1\n  - cidr: 203.0.113.7\n',
    });

    expect(problemsOf(content).map(({ location, rule }) => `${locationText(location!)}: ${rule}`)).toEqual([
      'a.yaml:2:11: GroupNameInvalid',
      'a.yaml:3:15: CidrHasHostBits',
      'a.yaml:4:10: ExpiryInvalid',
      'a.yaml:7:5: FileKeyUnknown',
      'a.yaml:8:11: CidrDuplicate',
    ]);
  });
});

describe('an include', () => {
  test('is read from the folder of the file that has it', () => {
    const { files, problems } = read(
      {
        'envs/prod/a.yaml': 'include: [../shared/b.yaml]\n',
        'envs/shared/b.yaml': 'include: [c.json]\n',
        'envs/shared/c.json': '{ "entries": ["203.0.113.7"] }',
      },
      { includeFolder: 'envs' },
    );

    expect(problems).toEqual([]);
    expect(files).toEqual(['envs/prod/a.yaml', 'envs/shared/b.yaml', 'envs/shared/c.json']);
  });

  test('of one file by two others is read once', () => {
    const found = entries({
      'a.yaml': 'include: [b.yaml, c.yaml]\n',
      'b.yaml': 'include: [d.yaml]\n',
      'c.yaml': 'include: [./d.yaml]\n',
      'd.yaml': 'entries: [203.0.113.7]\n',
    });

    expect(found).toHaveLength(1);
  });

  test('has the owner, ticket, last day and labels of the file that includes it, unless it says something else', () => {
    const found = entries({
      'a.yaml': 'description: All\nowner: jane\nexpires: 2027-01-31\nlabels: { system: orders }\ninclude: [b.yaml]\n',
      'b.yaml': 'ticket: SEC-1\ninclude: [c.yaml, d.txt]\n',
      'c.yaml':
        'owner: joe\nentries: [203.0.113.7, { cidr: 203.0.113.8, expires: 2026-12-31, labels: { tier: gold } }]\n',
      'd.txt': '203.0.113.9\n',
    });

    const orders = { ticket: 'SEC-1', expires: '2027-01-31', labels: { system: 'orders' } };
    expect(found.map(written)).toMatchObject([
      { value: '203.0.113.7', owner: 'joe', ...orders, expiresAt: 'a.yaml:3:10' },
      { value: '203.0.113.8', owner: 'joe', expires: '2026-12-31', labels: { system: 'orders', tier: 'gold' } },
      { value: '203.0.113.9', owner: 'jane', ...orders },
    ]);
    expect(found.map(({ about }) => about.description)).toEqual([undefined, undefined, undefined]);
  });
});

describe('the published schema', () => {
  const schema = JSON.parse(readFileSync(join(__dirname, '../../schema/allowlist.schema.json'), 'utf8'));
  const accepts = new Ajv({ strict: false, formats: { date: true } }).compile(schema);

  test('has the keys that the reader accepts', () => {
    expect(Object.keys(schema.properties).sort()).toEqual([...FILE_KEYS].sort());
    expect(Object.keys(schema.definitions.group.properties).sort()).toEqual([...GROUP_KEYS].sort());
    expect(Object.keys(schema.definitions.entry.properties).sort()).toEqual([...ENTRY_KEYS].sort());
  });

  test('has the forms of ids and names that the rules have', () => {
    const { entry, group } = schema.definitions;

    for (const [kind, form] of Object.entries(SOURCE_FORMS))
      expect(new RegExp(entry.properties[kind].pattern)).toEqual(form);
    expect(new RegExp(group.properties.name.pattern)).toEqual(GROUP_NAME);
  });

  test('accepts a file that has everything', () => {
    expect(accepts(load(FULL))).toBe(true);
    expect(accepts(load(OFFICES))).toBe(true);
  });

  // What a schema cannot see: arithmetic, other files and other places in the same file.
  const BEYOND = [
    'CidrHasHostBits',
    'CidrDuplicate',
    'SourceDuplicate',
    'GroupDuplicate',
    'FileSyntax',
    'FileUnreadable',
    'IncludeCycle',
    'CidrInvalid',
  ];
  const visible = [...BAD_FILES, ...BAD_ENTRIES].filter(
    ({ says }) => !BEYOND.some((rule) => says[0].endsWith(`[${rule}]`)),
  );

  test.each(
    visible
      .filter(
        ({ what }) =>
          ![
            'an alias',
            'a date with a tag',
            'a key that is a list',
            'an ampersand that a prefix list inherits',
          ].includes(what),
      )
      .map(({ what, files }) => [what, files] as const),
  )('refuses %s', (_, files) => {
    expect(accepts(loadAll(String(Object.values(files)[0]))[0] ?? null)).toBe(false);
  });

  test('accepts no more blocks than the reader, but for arithmetic, and no fewer', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()),
        fc.option(fc.integer({ min: 0, max: 140 })),
        (address, prefix) => {
          const text = prefix === null ? address : `${address}/${prefix}`;
          const block = parseCidr(text);
          if (isCidr(block)) expect(accepts({ entries: [text] })).toBe(true);
          if (/[^0-9a-fA-F:./]/.test(text)) expect(accepts({ entries: [text] })).toBe(false);
        },
      ),
    );
  });
});

describe('any list', () => {
  const about = fc.record(
    {
      description: fc
        .stringMatching(/^[a-zA-Z0-9._:;#,@(){}!$*=+-]([a-zA-Z0-9 ._:;#,@(){}!$*=+-]{0,20}[a-z])?$/)
        .filter((text) => !text.includes('${')),
      owner: fc.emailAddress().filter((text) => !/[$%]\{/.test(text)),
      ticket: fc.stringMatching(/^[A-Z]{2,5}-[0-9]{1,5}$/),
      expires: fc.constantFrom('2027-01-31', '2030-12-31'),
    },
    { requiredKeys: [] },
  );
  const blocks = fc.uniqueArray(
    fc.oneof(
      fc.ipV4(),
      fc.ipV6().filter((ip) => !ip.includes('.')),
    ),
    {
      minLength: 1,
      maxLength: 20,
      selector: (text) => {
        const block = parseCidr(text);
        return isCidr(block) ? block.text : text;
      },
    },
  );

  test('comes back as it was written, from YAML and from JSON', () => {
    fc.assert(
      fc.property(blocks, fc.infiniteStream(about), (texts, abouts) => {
        const document = { entries: texts.map((cidr) => ({ cidr, ...abouts.next().value })) };
        const spellings = [['a.yaml', dump(document)] as const, ['a.json', JSON.stringify(document)] as const];
        for (const [path, text] of spellings) {
          const found = entries({ [path]: text }).map(({ value, about: { description, owner, ticket, expires } }) => ({
            value,
            description,
            owner,
            ticket,
            expires,
          }));
          expect(found).toEqual(
            document.entries.map(({ cidr, ...rest }) => ({
              value: cidr,
              description: undefined,
              owner: undefined,
              ticket: undefined,
              expires: undefined,
              ...rest,
            })),
          );
        }
      }),
    );
  });
});
