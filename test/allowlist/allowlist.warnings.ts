import { AllowedSource, type DatabaseEndpointProps } from '../../lib';
import { apart } from '../placement/placement.refusals';
import { validProps } from '../support/endpoint';
import { type ExpectedProblem, type Mistake, mistake } from '../support/mistake';

const CLIENT = AllowedSource.cidr('52.20.30.40/32');
const TODAY = '2026-07-01';

function warned(
  rule: string,
  where: string,
  allow: AllowedSource[],
  problem: ExpectedProblem,
  overrides: Partial<DatabaseEndpointProps> = {},
): Mistake {
  return mistake(rule, where, validProps({ allow, allowlist: { asOf: TODAY }, ...overrides }), problem);
}

function expiring(days: string, expires: string): Mistake {
  return warned('EntryExpiresSoon', `the last day ${days}`, [CLIENT, AllowedSource.cidr('35.10.0.0/16', { expires })], {
    property: 'allow[1].expires',
    value: expires,
    reason: new RegExp(`^${days}$`),
    remedy: /later date/,
  });
}

/** What is warned about allowlists. */
export const WARNED_ALLOWLISTS: readonly Mistake[] = [
  warned(
    'EntryExpired',
    'the last day was yesterday',
    [CLIENT, AllowedSource.cidr('35.10.0.0/16', { expires: '2026-06-30' })],
    {
      property: 'allow[1].expires',
      value: '2026-06-30',
      reason: /has passed: 35\.10\.0\.0\/16 is left out/,
      remedy: /Remove the entry/,
    },
  ),
  warned(
    'EntryExpired',
    'a prefix list has ended',
    [CLIENT, AllowedSource.prefixList('pl-0a', { expires: '2020-01-01', maxEntries: 5 })],
    { property: 'allow[1].expires', value: '2020-01-01', reason: /pl-0a is left out/, remedy: /later date/ },
  ),
  warned('EndpointClosed', 'every entry has ended', [AllowedSource.cidr('35.10.0.0/16', { expires: '2026-06-30' })], {
    property: 'allow',
    reason: /admits nobody: every entry has expired/,
    remedy: /later date/,
  }),
  warned(
    'EntryOverlaps',
    'an entry with an end lies within one without',
    [AllowedSource.cidr('35.10.0.0/16'), AllowedSource.cidr('35.10.1.0/24', { expires: '2027-01-31' })],
    {
      property: 'allow[1]',
      value: '35.10.1.0/24',
      reason: /lies within 35\.10\.0\.0\/16 \(allow\[0\]\)/,
      remedy: /same owner and expiry/,
    },
  ),
  warned('PrefixListUnmeasured', 'a prefix list is admitted', [AllowedSource.prefixList('pl-0a', { maxEntries: 5 })], {
    property: 'allow[0]',
    reason: /whatever pl-0a contains: maxBreadth does not limit it/,
    remedy: /acknowledge PrefixListUnmeasured/,
  }),
  warned(
    'SecurityGroupSeldomMatches',
    'an internet-facing endpoint admits a security group',
    [CLIENT, AllowedSource.securityGroup('sg-0a99')],
    {
      property: 'allow[1]',
      value: 'sg-0a99',
      reason: /never admits members of sg-0a99 that use the endpoint's public addresses/,
      remedy: /NAT gateway.*internetFacing: false/,
    },
  ),
  expiring('is today', '2026-07-01'),
  expiring('is in 1 day', '2026-07-02'),
  expiring('is in 14 days', '2026-07-15'),
  warned('PrefixListSizeUnknown', 'a prefix list has no size', [AllowedSource.prefixList('pl-0a')], {
    property: 'allow[0]',
    value: 'pl-0a',
    reason: /counted as one rule/,
    remedy: /maxEntries/,
  }),
  warned(
    'PrefixListSizeUnknown',
    'the size of a prefix list of AWS is documented nowhere',
    [AllowedSource.awsPrefixList('com.amazonaws.eu-central-1.newservice')],
    {
      property: 'allow[0]',
      value: 'com.amazonaws.eu-central-1.newservice',
      reason: /counted as one rule/,
      remedy: /maxEntries/,
    },
  ),
  warned('AllowlistNearlyFull', '55 rules are in one group of 60', [AllowedSource.cidrs(apart(55))], {
    property: 'allow',
    reason: /takes up 55 of the 60 rules .* (3[5-9]|4\d|5[0-3]) rules move/,
    remedy: /shardFromStart: true/,
  }),
  warned('AllowlistNearlyFull', 'one group is full', [AllowedSource.cidrs(apart(60))], {
    property: 'allow',
    reason: /takes up 60 of the 60 rules/,
    remedy: /shardFromStart: true/,
  }),
  warned('AllowlistSpread', 'a list has outgrown one group', [AllowedSource.cidrs(apart(61))], {
    property: 'allow',
    reason: /no longer fits one security group and is spread over 5; in that step (4\d|5\d) rules move/,
    remedy: /shardFromStart: true/,
  }),
  warned(
    'AllowlistSpread',
    'it is spread over the groups that pinned entries leave',
    [AllowedSource.cidrs(apart(61)), AllowedSource.cidr('35.10.0.0/16', { group: 'partners' })],
    { property: 'allow', reason: /is spread over 4;/, remedy: /shardFromStart: true/ },
  ),
  warned(
    'QuotasBeyondAws',
    'the product of both quotas is more than 1000',
    [CLIENT],
    {
      property: 'quotas',
      reason: /3,200 rules per network interface.*no more than 1,000/,
      remedy: /with 16 security groups at most 62/,
    },
    { quotas: { rulesPerSecurityGroup: 200, securityGroupsPerInterface: 16 } },
  ),
];
