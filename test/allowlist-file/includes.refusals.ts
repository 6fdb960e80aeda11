import { type BadFiles, files } from './bad-files';

const OUTSIDE =
  'is outside the folder of the first file. Move it there, or set a folder that contains both: includeFolder in code, --include-folder on the command line. [IncludeOutside]';

/** Files that include each other in a way that is refused. */
export const BAD_INCLUDES: readonly BadFiles[] = [
  files(
    'a group of an included file with the name of another one',
    {
      'allowlist.yaml': ['include: [vendor.yaml]', 'groups:', '  - { name: partners, entries: [203.0.113.7] }'],
      'vendor.yaml': ['groups:', '  - { name: partners, entries: [203.0.113.8] }'],
    },
    "vendor.yaml:2:13: groups[0].name 'partners' is the name of two groups: the other one is at allowlist.yaml:3:13. Give each group a different name, or put the entries into one group. [GroupDuplicate]",
  ),
  files(
    'a group of an included table with the name of another one',
    {
      'allowlist.yaml': ['include: [vendor.csv]', 'groups:', '  - { name: partners, entries: [203.0.113.7] }'],
      'vendor.csv': ['cidr,group', '203.0.113.8,partners', '203.0.113.9,partners'],
    },
    "vendor.csv:2:13: group 'partners' is the name of two groups: the other one is at allowlist.yaml:3:13. Give each group a different name, or put the entries into one group. [GroupDuplicate]",
  ),
  files(
    'an include from above, which is not opened',
    { 'envs/prod/a.yaml': ['include: [../b.yaml, c/../../../d.json]', 'entries: [203.0.113.7]'] },
    `envs/prod/a.yaml:1:11: include[0] '../b.yaml' ${OUTSIDE}`,
    `envs/prod/a.yaml:1:22: include[1] 'c/../../../d.json' ${OUTSIDE}`,
  ),
  files(
    'an include of what is no allowlist by its name, which is not opened',
    { 'a.yaml': ['include: [pipe, vendor.yaml.bak]', 'entries: [203.0.113.7]'] },
    "a.yaml:1:11: include[0] 'pipe' is not the name of a YAML, JSON, CSV or text file. Give it a name that ends in .yaml, .yml, .json, .csv or .txt. [FileKindUnknown]",
    "a.yaml:1:17: include[1] 'vendor.yaml.bak' is not the name of a YAML, JSON, CSV or text file. Give it a name that ends in .yaml, .yml, .json, .csv or .txt. [FileKindUnknown]",
  ),
  files(
    'a file that two others include and say different things of',
    {
      'a.yaml': ['include: [b.yaml, c.yaml]'],
      'b.yaml': ['owner: jane', 'include: [d.yaml]'],
      'c.yaml': ['owner: joe', 'include: [d.yaml]'],
      'd.yaml': ['entries: [203.0.113.7]'],
    },
    "c.yaml:2:11: include[0] 'd.yaml' is also included by another file, with other defaults for its entries (owner, ticket, expires, labels, require). Use the same values in both files, put them into the included file, or include it only once. [IncludeAmbiguous]",
  ),
  {
    what: 'a chain of 3,000 files',
    files: Object.fromEntries(
      Array.from({ length: 3000 }, (_, i) => [
        `f${i}.yaml`,
        `include: [f${i + 1}.yaml]\nentries: [10.1.${i >> 8}.${i & 255}]\n`,
      ]),
    ),
    says: [
      "f15.yaml:1:11: include[0] 'f16.yaml' is further than 16 files away from the first one. Include it from a file closer to the first one. [IncludeTooDeep]",
    ],
  },
  {
    what: '501 files',
    files: {
      'a.yaml': `include: [${Array.from({ length: 500 }, (_, i) => `f${i}.txt`).join(', ')}]\n`,
      ...Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`f${i}.txt`, `10.1.${i >> 8}.${i & 255}`])),
    },
    says: [
      "a.yaml:1:4891: include[499] 'f499.txt' is one file more than the 500 that may be read. Merge the entries of several files into one. [IncludesTooMany]",
    ],
  },
  {
    what: 'files that are too large together',
    files: {
      'a.yaml': 'include: [b.txt, c.txt]\n',
      'b.txt': `10.1.0.1 #${'x'.repeat(9 * 1024 * 1024)}`,
      'c.txt': `10.1.0.2 #${'x'.repeat(9 * 1024 * 1024)}`,
    },
    says: [
      "a.yaml:1:18: include[1] 'c.txt' exceeds the limit for an allowlist with all its files (16 MiB). Remove what does not belong in an allowlist; list networks instead of addresses. [FileTooLarge]",
    ],
  },
];
