import { type BadFiles, yaml } from './bad-files';

/** Entries of a file, and what a file or a group says of them, that must be refused. */
export const BAD_ENTRIES: readonly BadFiles[] = [
  yaml(
    'an unknown key of an entry',
    ['entries:', '  - cidr: 203.0.113.7', '    desc: Metabase'],
    "allowlist.yaml:3:5: entries[0] 'desc' is not a known key here. Use cidr, prefixList, awsPrefixList, securityGroup, anywhere, feed, reason, maxEntries, description, owner, ticket, expires, labels. [FileKeyUnknown]",
  ),
  yaml(
    'an entry that is a number',
    ['entries:', '  - 10'],
    'allowlist.yaml:2:5: entries[0] 10 is a number. Write a string (in quotes, if it looks like a number). [FileValueInvalid]',
  ),
  yaml(
    'an entry that is a list',
    ['entries:', '  - [203.0.113.7]'],
    'allowlist.yaml:2:5: entries[0] is a list. Write a map with the keys cidr, prefixList, awsPrefixList, securityGroup, anywhere, feed, reason, maxEntries, description, owner, ticket, expires, labels. [FileValueInvalid]',
  ),
  yaml(
    'an entry of nobody',
    ['entries:', '  - description: Metabase'],
    'allowlist.yaml:2:5: entries[0] does not say who may connect. Write exactly one of cidr, prefixList, awsPrefixList, securityGroup, anywhere, feed. [EntrySourceInvalid]',
  ),
  yaml(
    'an entry of two',
    ['entries:', '  - cidr: 203.0.113.7', '    prefixList: pl-0123456789abcdef0'],
    'allowlist.yaml:2:5: entries[0] has cidr and prefixList. Write exactly one of cidr, prefixList, awsPrefixList, securityGroup, anywhere, feed. [EntrySourceInvalid]',
  ),
  yaml(
    'an entry with an empty block',
    ['entries:', '  - cidr:'],
    'allowlist.yaml:2:10: entries[0].cidr is empty. Write a string (in quotes, if it looks like a number). [FileValueInvalid]',
  ),
  yaml(
    'a block with host bits, in a group',
    ['groups:', '  - name: partners', '    entries:', '      - cidr: 203.0.113.1', '      - cidr: 10.1.2.3/8'],
    "allowlist.yaml:5:15: groups[0].entries[1].cidr '10.1.2.3/8' has host bits set. Write 10.1.2.3/32 for that address or 10.0.0.0/8 for that network. [CidrHasHostBits]",
  ),
  yaml(
    'the same block twice',
    ['entries:', '  - cidr: 2001:db8::/32', '  - cidr: 2001:0db8::/32'],
    "allowlist.yaml:3:11: entries[1].cidr '2001:0db8::/32' repeats allowlist.yaml:2:11. List every source once. [CidrDuplicate]",
  ),
  yaml(
    'the same prefix list twice',
    ['entries:', '  - prefixList: pl-0123456789abcdef0', '  - prefixList: pl-0123456789abcdef0'],
    "allowlist.yaml:3:17: entries[1].prefixList 'pl-0123456789abcdef0' repeats allowlist.yaml:2:17. List every source once. [SourceDuplicate]",
  ),
  yaml(
    'the id of a prefix list that is its name',
    ['entries:', '  - prefixList: offices'],
    "allowlist.yaml:2:17: entries[0].prefixList 'offices' is not the id of a managed prefix list. Write an id like pl-0123456789abcdef0. [PrefixListIdInvalid]",
  ),
  yaml(
    'the name of a prefix list of AWS that is its id',
    ['entries:', '  - awsPrefixList: pl-0123456789abcdef0'],
    "allowlist.yaml:2:20: entries[0].awsPrefixList 'pl-0123456789abcdef0' is not a valid name of an AWS-managed prefix list. Write a literal name like com.amazonaws.global.cloudfront.origin-facing. [AwsPrefixListNameInvalid]",
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
    'allowlist.yaml:3:17: entries[0].maxEntries 1001 is not a valid size of a prefix list. Write a whole number from 1 to 1000. [MaxEntriesInvalid]',
  ),
  yaml(
    'a reason of a block',
    ['entries:', '  - cidr: 203.0.113.7', '    reason: because'],
    'allowlist.yaml:3:5: entries[0].reason has no effect on this entry: it belongs to anywhere. Take it out. [FileKeyMisplaced]',
  ),
  yaml(
    'anywhere without a reason',
    ['entries:', '  - anywhere: true'],
    'allowlist.yaml:2:5: entries[0].anywhere opens the endpoint to everybody without a reason. Say in reason why a narrower list is not possible. [AnywhereNeedsReason]',
  ),
  yaml(
    'anywhere with an empty reason',
    ['entries:', '  - anywhere: true', "    reason: ''"],
    "allowlist.yaml:3:13: entries[0].reason '' is empty. Write a string (in quotes, if it looks like a number). [FileValueInvalid]",
  ),
  yaml(
    'anywhere: false',
    ['entries:', '  - anywhere: false', '    reason: not yet'],
    'allowlist.yaml:2:5: entries[0].anywhere false admits nobody. Remove the entry, or write anywhere: true. [EntrySourceInvalid]',
  ),
  yaml(
    'anywhere: yes',
    ['entries:', '  - anywhere: yes', '    reason: why not'],
    "allowlist.yaml:2:15: entries[0].anywhere 'yes' is a text. Write true or false. [FileValueInvalid]",
  ),
  yaml(
    'a ticket that is a number',
    ['entries:', '  - cidr: 203.0.113.7', '    ticket: 1234'],
    'allowlist.yaml:3:13: entries[0].ticket 1234 is a number. Write a string (in quotes, if it looks like a number). [FileValueInvalid]',
  ),
  yaml(
    'an owner that is a list',
    ['owner: [a, b]', 'entries: [203.0.113.7]'],
    'allowlist.yaml:1:8: owner is a list. Write a string (in quotes, if it looks like a number). [FileValueInvalid]',
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
    'allowlist.yaml:1:9: labels is a list. Write a map of strings. [FileValueInvalid]',
  ),
  yaml(
    'a label that is a number',
    ['labels: { tier: 1 }', 'entries: [203.0.113.7]'],
    'allowlist.yaml:1:17: labels.tier 1 is a number. Write a string (in quotes, if it looks like a number). [FileValueInvalid]',
  ),
  yaml(
    'a reason that EC2 refuses',
    ['entries:', '  - anywhere: true', '    reason: 100% public'],
    "allowlist.yaml:3:13: entries[0].reason '100% public' has a character that EC2 refuses: '%'. Use letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* [DescriptionInvalid]",
  ),
  yaml(
    'anywhere twice',
    ['entries:', '  - { anywhere: true, reason: demo }', '  - { anywhere: true, reason: show }'],
    "allowlist.yaml:3:17: entries[1].anywhere '0.0.0.0/0' repeats allowlist.yaml:2:17. List every source once. [CidrDuplicate]",
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
    'allowlist.yaml:1:8: owner true is true or false. Write a string (in quotes, if it looks like a number). [FileValueInvalid]',
  ),
  yaml(
    'a description that nothing takes, inherited by a prefix list',
    ['groups:', '  - name: research', '    description: R&D?', '    entries: [{ prefixList: pl-0123456789abcdef0 }]'],
    "allowlist.yaml:3:18: groups[0].description 'R&D?' has a character that EC2 refuses: '&'. Use letters, digits, spaces and ._-:/()#,@[]+=;{}!$* (prefix lists cannot have &). [DescriptionInvalid]",
  ),
];
