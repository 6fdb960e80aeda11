import { type BadFiles, files, yaml } from './bad-files';

/** Files that must be refused for their form, their groups or what they include. */
export const BAD_FILES: readonly BadFiles[] = [
  yaml(
    'an empty file',
    [],
    'allowlist.yaml:1:1: is empty. Write a map with the keys entries, groups, include, description, owner, ticket, expires, labels, require, version, $schema. [FileValueInvalid]',
  ),
  yaml(
    'a file with comments only',
    ['# nobody yet'],
    'allowlist.yaml:1:1: is empty. Write a map with the keys entries, groups, include, description, owner, ticket, expires, labels, require, version, $schema. [FileValueInvalid]',
  ),
  yaml(
    'a file of no entries',
    ['version: 1'],
    'allowlist.yaml:1:1: admits nobody. Write at least one entry; an empty list never means everybody. [FileEmpty]',
  ),
  yaml(
    'a list at the top',
    ['- 203.0.113.7'],
    'allowlist.yaml:1:1: is a list. Write a map with the keys entries, groups, include, description, owner, ticket, expires, labels, require, version, $schema. [FileValueInvalid]',
  ),
  yaml(
    'a text at the top',
    ['203.0.113.7'],
    "allowlist.yaml:1:1: '203.0.113.7' is a text. Write a map with the keys entries, groups, include, description, owner, ticket, expires, labels, require, version, $schema. [FileValueInvalid]",
  ),
  yaml(
    'an unknown key',
    ['entires:', '  - cidr: 203.0.113.7'],
    "allowlist.yaml:1:1: 'entires' is not a known key here. Use entries, groups, include, description, owner, ticket, expires, labels, require, version, $schema. [FileKeyUnknown]",
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
    "allowlist.yaml:4:11: groups[1].name 'partners' is the name of two groups: the other one is at allowlist.yaml:2:11. Give each group a different name, or put the entries into one group. [GroupDuplicate]",
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
    'allowlist.yaml:4:12: entries[0].owner is an alias. Write a string (in quotes, if it looks like a number). [FileValueInvalid]',
  ),
  yaml(
    'a date with a tag',
    ['expires: !!timestamp 2027-01-31', 'entries: [203.0.113.7]'],
    'allowlist.yaml:1:22: expires is a value with a YAML tag. Write a string (in quotes, if it looks like a number). [FileValueInvalid]',
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
    'allowlist.yaml:1:1: does not exist. Check the path; an include is relative to the file that contains it. [FileUnreadable]',
  ),
  yaml(
    'a group that is a text',
    ['groups: [partners]'],
    "allowlist.yaml:1:10: groups[0] 'partners' is a text. Write a map with the keys name, entries, pinned, description, owner, ticket, expires, labels. [FileValueInvalid]",
  ),
  yaml(
    'an include that is a number',
    ['include: [1]', 'entries: [203.0.113.7]'],
    'allowlist.yaml:1:11: include[0] 1 is a number. Write a string (in quotes, if it looks like a number). [FileValueInvalid]',
  ),
  yaml(
    'a key that is a list',
    ['[a]: b', 'entries: [203.0.113.7]'],
    "allowlist.yaml:1:1: 'a list' is not a known key here. Use entries, groups, include, description, owner, ticket, expires, labels, require, version, $schema. [FileKeyUnknown]",
  ),
  yaml(
    'a key without a value',
    ['{ entries }'],
    'allowlist.yaml:1:11: entries is empty. Write a list with at least one item. [FileValueInvalid]',
  ),
  files(
    'an include that is not there',
    { 'allowlist.yaml': ['include: [offices.yaml]'] },
    "allowlist.yaml:1:11: include[0] 'offices.yaml' does not exist. Check the path; an include is relative to the file that contains it. [FileUnreadable]",
  ),
  files(
    'a file that includes itself',
    { 'allowlist.yaml': ['include: [allowlist.yaml]', 'entries: [203.0.113.7]'] },
    "allowlist.yaml:1:11: include[0] 'allowlist.yaml' closes a cycle: allowlist.yaml includes allowlist.yaml. Remove one of these includes. [IncludeCycle]",
  ),
  files(
    'files that include each other',
    {
      'allowlist.yaml': ['include: [shared/a.yaml]'],
      'shared/a.yaml': ['entries: [203.0.113.7]', 'include: [../allowlist.yaml]'],
    },
    "shared/a.yaml:2:11: include[0] '../allowlist.yaml' closes a cycle: allowlist.yaml includes shared/a.yaml includes allowlist.yaml. Remove one of these includes. [IncludeCycle]",
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
    "offices.yaml:2:11: entries[0].cidr '203.0.113.7/32' repeats allowlist.yaml:2:11. List every source once. [CidrDuplicate]",
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
    'allowlist.json:1:1: is YAML but not JSON: it may have a comment, a trailing comma or an unquoted string. Write valid JSON, or name the file .yaml. [FileSyntax]',
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
