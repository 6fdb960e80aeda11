import { resolveAllowlist } from '../../lib/allowlist/allowlist-input';
import { AllowlistReview } from '../../lib/allowlist/allowlist-review';
import { ALLOWLIST_RULES } from '../../lib/allowlist/allowlist-rules';
import { type AllowlistContent, readAllowlistFiles } from '../../lib/allowlist-file/allowlist-reader';
import { sourcesOf } from '../../lib/allowlist-file/allowlist-sources';
import type { Problem } from '../../lib/rules/endpoint-error';

/** Files that must be refused, and the exact words of the refusals. The first file is the one that is read. */
export interface BadFiles {
  /** What is wrong, as a noun. */
  readonly what: string;
  readonly files: Files;
  readonly says: readonly string[];
}

/** Paths and what stands in the files. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** What an endpoint with room for everything is refused with that reads the first of some files. */
export function problemsIn(files: Files): readonly Problem[] {
  const read = (path: string): string | Uint8Array => {
    if (files[path] === undefined) throw Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT' });
    return files[path];
  };
  return problemsOf(readAllowlistFiles(Object.keys(files)[0] ?? 'allowlist.yaml', read));
}

/** The same for what was read. */
export function problemsOf(content: AllowlistContent): readonly Problem[] {
  const quotas = { rulesPerSecurityGroup: 100_000 };
  const allow = sourcesOf(content);
  const input = resolveAllowlist({ allow, quotas, dualStack: true, internetFacing: true });
  return ALLOWLIST_RULES.check(new AllowlistReview(input));
}

export function yaml(what: string, lines: readonly string[], ...says: readonly string[]): BadFiles {
  return files(what, { 'allowlist.yaml': lines }, ...says);
}

export function files(
  what: string,
  texts: Readonly<Record<string, readonly string[]>>,
  ...says: readonly string[]
): BadFiles {
  const joined = Object.entries(texts).map(([path, lines]) => [path, lines.map((line) => `${line}\n`).join('')]);
  return { what, files: Object.fromEntries(joined), says };
}

/** All of them. */
export const BAD_FILES: readonly BadFiles[] = [
  yaml(
    'an empty file',
    [],
    'allowlist.yaml:1:1: is empty. Write a map with the keys entries, groups, include, description, owner, ticket, expires, labels, version, $schema. [FileValueInvalid]',
  ),
  yaml(
    'a file with comments only',
    ['# nobody yet'],
    'allowlist.yaml:1:1: is empty. Write a map with the keys entries, groups, include, description, owner, ticket, expires, labels, version, $schema. [FileValueInvalid]',
  ),
  yaml(
    'a file of no entries',
    ['version: 1'],
    'allowlist.yaml:1:1: lets nobody in. Write at least one entry; an empty list never means everybody. [FileEmpty]',
  ),
  yaml(
    'a list at the top',
    ['- 203.0.113.7'],
    'allowlist.yaml:1:1: is a list. Write a map with the keys entries, groups, include, description, owner, ticket, expires, labels, version, $schema. [FileValueInvalid]',
  ),
  yaml(
    'a text at the top',
    ['203.0.113.7'],
    "allowlist.yaml:1:1: '203.0.113.7' is a text. Write a map with the keys entries, groups, include, description, owner, ticket, expires, labels, version, $schema. [FileValueInvalid]",
  ),
  yaml(
    'an unknown key',
    ['entires:', '  - cidr: 203.0.113.7'],
    "allowlist.yaml:1:1: 'entires' is not a known key here. Use entries, groups, include, description, owner, ticket, expires, labels, version, $schema. [FileKeyUnknown]",
  ),
  yaml(
    'an unknown key of an entry',
    ['entries:', '  - cidr: 203.0.113.7', '    desc: Metabase'],
    "allowlist.yaml:3:5: entries[0] 'desc' is not a known key here. Use cidr, prefixList, awsPrefixList, securityGroup, anywhere, reason, maxEntries, description, owner, ticket, expires, labels. [FileKeyUnknown]",
  ),
  yaml(
    'an empty list of entries',
    ['entries: []'],
    'allowlist.yaml:1:10: entries is an empty list. Write a list with at least one item. [FileValueInvalid]',
  ),
  yaml(
    'entries without items',
    ['entries:'],
    'allowlist.yaml:1:9: entries is empty. Write a list with at least one item. [FileValueInvalid]',
  ),
  yaml(
    'entries that are a map',
    ['entries:', '  cidr: 203.0.113.7'],
    'allowlist.yaml:2:3: entries is a map. Write a list with at least one item. [FileValueInvalid]',
  ),
  yaml(
    'an entry that is a number',
    ['entries:', '  - 10'],
    'allowlist.yaml:2:5: entries[0] 10 is a number. Write a text (in quotes, if it looks like a number). [FileValueInvalid]',
  ),
  yaml(
    'an entry that is a list',
    ['entries:', '  - [203.0.113.7]'],
    'allowlist.yaml:2:5: entries[0] is a list. Write a map with the keys cidr, prefixList, awsPrefixList, securityGroup, anywhere, reason, maxEntries, description, owner, ticket, expires, labels. [FileValueInvalid]',
  ),
  yaml(
    'an entry of nobody',
    ['entries:', '  - description: Metabase'],
    'allowlist.yaml:2:5: entries[0] does not say who may connect. Write exactly one of cidr, prefixList, awsPrefixList, securityGroup, anywhere. [EntrySourceInvalid]',
  ),
  yaml(
    'an entry of two',
    ['entries:', '  - cidr: 203.0.113.7', '    prefixList: pl-0123456789abcdef0'],
    'allowlist.yaml:2:5: entries[0] has cidr and prefixList. Write exactly one of cidr, prefixList, awsPrefixList, securityGroup, anywhere. [EntrySourceInvalid]',
  ),
  yaml(
    'an entry with an empty block',
    ['entries:', '  - cidr:'],
    'allowlist.yaml:2:10: entries[0].cidr is empty. Write a text (in quotes, if it looks like a number). [FileValueInvalid]',
  ),
  yaml(
    'a block with host bits, in a group',
    ['groups:', '  - name: partners', '    entries:', '      - cidr: 203.0.113.1', '      - cidr: 10.1.2.3/8'],
    "allowlist.yaml:5:15: groups[0].entries[1].cidr '10.1.2.3/8' has host bits set. Write 10.1.2.3/32 for that address or 10.0.0.0/8 for that network. [CidrHasHostBits]",
  ),
  yaml(
    'the same block twice',
    ['entries:', '  - cidr: 2001:db8::/32', '  - cidr: 2001:0db8::/32'],
    "allowlist.yaml:3:11: entries[1].cidr '2001:0db8::/32' repeats allowlist.yaml:2:11. Write every source once. [CidrDuplicate]",
  ),
  yaml(
    'the same prefix list twice',
    ['entries:', '  - prefixList: pl-0123456789abcdef0', '  - prefixList: pl-0123456789abcdef0'],
    "allowlist.yaml:3:17: entries[1].prefixList 'pl-0123456789abcdef0' repeats allowlist.yaml:2:17. Write every source once. [SourceDuplicate]",
  ),
  yaml(
    'the id of a prefix list that is its name',
    ['entries:', '  - prefixList: offices'],
    "allowlist.yaml:2:17: entries[0].prefixList 'offices' is not the id of a managed prefix list. Write an id like pl-0123456789abcdef0. [PrefixListIdInvalid]",
  ),
  yaml(
    'the name of a prefix list of AWS that is its id',
    ['entries:', '  - awsPrefixList: pl-0123456789abcdef0'],
    "allowlist.yaml:2:20: entries[0].awsPrefixList 'pl-0123456789abcdef0' is not the name of an AWS-managed prefix list. Write a literal name like com.amazonaws.global.cloudfront.origin-facing. [AwsPrefixListNameInvalid]",
  ),
  yaml(
    'the id of a security group that is its name',
    ['entries:', '  - securityGroup: bastion'],
    "allowlist.yaml:2:20: entries[0].securityGroup 'bastion' is not the id of a security group. Write an id like sg-0123456789abcdef0, or 123456789012/sg-0123456789abcdef0 for a group of another account. [SecurityGroupIdInvalid]",
  ),
  yaml(
    'maxEntries of a block',
    ['entries:', '  - cidr: 203.0.113.7', '    maxEntries: 5'],
    'allowlist.yaml:3:5: entries[0].maxEntries has no effect on this entry: it belongs to a prefix list. Take it out. [FileKeyMisplaced]',
  ),
  yaml(
    'maxEntries of 1001',
    ['entries:', '  - prefixList: pl-0123456789abcdef0', '    maxEntries: 1001'],
    'allowlist.yaml:3:17: entries[0].maxEntries 1001 is not the size of a prefix list. Write a whole number from 1 to 1000. [MaxEntriesInvalid]',
  ),
  yaml(
    'a reason of a block',
    ['entries:', '  - cidr: 203.0.113.7', '    reason: because'],
    'allowlist.yaml:3:5: entries[0].reason has no effect on this entry: it belongs to anywhere. Take it out. [FileKeyMisplaced]',
  ),
  yaml(
    'anywhere without a reason',
    ['entries:', '  - anywhere: true'],
    'allowlist.yaml:2:5: entries[0].anywhere opens the endpoint to everybody without a reason. Write in reason why a narrower list is not possible. [AnywhereNeedsReason]',
  ),
  yaml(
    'anywhere with an empty reason',
    ['entries:', '  - anywhere: true', "    reason: ''"],
    "allowlist.yaml:3:13: entries[0].reason '' is empty. Write a text (in quotes, if it looks like a number). [FileValueInvalid]",
  ),
  yaml(
    'anywhere: false',
    ['entries:', '  - anywhere: false', '    reason: not yet'],
    'allowlist.yaml:2:5: entries[0].anywhere false lets nobody in. Take the entry out, or write anywhere: true. [EntrySourceInvalid]',
  ),
  yaml(
    'anywhere: yes',
    ['entries:', '  - anywhere: yes', '    reason: why not'],
    "allowlist.yaml:2:15: entries[0].anywhere 'yes' is a text. Write true or false. [FileValueInvalid]",
  ),
  yaml(
    'a ticket that is a number',
    ['entries:', '  - cidr: 203.0.113.7', '    ticket: 1234'],
    'allowlist.yaml:3:13: entries[0].ticket 1234 is a number. Write a text (in quotes, if it looks like a number). [FileValueInvalid]',
  ),
  yaml(
    'an owner that is a list',
    ['owner: [a, b]', 'entries: [203.0.113.7]'],
    'allowlist.yaml:1:8: owner is a list. Write a text (in quotes, if it looks like a number). [FileValueInvalid]',
  ),
  yaml(
    'a date that is none',
    ['expires: soon', 'entries: [203.0.113.7]'],
    "allowlist.yaml:1:10: expires 'soon' is not a date. Write the last day of access as YYYY-MM-DD, for example 2027-01-31. [ExpiryInvalid]",
  ),
  yaml(
    'a description that EC2 refuses',
    ['entries:', '  - cidr: 203.0.113.7', '    description: Björn'],
    "allowlist.yaml:3:18: entries[0].description 'Björn' has a character that EC2 refuses: 'ö'. Use letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* [DescriptionInvalid]",
  ),
  yaml(
    'an ampersand that a prefix list inherits',
    [
      'groups:',
      '  - name: research',
      '    description: R&D',
      '    entries:',
      '      - prefixList: pl-0123456789abcdef0',
    ],
    "allowlist.yaml:3:18: groups[0].description 'R&D' has a character that EC2 refuses: '&'. Use letters, digits, spaces and ._-:/()#,@[]+=;{}!$* (prefix lists cannot have &). [DescriptionInvalid]",
  ),
  yaml(
    'labels that are a list',
    ['labels: [a]', 'entries: [203.0.113.7]'],
    'allowlist.yaml:1:9: labels is a list. Write a map from names to texts. [FileValueInvalid]',
  ),
  yaml(
    'a label that is a number',
    ['labels: { tier: 1 }', 'entries: [203.0.113.7]'],
    'allowlist.yaml:1:17: labels.tier 1 is a number. Write a text (in quotes, if it looks like a number). [FileValueInvalid]',
  ),
  yaml(
    'a group without a name',
    ['groups:', '  - entries: [203.0.113.7]'],
    'allowlist.yaml:2:5: groups[0] has no name. Give it a name. [FileKeyMissing]',
  ),
  yaml(
    'a group without entries',
    ['groups:', '  - name: partners'],
    'allowlist.yaml:2:5: groups[0] has no entries. Give it a list of entries. [FileKeyMissing]',
  ),
  yaml(
    'a group with a name that AWS would not take',
    ['groups:', '  - name: our partners', '    entries: [203.0.113.7]'],
    "allowlist.yaml:2:11: groups[0].name 'our partners' is not a valid name for a group. Write up to 32 letters, digits and hyphens, beginning with a letter. [GroupNameInvalid]",
  ),
  yaml(
    'two groups of one name',
    ['groups:', '  - name: partners', '    entries: [203.0.113.7]', '  - name: partners', '    entries: [203.0.113.8]'],
    "allowlist.yaml:4:11: groups[1].name 'partners' is the name of two groups: the other is at allowlist.yaml:2:11. Give each group a name of its own, or write the entries into one group. [GroupDuplicate]",
  ),
  yaml(
    'pinned by a text',
    ['groups:', '  - name: partners', "    pinned: 'no'", '    entries: [203.0.113.7]'],
    "allowlist.yaml:3:13: groups[0].pinned 'no' is a text. Write true or false. [FileValueInvalid]",
  ),
  yaml(
    'a version from the future',
    ['version: 2', 'entries: [203.0.113.7]'],
    'allowlist.yaml:1:10: version is not a version that this release reads. Write version: 1, or install a newer release. [FileVersionUnknown]',
  ),
  yaml(
    'an alias',
    ['owner: &me jane', 'entries:', '  - cidr: 203.0.113.7', '    owner: *me'],
    'allowlist.yaml:4:12: entries[0].owner is an alias. Write a text (in quotes, if it looks like a number). [FileValueInvalid]',
  ),
  yaml(
    'a date with a tag',
    ['expires: !!timestamp 2027-01-31', 'entries: [203.0.113.7]'],
    'allowlist.yaml:1:22: expires is a YAML type of its own. Write a text (in quotes, if it looks like a number). [FileValueInvalid]',
  ),
  yaml(
    'a key twice',
    ['entries: [203.0.113.7]', 'entries: [203.0.113.8]'],
    'allowlist.yaml:2:1: has the same key twice. Write valid YAML. [FileSyntax]',
  ),
  yaml(
    'a key twice among many',
    ['entries: [203.0.113.7]', 'labels:', ...[...Array(20).keys(), 18].map((i) => `  label${i}: x`)],
    'allowlist.yaml:23:3: has the same key twice. Write valid YAML. [FileSyntax]',
  ),
  yaml(
    'two documents',
    ['entries: [203.0.113.7]', '---', 'entries: [203.0.113.8]'],
    'allowlist.yaml:2:1: holds more than one document. Write valid YAML. [FileSyntax]',
  ),
  yaml(
    'a bracket that stays open',
    ['entries: [203.0.113.7'],
    'allowlist.yaml:2:1: cannot be read: deficient indentation. Write valid YAML. [FileSyntax]',
  ),
  yaml(
    'a tag',
    ['entries: !open [203.0.113.7]'],
    'allowlist.yaml:1:10: cannot be read: unresolved tag: !open. Write valid YAML. [FileSyntax]',
  ),
  files(
    'a file that is not there',
    {},
    'allowlist.yaml:1:1: does not exist. Check the path; an include is relative to the file that has it. [FileUnreadable]',
  ),
  yaml(
    'a group that is a text',
    ['groups: [partners]'],
    "allowlist.yaml:1:10: groups[0] 'partners' is a text. Write a map with the keys name, entries, pinned, description, owner, ticket, expires, labels. [FileValueInvalid]",
  ),
  yaml(
    'an include that is a number',
    ['include: [1]', 'entries: [203.0.113.7]'],
    'allowlist.yaml:1:11: include[0] 1 is a number. Write a text (in quotes, if it looks like a number). [FileValueInvalid]',
  ),
  yaml(
    'a reason that EC2 refuses',
    ['entries:', '  - anywhere: true', '    reason: 100% public'],
    "allowlist.yaml:3:13: entries[0].reason '100% public' has a character that EC2 refuses: '%'. Use letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* [DescriptionInvalid]",
  ),
  yaml(
    'anywhere twice',
    ['entries:', '  - { anywhere: true, reason: demo }', '  - { anywhere: true, reason: show }'],
    "allowlist.yaml:3:17: entries[1].anywhere '0.0.0.0/0' repeats allowlist.yaml:2:17. Write every source once. [CidrDuplicate]",
  ),
  yaml(
    'maxEntries in words',
    ['entries:', '  - prefixList: pl-0123456789abcdef0', '    maxEntries: five'],
    "allowlist.yaml:3:17: entries[0].maxEntries 'five' is a text. Write a whole number. [FileValueInvalid]",
  ),
  yaml(
    'maxEntries that are a list',
    ['entries:', '  - prefixList: pl-0123456789abcdef0', '    maxEntries: [5]'],
    'allowlist.yaml:3:17: entries[0].maxEntries is a list. Write a whole number. [FileValueInvalid]',
  ),
  yaml(
    'an owner that is true',
    ['owner: true', 'entries: [203.0.113.7]'],
    'allowlist.yaml:1:8: owner true is true or false. Write a text (in quotes, if it looks like a number). [FileValueInvalid]',
  ),
  yaml(
    'a description that nothing takes, inherited by a prefix list',
    ['groups:', '  - name: research', '    description: R&D?', '    entries: [{ prefixList: pl-0123456789abcdef0 }]'],
    "allowlist.yaml:3:18: groups[0].description 'R&D?' has a character that EC2 refuses: '&'. Use letters, digits, spaces and ._-:/()#,@[]+=;{}!$* (prefix lists cannot have &). [DescriptionInvalid]",
  ),
  yaml(
    'a key that is a list',
    ['[a]: b', 'entries: [203.0.113.7]'],
    "allowlist.yaml:1:1: 'a list' is not a known key here. Use entries, groups, include, description, owner, ticket, expires, labels, version, $schema. [FileKeyUnknown]",
  ),
  yaml(
    'a key without a value',
    ['{ entries }'],
    'allowlist.yaml:1:11: entries is empty. Write a list with at least one item. [FileValueInvalid]',
  ),
  files(
    'an include that is not there',
    { 'allowlist.yaml': ['include: [offices.yaml]'] },
    "allowlist.yaml:1:11: include[0] 'offices.yaml' does not exist. Check the path; an include is relative to the file that has it. [FileUnreadable]",
  ),
  files(
    'a file that includes itself',
    { 'allowlist.yaml': ['include: [allowlist.yaml]', 'entries: [203.0.113.7]'] },
    "allowlist.yaml:1:11: include[0] 'allowlist.yaml' closes a circle: allowlist.yaml includes allowlist.yaml. Take one of these includes out. [IncludeCycle]",
  ),
  files(
    'files that include each other',
    {
      'allowlist.yaml': ['include: [shared/a.yaml]'],
      'shared/a.yaml': ['entries: [203.0.113.7]', 'include: [../allowlist.yaml]'],
    },
    "shared/a.yaml:2:11: include[0] '../allowlist.yaml' closes a circle: allowlist.yaml includes shared/a.yaml includes allowlist.yaml. Take one of these includes out. [IncludeCycle]",
  ),
  files(
    'an include with an absolute path',
    { 'allowlist.yaml': ['include: [/etc/allowlist.yaml]', 'entries: [203.0.113.7]'] },
    "allowlist.yaml:1:11: include[0] '/etc/allowlist.yaml' is not the same file on every machine. Write the path from the folder of this file, with forward slashes. [IncludeNotRelative]",
  ),
  files(
    'an include with backslashes',
    { 'allowlist.yaml': ['include: [shared\\offices.yaml]', 'entries: [203.0.113.7]'] },
    "allowlist.yaml:1:11: include[0] 'shared\\offices.yaml' is not the same file on every machine. Write the path from the folder of this file, with forward slashes. [IncludeNotRelative]",
  ),
  files(
    'an include of another kind of file',
    { 'allowlist.yaml': ['include: [offices.xlsx]', 'entries: [203.0.113.7]'] },
    "allowlist.yaml:1:11: include[0] 'offices.xlsx' is not the name of a YAML, JSON, CSV or text file. Give it a name that ends in .yaml, .yml, .json, .csv or .txt. [FileKindUnknown]",
  ),
  files(
    'a block that an included file has too',
    {
      'allowlist.yaml': ['include: [offices.yaml]', 'entries: [203.0.113.7]'],
      'offices.yaml': ['entries:', '  - cidr: 203.0.113.7/32'],
    },
    "offices.yaml:2:11: entries[0].cidr '203.0.113.7/32' repeats allowlist.yaml:2:11. Write every source once. [CidrDuplicate]",
  ),
  files(
    'a mistake in an included file',
    {
      'allowlist.yaml': ['include: [shared/offices.yaml]'],
      'shared/offices.yaml': ['entries:', '  - cidr: 203.0.113.300'],
    },
    "shared/offices.yaml:2:11: entries[0].cidr '203.0.113.300' is not an IP address or CIDR block. Write an address like 203.0.113.7/32 or a network like 2001:db8::/32. [CidrInvalid]",
  ),
  files(
    'JSON with a trailing comma',
    { 'allowlist.json': ['{ "entries": ["203.0.113.7"], }'] },
    'allowlist.json:1:1: is YAML and not JSON: it may have a comment, a trailing comma or a text without quotes. Write valid JSON, or give the file a name that ends in .yaml. [FileSyntax]',
  ),
  files(
    'JSON that ends too soon',
    { 'allowlist.json': ['{ "entries": ["203.0.113.7"]'] },
    'allowlist.json:2:1: cannot be read: unexpected end of the stream within a flow collection. Write valid JSON. [FileSyntax]',
  ),
  files(
    'JSON with host bits',
    { 'allowlist.json': ['{', '  "entries": [', '    { "cidr": "10.0.0.1/8" }', '  ]', '}'] },
    "allowlist.json:3:15: entries[0].cidr '10.0.0.1/8' has host bits set. Write 10.0.0.1/32 for that address or 10.0.0.0/8 for that network. [CidrHasHostBits]",
  ),
];
