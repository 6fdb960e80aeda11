import { type BadFiles, files } from './bad-files';

const NAMES = 'cidr, prefixList, awsPrefixList, securityGroup, maxEntries, description, owner, ticket, expires, group';
const RENAME = `Remove it, or name it ${NAMES}, or labels.NAME for anything else.`;
const BLOCK = 'Write an address like 203.0.113.7/32 or a network like 2001:db8::/32.';

function csv(what: string, lines: readonly string[], ...says: readonly string[]): BadFiles {
  return files(what, { 'allowlist.csv': lines }, ...says);
}

/** Tables and plain lists. */
export const BAD_TABLES: readonly BadFiles[] = [
  csv(
    'mistakes in cells, with their places',
    ['Owner;IP Address;Expires;maxEntries', 'jane;203.0.113.300;;', 'joe; "10.1.2.3/8";31.01.2027;', ';203.0.113.7;;5'],
    `allowlist.csv:2:6: cidr '203.0.113.300' is not an IP address or CIDR block. ${BLOCK} [CidrInvalid]`,
    "allowlist.csv:3:6: cidr '10.1.2.3/8' has host bits set. Write 10.1.2.3/32 for that address or 10.0.0.0/8 for that network. [CidrHasHostBits]",
    "allowlist.csv:3:19: expires '31.01.2027' is not a date. Write the last day of access as YYYY-MM-DD, for example 2027-01-31. [ExpiryInvalid]",
    'allowlist.csv:4:15: maxEntries has no effect on this entry: it belongs to a prefix list. Take it out. [FileKeyMisplaced]',
  ),
  csv(
    'a row without a source and one with two',
    ['cidr,prefixList,owner', ',,jane', '203.0.113.7,pl-0123456789abcdef0,joe'],
    'allowlist.csv:2:1: does not say who may connect. Write exactly one of cidr, prefixList, awsPrefixList, securityGroup, anywhere, feed. [EntrySourceInvalid]',
    'allowlist.csv:3:1: has cidr and prefixList. Write exactly one of cidr, prefixList, awsPrefixList, securityGroup, anywhere, feed. [EntrySourceInvalid]',
  ),
  csv(
    'the same block twice, in a table',
    ['cidr', '203.0.113.7', '203.0.113.7/32'],
    "allowlist.csv:3:1: cidr '203.0.113.7/32' repeats allowlist.csv:2:1. List every source once. [CidrDuplicate]",
  ),
  csv(
    'a description that EC2 refuses, in a table',
    ['cidr,comment', '203.0.113.7,What?'],
    "allowlist.csv:2:13: description 'What?' has a character that EC2 refuses: '?'. Use letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* [DescriptionInvalid]",
  ),
  csv(
    'columns that may decide about access',
    ['cidr,Action,Exipres,valid to,isActive', '203.0.113.7,deny,2020-01-01,2020-01-01,no'],
    ...[
      [6, 'Action'],
      [13, 'Exipres'],
      [21, 'valid to'],
      [30, 'isActive'],
    ].map(
      ([column, name]) =>
        `allowlist.csv:1:${column}: '${name}' may restrict access, which an allowlist cannot express. ${RENAME} [ColumnUnclear]`,
    ),
  ),
  csv(
    'two columns for blocks',
    ['IPv4,IPv6,Region', '203.0.113.7,2001:db8::/32,eu'],
    `allowlist.csv:1:6: 'IPv6' is the second column for cidr. ${RENAME} [ColumnUnclear]`,
  ),
  csv(
    'a table without a column of blocks',
    ['Region,Site', 'eu-west-1,Dublin'],
    `allowlist.csv:1:1: has no column of blocks. Write the column names in the first line: ${NAMES}. [ColumnMissing]`,
  ),
  csv(
    'a table without the names of its columns',
    ['203.0.113.0/24,IE,Dublin', '198.51.100.0/24,DE,Berlin'],
    `allowlist.csv:1:1: has a block where the column names should be. Write the column names in the first line: ${NAMES}. [ColumnMissing]`,
  ),
  csv(
    'a cell too many',
    ['cidr,owner', '203.0.113.7,Doe, Jane'],
    "allowlist.csv:2:18: 'Jane' is in a column without a name. Name the column in the first line, or remove the cell; quote a cell that contains a separator. [FileSyntax]",
  ),
  csv(
    'a quote that stays open',
    ['cidr,owner', '203.0.113.7,"jane', '203.0.113.8,joe'],
    'allowlist.csv:2:13: has a quote that is never closed. Write valid CSV. [FileSyntax]',
  ),
  csv(
    'a quote within a cell',
    ['cidr,owner', '203.0.113.7,6" Jane'],
    'allowlist.csv:2:14: has a quote inside an unquoted cell. Write valid CSV. [FileSyntax]',
  ),
  csv(
    'text behind a quote',
    ['cidr,owner', '203.0.113.7,"Jane" Doe'],
    'allowlist.csv:2:20: has text after a closing quote. Write valid CSV. [FileSyntax]',
  ),
  csv(
    'a group that AWS would not take, once for all rows',
    ['cidr,group', '203.0.113.7,our partners', '203.0.113.8,our partners'],
    "allowlist.csv:2:13: group 'our partners' is not a valid name for a group. Write up to 32 letters, digits and hyphens, beginning with a letter. [GroupNameInvalid]",
  ),
  csv(
    'a table of nothing',
    ['cidr,owner'],
    'allowlist.csv:1:1: is empty. Write at least one block, or remove the file. [FileEmpty]',
  ),
  files(
    'a plain list with words, two blocks in a line and another separator',
    {
      'allowlist.txt': ['# offices', '203.0.113.7  # Berlin', '  offices', '203.0.113.8, 203.0.113.9', '; 203.0.113.1'],
    },
    `allowlist.txt:3:3: 'offices' is not an IP address or CIDR block. ${BLOCK} [CidrInvalid]`,
    `allowlist.txt:4:1: '203.0.113.8, 203.0.113.9' is not an IP address or CIDR block. ${BLOCK} [CidrInvalid]`,
    `allowlist.txt:5:1: '; 203.0.113.1' is not an IP address or CIDR block. ${BLOCK} [CidrInvalid]`,
  ),
  files(
    'a plain list of nobody that is included',
    { 'allowlist.yaml': ['include: [vendor.txt]', 'entries: [203.0.113.7]'], 'vendor.txt': ['# nobody'] },
    'vendor.txt:1:1: is empty. Write at least one block, or remove the file. [FileEmpty]',
  ),
];
