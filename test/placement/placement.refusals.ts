import { AllowedSource } from '../../lib';
import { validProps } from '../support/endpoint';
import { expression } from '../support/expression';
import { type Mistake, mistake, allowMistake as refused } from '../support/mistake';

const CLIENT = AllowedSource.cidr('52.20.30.40/32');

/** Blocks that neither touch nor overlap. */
export function apart(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `52.${20 + (i >> 7)}.${(i & 127) * 2}.0/24`);
}

/** Blocks of which every two that follow each other merge. */
function touching(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `52.${20 + (i >> 8)}.${i & 255}.0/24`);
}

function prefixLists(count: number, maxEntries: number): AllowedSource[] {
  return Array.from({ length: count }, (_, i) => AllowedSource.prefixList(`pl-0${i}`, { maxEntries }));
}

function pinned(groups: number): AllowedSource[] {
  return apart(groups).map((block, i) => AllowedSource.cidr(block, { group: `partner-${i}` }));
}

/** What is refused about rules that do not fit the quotas, and about quotas that are none. */
export const PLACEMENT_MISTAKES: readonly Mistake[] = [
  refused('TooManyRules', 'one block more than five groups hold is there', [AllowedSource.cidrs(apart(301))], {
    property: 'allow',
    reason: /needs 301 IPv4 rules, but there is room for 300/,
    remedy: /rulesPerSecurityGroup to 61 .*L-0EA8095F.*securityGroupsPerInterface to 6 .*L-2AFB9258/,
  }),
  refused('TooManyRules', 'merging would save enough', [AllowedSource.cidrs(touching(301))], {
    property: 'allow',
    reason: /needs 301 IPv4 rules/,
    remedy: /aggregate: true \} saves 296\. Request a quota increase/,
  }),
  refused(
    'TooManyRules',
    'a value that is known after apply needs a group of its own',
    [AllowedSource.cidrs(apart(241)), AllowedSource.cidr(expression('var.office'))],
    {
      property: 'allow',
      reason: /needs 241 IPv4 rules, but there is room for 240/,
      remedy: /Request a quota increase/,
    },
  ),
  refused(
    'TooManyRules',
    'one pinned group takes room from the rest',
    [AllowedSource.cidrs(apart(241)), AllowedSource.cidr('35.10.0.0/16', { group: 'partners' })],
    {
      property: 'allow',
      reason: /needs 241 IPv4 rules, but there is room for 240/,
      remedy: /Request a quota increase/,
    },
  ),
  refused(
    'TooManyRules',
    'the quotas of the account are smaller than usual',
    [AllowedSource.cidrs(apart(21))],
    { property: 'allow', reason: /needs 21 IPv4 rules, but there is room for 20/, remedy: /Request a quota increase/ },
    { quotas: { rulesPerSecurityGroup: 10, securityGroupsPerInterface: 2 } },
  ),
  refused('SourceTooLarge', 'a prefix list is larger than a group', [CLIENT, ...prefixLists(1, 61)], {
    property: 'allow',
    reason: /holds 'pl-00', which counts as 61 rules/,
    remedy: /rulesPerSecurityGroup to 61 or more/,
  }),
  refused('SourcesCannotBePacked', 'six prefix lists do not fit five groups', prefixLists(6, 40), {
    property: 'allow',
    reason: /do not fit into 5 security groups of 60 rules/,
    remedy: /Lower the maximum number of entries/,
  }),
  refused('PinnedGroupFull', 'a group is pinned full', [AllowedSource.cidrs(apart(61), { group: 'partners' })], {
    property: 'allow',
    reason: /pins 61 IPv4 rules to the group 'partners', which has room for 60/,
    remedy: /Pin fewer/,
  }),
  refused('TooManyPinnedGroups', 'every group is pinned and none is left for the rest', pinned(5), {
    property: 'allow',
    reason: /needs 6 security groups.* the limit is 5/,
    remedy: /securityGroupsPerInterface/,
  }),
  ...[0, -1, 2.5, Number.NaN].map((rulesPerSecurityGroup) =>
    refused(
      'QuotaInvalid',
      `the quota of rules is ${rulesPerSecurityGroup}`,
      [CLIENT],
      {
        property: 'quotas.rulesPerSecurityGroup',
        value: rulesPerSecurityGroup,
        reason: /not a valid quota/,
        remedy: /whole number of at least 1/,
      },
      { quotas: { rulesPerSecurityGroup } },
    ),
  ),
  ...[0, 17].map((securityGroupsPerInterface) =>
    refused(
      'QuotaInvalid',
      `the quota of security groups is ${securityGroupsPerInterface}`,
      [CLIENT],
      {
        property: 'quotas.securityGroupsPerInterface',
        value: securityGroupsPerInterface,
        reason: /not a valid quota/,
        remedy: /from 1 to 16/,
      },
      { quotas: { securityGroupsPerInterface } },
    ),
  ),
  ...[0, -5, 1.5, 1001].map((maxEntries) =>
    refused(
      'MaxEntriesInvalid',
      `a prefix list has at most ${maxEntries} entries`,
      [CLIENT, AllowedSource.prefixList('pl-0a', { maxEntries })],
      {
        property: 'allow[1].maxEntries',
        value: maxEntries,
        reason: /not a valid size of a prefix list/,
        remedy: /from 1 to 1000/,
      },
    ),
  ),
  ...['our partners', '1', '', 'Büro', 'x'.repeat(33)].map((group) =>
    refused('GroupNameInvalid', `a group is '${group}'`, [CLIENT, AllowedSource.cidr('35.10.0.0/16', { group })], {
      property: 'allow[1].group',
      value: group,
      reason: /not a valid name for a group/,
      remedy: /32 letters, digits and hyphens/,
    }),
  ),
  refused('GroupInvalid', 'a token is pinned', [AllowedSource.cidr(expression('var.office'), { group: 'partners' })], {
    property: 'allow[0].group',
    value: 'partners',
    reason: /known after apply/,
    remedy: /Leave it out/,
  }),
];

/** What is refused about the other things that can be said of an allowlist. */
export const ACCESS_MISTAKES: readonly Mistake[] = [
  ...['pl-0a', '', 's3', 'com.amazonaws', 'com.amazonaws.S3 bucket'].map((name) =>
    refused('AwsPrefixListNameInvalid', `it is '${name}'`, [CLIENT, AllowedSource.awsPrefixList(name)], {
      property: 'allow[1]',
      value: name,
      reason: /not a valid name of an AWS-managed prefix list/,
      remedy: /com\.amazonaws\.global\.cloudfront\.origin-facing/,
    }),
  ),
  refused('AwsPrefixListNameInvalid', 'it is a token', [AllowedSource.awsPrefixList(expression('var.list'))], {
    property: 'allow[0]',
    reason: /not a valid name of an AWS-managed prefix list/,
    remedy: /literal name/,
  }),
  ...['tomorrow', '2027-1-31', '31.01.2027', '2027-02-30', '', '2027-01-31T00:00:00Z'].map((expires) =>
    refused('ExpiryInvalid', `a day is '${expires}'`, [CLIENT, AllowedSource.cidr('35.10.0.0/16', { expires })], {
      property: 'allow[1].expires',
      value: expires,
      reason: /not a (date|valid calendar date)/,
      remedy: /YYYY-MM-DD/,
    }),
  ),
  ...['asOf', '2026-02-30', '2026-7-1'].map((asOf) =>
    refused(
      'AsOfInvalid',
      `the day is '${asOf}'`,
      [AllowedSource.cidr('52.20.30.40/32', { expires: '2027-01-31' })],
      { property: 'allowlist.asOf', value: asOf, reason: /not a date/, remedy: /YYYY-MM-DD/ },
      { allowlist: { asOf } },
    ),
  ),
  ...[
    { ipv4: 33, ipv6: 24 },
    { ipv4: -1, ipv6: 24 },
    { ipv4: 8.5, ipv6: 24 },
  ].map((maxBreadth) =>
    refused(
      'BreadthLimitInvalid',
      `the limit of IPv4 is ${maxBreadth.ipv4}`,
      [CLIENT],
      {
        property: 'allowlist.maxBreadth.ipv4',
        value: maxBreadth.ipv4,
        reason: /not a prefix length/,
        remedy: /from 0 to 32/,
      },
      { allowlist: { maxBreadth } },
    ),
  ),
  refused(
    'BreadthLimitInvalid',
    'the limit of IPv6 is 129',
    [CLIENT],
    { property: 'allowlist.maxBreadth.ipv6', value: 129, reason: /not a prefix length/, remedy: /from 0 to 128/ },
    { allowlist: { maxBreadth: { ipv6: 129 } } },
  ),
  refused(
    'AllowlistTooBroad',
    'the limit is narrower than usual',
    [AllowedSource.cidr('35.10.0.0/16'), CLIENT],
    { property: 'allow', reason: /IPv4 addresses.* limit of one \/16/, remedy: /AllowedSource\.anywhere/ },
    { allowlist: { maxBreadth: { ipv4: 16 } } },
  ),
  ...(
    [
      ['0.0.0.0/1', '128.0.0.0/1', '50 %'],
      ['2000::/4', '3000::/4', '6.25 %'],
    ] as const
  ).map(([low, high, share]) =>
    mistake(
      'AllowlistTooBroad',
      `${low} and ${high} are open`,
      validProps({ allow: [AllowedSource.cidrs([low, high])], dualStack: true }),
      ...[low, high].map((value, i) => ({
        property: `allow[0][${i}]`,
        value,
        reason: new RegExp(`admits ${share} of all IPv[46] addresses`),
        remedy: /anywhere/,
      })),
    ),
  ),
  refused(
    'AllowlistTooBroad',
    'the only entry for everybody has expired',
    [expiredAnywhere(), AllowedSource.cidr('8.0.0.0/7')],
    { property: 'allow[1]', value: '8.0.0.0/7', reason: /IPv4 addresses/, remedy: /AllowedSource\.anywhere/ },
    { allowlist: { asOf: '2026-07-01' } },
  ),
  refused(
    'MustIncludeLockedOut',
    'an operator is not in the list',
    [CLIENT],
    {
      property: 'allowlist.mustInclude[1]',
      value: '151.10.20.30',
      reason: /would have no access/,
      remedy: /Add it to the allowlist/,
    },
    { allowlist: { mustInclude: ['52.20.30.40', '151.10.20.30'] } },
  ),
  refused(
    'MustIncludeLockedOut',
    'half of an office is not in the list',
    [AllowedSource.cidr('35.10.0.0/25')],
    {
      property: 'allowlist.mustInclude[0]',
      value: '35.10.0.0/24',
      reason: /only partial access.*35\.10\.0\.128\/25/,
      remedy: /Add it to the allowlist/,
    },
    { allowlist: { mustInclude: ['35.10.0.0/24'] } },
  ),
  refused(
    'MustIncludeLockedOut',
    "an operator's entry has expired",
    [CLIENT, AllowedSource.cidr('151.10.20.30', { expires: '2026-06-30' })],
    {
      property: 'allowlist.mustInclude[0]',
      value: '151.10.20.30',
      reason: /would have no access/,
      remedy: /Add it to the allowlist/,
    },
    { allowlist: { mustInclude: ['151.10.20.30'], asOf: '2026-07-01' } },
  ),
  refused(
    'CidrInvalid',
    'an operator is no address',
    [CLIENT],
    { property: 'allowlist.mustInclude[0]', value: 'me', reason: /not an IP address/, remedy: /Write an address like/ },
    { allowlist: { mustInclude: ['me'] } },
  ),
];

/** An entry for everybody that ends, as only a file can say it. */
function expiredAnywhere(): AllowedSource {
  return AllowedSource._fromEntry({
    kind: 'anywhere',
    value: 'A demonstration',
    about: { expires: '2026-06-30', fields: {} },
    origin: { property: 'entries[0].anywhere', location: { file: 'allowlist.yaml', line: 2, column: 5 }, fields: {} },
  });
}
