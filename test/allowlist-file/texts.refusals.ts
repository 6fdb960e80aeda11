import { type BadFiles, yaml } from './bad-files';

const INVISIBLE = 'which is invisible or changes how its line is displayed';
const TAKE_OUT = 'Remove it; if you need it, write it as an escape in double quotes.';

function raw(what: string, path: string, content: string | Uint8Array, ...says: readonly string[]): BadFiles {
  return { what, files: { [path]: content }, says };
}

function latin1(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

function utf16(text: string): Uint8Array {
  return Buffer.from(text, 'utf16le');
}

/** Files whose bytes or characters are not what a reviewer would see. */
const HIDING: readonly BadFiles[] = [
  raw(
    'an entry behind a carriage return, which git diff shows within a comment',
    'allowlist.yaml',
    'entries:\n  - 203.0.113.7 # office\r  - 198.51.100.0/24\n  - 203.0.113.8\n',
    'allowlist.yaml:2:25: has a carriage return (U+000D) without a line feed, where parsers start a new line but git diff does not. Save the file with LF or CRLF line endings. [FileCharacterHidden]',
  ),
  raw(
    'a mistake below a carriage return: its line is counted as the parser counts',
    'allowlist.yaml',
    'entries:\n  - 203.0.113.7\r  - 203.0.113.300\n',
    'allowlist.yaml:2:16: has a carriage return (U+000D) without a line feed, where parsers start a new line but git diff does not. Save the file with LF or CRLF line endings. [FileCharacterHidden]',
    "allowlist.yaml:3:5: entries[1] '203.0.113.300' is not an IP address or CIDR block. Write an address like 203.0.113.7/32 or a network like 2001:db8::/32. [CidrInvalid]",
  ),
  raw(
    'a carriage return in plain text',
    'allowlist.txt',
    '203.0.113.7 # office\r198.51.100.0/24\n',
    'allowlist.txt:1:21: has a carriage return (U+000D) without a line feed, where parsers start a new line but git diff does not. Save the file with LF or CRLF line endings. [FileCharacterHidden]',
  ),
  yaml(
    'a text that is shown from right to left',
    ['entries:', '  - 203.0.113.7 # \u202e42/0.001.15.891\u202c'],
    `allowlist.yaml:2:19: has the character U+202E, ${INVISIBLE}. ${TAKE_OUT} [FileCharacterHidden]`,
    `allowlist.yaml:2:35: has the character U+202C, ${INVISIBLE}. ${TAKE_OUT} [FileCharacterHidden]`,
  ),
  yaml(
    'zero-width spaces, of which the first is shown',
    ['entries:', '  - 203.0.113.7\u200b', '  - 203.0.113.8\u200b', '  - 203.0.113.9'],
    `allowlist.yaml:2:16: has the character U+200B, ${INVISIBLE} (2 times). ${TAKE_OUT} [FileCharacterHidden]`,
  ),
  yaml(
    'an owner with an invisible letter',
    ['owner: jane\u115f@example.com', 'entries: [203.0.113.7]'],
    `allowlist.yaml:1:12: has the character U+115F, ${INVISIBLE}. ${TAKE_OUT} [FileCharacterHidden]`,
  ),
  yaml(
    'a line separator',
    ['entries: [203.0.113.7] # office\u2028'],
    `allowlist.yaml:1:32: has the character U+2028, ${INVISIBLE}. ${TAKE_OUT} [FileCharacterHidden]`,
  ),
  yaml(
    'a control character, which the parser would stumble over',
    ['entries: [203.0.113.7] # \u001b[2J'],
    `allowlist.yaml:1:26: has the character U+001B, ${INVISIBLE}. ${TAKE_OUT} [FileCharacterHidden]`,
  ),
  raw(
    'a byte order mark within a file',
    'allowlist.json',
    '{ "entries": ["203.0.113.7\ufeff"] }',
    `allowlist.json:1:27: has the character U+FEFF, ${INVISIBLE}. ${TAKE_OUT} [FileCharacterHidden]`,
  ),
  yaml(
    'an invisible character of a block, as an escape',
    ['entries:', '  - "203.0.113.7\\u200b"'],
    'allowlist.yaml:2:5: entries[0] "203.0.113.7\\u200b" has a character that is not allowed in an address: U+200B. Write an address like 203.0.113.7/32 or a network like 2001:db8::/32. [CidrInvalid]',
  ),
  raw(
    'a block with a blank that does not break, as web pages have it',
    'allowlist.txt',
    '203.0.113.7\u00a0office\n',
    "allowlist.txt:1:1: '203.0.113.7\u00a0office' has a character that is not allowed in an address: U+00A0. Write an address like 203.0.113.7/32 or a network like 2001:db8::/32. [CidrInvalid]",
  ),
  raw(
    'Latin-1',
    'allowlist.yaml',
    latin1('# \ufffd\nentries:\n  - { cidr: 203.0.113.7, description: Café }\n'.replace('\ufffd', 'x')),
    'allowlist.yaml:3:42: is not UTF-8: it has the byte 0xE9, which Latin-1 and Windows-1252 read as \'é\'. Save it as UTF-8 (Excel: "CSV UTF-8"; Windows: encoding UTF-8). [FileEncodingInvalid]',
  ),
  raw(
    'UTF-16 with a mark',
    'allowlist.csv',
    utf16('\ufeffcidr\r\n203.0.113.7\r\n'),
    'allowlist.csv:1:1: is UTF-16 and not UTF-8. Save it as UTF-8 (Excel: "CSV UTF-8"; Windows: encoding UTF-8). [FileEncodingInvalid]',
  ),
  raw(
    'UTF-16 without a mark',
    'allowlist.json',
    utf16('{ "entries": ["203.0.113.7"] }'),
    'allowlist.json:1:1: is UTF-16 and not UTF-8. Save it as UTF-8 (Excel: "CSV UTF-8"; Windows: encoding UTF-8). [FileEncodingInvalid]',
  ),
];

const REPLACED = 'which Terraform or CDKTF would replace with something else. Remove it; expressions belong in code.';

/** Texts that would be expressions on their way to Terraform. */
const TEMPLATES: readonly BadFiles[] = [
  yaml(
    'a description with an expression',
    ['entries:', '  - { cidr: 203.0.113.7, description: "Looker ${terraform.workspace}" }'],
    `allowlist.yaml:2:39: entries[0].description 'Looker \${terraform.workspace}' holds '\${', ${REPLACED} [FileTemplate]`,
  ),
  yaml(
    'a reason with a directive',
    ['entries:', '  - { anywhere: true, reason: "%{ if true }demo%{ endif }" }'],
    `allowlist.yaml:2:31: entries[0].reason '%{ if true }demo%{ endif }' holds '%{', ${REPLACED} [FileTemplate]`,
  ),
  yaml(
    'an owner with a token, a ticket with a token list and a label with a token map',
    [
      'owner: "${TfToken[TOKEN.0]}"',
      'ticket: "#{TfToken[TOKEN.0]}"',
      'labels: { tier: "&{TfToken[TOKEN.0]}", "${x}": y }',
      'entries: [203.0.113.7]',
    ],
    `allowlist.yaml:1:8: owner '\${TfToken[TOKEN.0]}' holds '\${', ${REPLACED} [FileTemplate]`,
    `allowlist.yaml:2:9: ticket '#{TfToken[TOKEN.0]}' holds '#{TfToken[', ${REPLACED} [FileTemplate]`,
    `allowlist.yaml:3:17: labels.tier '&{TfToken[TOKEN.0]}' holds '&{TfToken[', ${REPLACED} [FileTemplate]`,
    `allowlist.yaml:3:40: labels '\${x}' holds '\${', ${REPLACED} [FileTemplate]`,
  ),
  yaml(
    'a ticket with a number that stands for a value',
    ['ticket: "SEC -1.8881545897087505e+289"', 'entries: [203.0.113.7]'],
    `allowlist.yaml:1:9: ticket 'SEC -1.8881545897087505e+289' holds '-1.8881545897087505e+289', ${REPLACED} [FileTemplate]`,
  ),
  yaml(
    'an owner that CDKTF takes for a map of values',
    ['owner: String Map Token Value', 'entries: [203.0.113.7]'],
    `allowlist.yaml:1:8: owner 'String Map Token Value' holds 'String Map Token Value', ${REPLACED} [FileTemplate]`,
  ),
  yaml(
    'an expression in the place of a block, a prefix list, a security group and the name of a group',
    [
      'entries:',
      '  - ${var.block}',
      '  - prefixList: ${var.list}',
      '  - securityGroup: ${var.group}',
      'groups:',
      '  - { name: "${var.name}", entries: [203.0.113.7] }',
    ],
    `allowlist.yaml:2:5: entries[0] '\${var.block}' holds '\${', ${REPLACED} [FileTemplate]`,
    `allowlist.yaml:3:17: entries[1].prefixList '\${var.list}' holds '\${', ${REPLACED} [FileTemplate]`,
    `allowlist.yaml:4:20: entries[2].securityGroup '\${var.group}' holds '\${', ${REPLACED} [FileTemplate]`,
    `allowlist.yaml:6:13: groups[0].name '\${var.name}' holds '\${', ${REPLACED} [FileTemplate]`,
  ),
  {
    what: 'an expression in a table',
    files: { 'allowlist.csv': 'cidr,owner\n203.0.113.7,"${var.owner}"\n' },
    says: [`allowlist.csv:2:13: owner '\${var.owner}' holds '\${', ${REPLACED} [FileTemplate]`],
  },
];

const LOST = 'ends in a colon, which YAML reads as the end of a key. Put it in quotes, or add its prefix length.';
const TEXT = 'Write a string (in quotes, if it looks like a number).';
const BLOCK = 'Write an address like 203.0.113.7/32 or a network like 2001:db8::/32.';

/** What YAML reads differently from how it looks. */
const YAML_TRICKS: readonly BadFiles[] = [
  yaml(
    'an IPv6 address as a key',
    ['entries:', '  - 2600:1f18::', '  - 203.0.113.7'],
    `allowlist.yaml:2:5: entries[0] '2600:1f18::' ${LOST} [FileValueInvalid]`,
  ),
  yaml(
    'an IPv6 address as a key between brackets',
    ['entries: [2600:1f18::, 203.0.113.7]'],
    `allowlist.yaml:1:11: entries[0] '2600:1f18::' ${LOST} [FileValueInvalid]`,
  ),
  yaml(
    'an IPv6 address as a key within a value',
    ['entries:', '  - cidr: 2600:1f18::', '    owner: jane'],
    `allowlist.yaml:2:11: '2600:1f18::' ${LOST} [FileSyntax]`,
  ),
  yaml(
    'an IPv6 address as a key between braces',
    ['entries: [{ cidr: 2600:1f18:: }]'],
    `allowlist.yaml:1:19: '2600:1f18::' ${LOST} [FileSyntax]`,
  ),
  yaml(
    'every address as a key',
    ['entries:', '  - ::'],
    `allowlist.yaml:2:5: entries[0] '::' ${LOST} [FileValueInvalid]`,
  ),
  yaml(
    'an IPv4 address in the form of an IPv6 one',
    ['entries:', '  - "::ffff:8.8.8.8"', '  - "::FFFF:8.8.8.0/120"'],
    "allowlist.yaml:2:5: entries[0] '::ffff:8.8.8.8' is an IPv4-mapped IPv6 address, from which nobody connects. Write 8.8.8.8. [CidrInvalid]",
    "allowlist.yaml:3:5: entries[1] '::FFFF:8.8.8.0/120' is an IPv4-mapped IPv6 address, from which nobody connects. Write 8.8.8.0/24. [CidrInvalid]",
  ),
  yaml(
    'a merge key',
    ['entries:', '  - &one { cidr: 203.0.113.7, owner: jane }', '  - { <<: *one, cidr: 203.0.113.8 }'],
    "allowlist.yaml:3:7: entries[1] '<<' is not a known key here. Use cidr, prefixList, awsPrefixList, securityGroup, anywhere, feed, reason, maxEntries, description, owner, ticket, expires, labels. [FileKeyUnknown]",
  ),
  yaml(
    'an alias for a list',
    ['groups:', '  - { name: a, entries: &all [203.0.113.7] }', '  - { name: b, entries: *all }'],
    'allowlist.yaml:3:25: groups[1].entries is an alias. Write a list with at least one item. [FileValueInvalid]',
  ),
  yaml(
    'a billion laughs',
    [
      'labels:',
      '  a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefghi'
        .split('')
        .map((name, i) => `  ${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[i]}`).join(', ')}]`),
      'entries: [203.0.113.7]',
    ],
    ...'abcdefghi'
      .split('')
      .map((name, i) => `allowlist.yaml:${i + 2}:9: labels.${name} is a list. ${TEXT} [FileValueInvalid]`),
  ),
  yaml(
    'an address of octal numbers',
    ['entries: [0o10.0.0.1, 010.0.0.1]'],
    `allowlist.yaml:1:11: entries[0] '0o10.0.0.1' is not an IP address or CIDR block. ${BLOCK} [CidrInvalid]`,
    `allowlist.yaml:1:23: entries[1] '010.0.0.1' is not an IP address or CIDR block. ${BLOCK} [CidrInvalid]`,
  ),
  yaml(
    'a number of base sixty, a float and an exponent',
    ['entries: [203:0:113:7, 203.0, 2e3]'],
    `allowlist.yaml:1:11: entries[0] '203:0:113:7' is not an IP address or CIDR block. ${BLOCK} [CidrInvalid]`,
    `allowlist.yaml:1:24: entries[1] 203 is a number. ${TEXT} [FileValueInvalid]`,
    `allowlist.yaml:1:31: entries[2] 2000 is a number. ${TEXT} [FileValueInvalid]`,
  ),
  yaml(
    'bytes, a set and a function',
    ['owner: !!binary amFuZQ==', 'labels: !!set { a, b }', 'ticket: !!js/function "x"', 'entries: [203.0.113.7]'],
    `allowlist.yaml:1:17: owner is a value with a YAML tag. ${TEXT} [FileValueInvalid]`,
    `allowlist.yaml:2:20: labels.a is empty. ${TEXT} [FileValueInvalid]`,
    `allowlist.yaml:2:22: labels.b is empty. ${TEXT} [FileValueInvalid]`,
    `allowlist.yaml:3:23: ticket is a value with a YAML tag. ${TEXT} [FileValueInvalid]`,
  ),
  yaml(
    'a text for everybody, and everybody as a text',
    ['entries: [{ anywhere: on, reason: demo }, { anywhere: "true", reason: demo }]'],
    "allowlist.yaml:1:23: entries[0].anywhere 'on' is a text. Write true or false. [FileValueInvalid]",
    "allowlist.yaml:1:55: entries[1].anywhere 'true' is a text. Write true or false. [FileValueInvalid]",
  ),
  yaml(
    'a name of every object as a key',
    ['__proto__: { cidr: 203.0.113.7 }', 'constructor: x', 'entries: [203.0.113.7]'],
    "allowlist.yaml:1:1: '__proto__' is not a known key here. Use entries, groups, include, description, owner, ticket, expires, labels, require, version, $schema. [FileKeyUnknown]",
    "allowlist.yaml:2:1: 'constructor' is not a known key here. Use entries, groups, include, description, owner, ticket, expires, labels, require, version, $schema. [FileKeyUnknown]",
  ),
  yaml(
    'a hundred thousand brackets',
    [`entries: ${'['.repeat(100_000)}`],
    'allowlist.yaml:1:109: cannot be read: nesting exceeded maxDepth (100). Write valid YAML. [FileSyntax]',
  ),
  yaml(
    'a key twice, once in quotes',
    ['entries:', '  - cidr: 203.0.113.7', '    "cidr": 203.0.113.8'],
    'allowlist.yaml:3:5: has the same key twice. Write valid YAML. [FileSyntax]',
  ),
  {
    what: 'a key twice in JSON',
    files: { 'allowlist.json': '{ "entries": ["203.0.113.7"], "entries": ["203.0.113.8"] }' },
    says: ['allowlist.json:1:31: has the same key twice. Write valid JSON. [FileSyntax]'],
  },
];

/** All of them. */
export const BAD_TEXTS: readonly BadFiles[] = [...HIDING, ...TEMPLATES, ...YAML_TRICKS];
