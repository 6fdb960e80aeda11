import { type BadFiles, files, yaml } from './bad-files';

/** What files require of their entries, and cannot or do not get. */
export const BAD_REQUIREMENTS: readonly BadFiles[] = [
  yaml(
    'entries of which less is said than their file requires',
    [
      'require: { owner: true, ticketIfWiderThan: { ipv4: 28 }, expires: true }',
      'expires: 2031-01-31',
      'entries:',
      '  - 203.0.113.7',
      '  - { cidr: 198.51.100.0/24, owner: jane }',
    ],
    "allowlist.yaml:4:5: entries[0] '203.0.113.7' has no owner, which allowlist.yaml:1:19 requires. Say who owns this access. [OwnerRequired]",
    "allowlist.yaml:5:13: entries[1].cidr '198.51.100.0/24' is wider than a /28 and has no ticket, which allowlist.yaml:1:44 requires. Say where this access was requested and approved. [TicketRequired]",
  ),
  files(
    'entries of an included file, which both files require something of',
    {
      'a.yaml': ['require: { owner: true }', 'include: [b.yaml, c.csv]'],
      'b.yaml': ['require: { ticket: true }', 'entries: [203.0.113.7]'],
      'c.csv': ['cidr,owner', '203.0.113.8,', '203.0.113.9,jane'],
    },
    "b.yaml:2:11: entries[0] '203.0.113.7' has no owner, which a.yaml:1:19 requires. Say who owns this access. [OwnerRequired]",
    "b.yaml:2:11: entries[0] '203.0.113.7' has no ticket, which b.yaml:1:20 requires. Say where this access was requested and approved. [TicketRequired]",
    "c.csv:2:1: cidr '203.0.113.8' has no owner, which a.yaml:1:19 requires. Say who owns this access. [OwnerRequired]",
  ),
  files(
    'a file that two others include and require different things of',
    {
      'a.yaml': ['include: [b.yaml, c.yaml]'],
      'b.yaml': ['include: [d.yaml]'],
      'c.yaml': ['require: { owner: true }', 'include: [d.yaml]'],
      'd.yaml': ['entries: [203.0.113.7]'],
    },
    "c.yaml:2:11: include[0] 'd.yaml' is also included by another file, with other defaults for its entries (owner, ticket, expires, labels, require). Use the same values in both files, put them into the included file, or include it only once. [IncludeAmbiguous]",
  ),
  yaml(
    'a requirement that nothing can meet, told once',
    ['require:', '  maxDays: 0', '  ticketIfWiderThan: { ipv6: 200 }', 'entries: [203.0.113.7, 203.0.113.8]'],
    'allowlist.yaml:2:12: require.maxDays 0 is not a number of days. Write a whole number from 1 to 36500. [RequirementInvalid]',
    'allowlist.yaml:3:30: require.ticketIfWiderThan.ipv6 200 is not a prefix length. Write a whole number from 0 to 128: blocks that are wider need a ticket. [RequirementInvalid]',
  ),
  yaml(
    'requirements of another form',
    [
      'require: { owner: yes, maxDays: 90 days, ticketIfWiderThan: 28, expiry: true }',
      'entries: [{ cidr: 203.0.113.7, expires: 2031-01-31 }]',
    ],
    "allowlist.yaml:1:19: require.owner 'yes' is a text. Write true or false. [FileValueInvalid]",
    "allowlist.yaml:1:33: require.maxDays '90 days' is a text. Write a whole number. [FileValueInvalid]",
    'allowlist.yaml:1:61: require.ticketIfWiderThan 28 is a number. Write a map with the keys ipv4, ipv6. [FileValueInvalid]',
    "allowlist.yaml:1:65: require 'expiry' is not a known key here. Use owner, ticket, expires, maxDays, ticketIfWiderThan. [FileKeyUnknown]",
  ),
  yaml(
    'requirements that require nothing',
    ['require: {}', 'entries: [203.0.113.7]'],
    'allowlist.yaml:1:10: require requires nothing. Write one or more of owner, ticket, expires, maxDays, ticketIfWiderThan. [FileValueInvalid]',
  ),
  yaml(
    'requirements of a group, which would hold for some entries only',
    ['groups: [{ name: a, require: { owner: true }, entries: [203.0.113.7] }]'],
    "allowlist.yaml:1:21: groups[0] 'require' is not a known key here. Use name, entries, pinned, description, owner, ticket, expires, labels. [FileKeyUnknown]",
  ),
];
