import { placeRules, type RuleToPlace } from '../../lib/placement/placement';
import {
  checkQuotas,
  DEFAULT_QUOTAS,
  misfitProblem,
  quotaWarning,
  type RuleQuotas,
} from '../../lib/placement/rule-quotas';
import type { Problem } from '../../lib/rules/endpoint-error';
import { type BadInput, bad } from '../support/bad-input';

function misfit(rules: readonly RuleToPlace[], quotas: RuleQuotas = DEFAULT_QUOTAS, saved = 0): Problem[] {
  const limits = { rulesPerGroup: quotas.rulesPerSecurityGroup, groups: quotas.securityGroupsPerInterface };
  const placement = placeRules(rules, limits);
  return 'misfit' in placement ? [misfitProblem(placement.misfit, quotas, saved)] : [];
}

function addresses(count: number): RuleToPlace[] {
  return Array.from({ length: count }, (_, i) => ({ key: `8.8.${i >> 8}.${i & 255}/32`, ipv4: 1, ipv6: 0 }));
}

/** Rules that do not fit, and quotas that are none. */
export const BAD_QUOTAS: readonly BadInput[] = [
  bad(
    '301 rules where 300 fit',
    () => misfit(addresses(301)),
    'allow needs 301 IPv4 rules, but there is room for 300 (security groups of 60 rules). Request a quota increase, and set quotas.rulesPerSecurityGroup to 61 or more (L-0EA8095F) or quotas.securityGroupsPerInterface to 6 or more (L-2AFB9258). [TooManyRules]',
  ),
  bad(
    '301 rules that merge into fewer',
    () => misfit(addresses(301), DEFAULT_QUOTAS, 40),
    'allow needs 301 IPv4 rules, but there is room for 300 (security groups of 60 rules). Merging adjacent blocks with allowlist: { aggregate: true } saves 40. Request a quota increase, and set quotas.rulesPerSecurityGroup to 61 or more (L-0EA8095F) or quotas.securityGroupsPerInterface to 6 or more (L-2AFB9258). [TooManyRules]',
  ),
  bad(
    '310 rules that merge, but not enough',
    () => misfit(addresses(310), DEFAULT_QUOTAS, 4),
    'allow needs 310 IPv4 rules, but there is room for 300 (security groups of 60 rules). Merging adjacent blocks with allowlist: { aggregate: true } saves 4, which is not enough. Request a quota increase, and set quotas.rulesPerSecurityGroup to 62 or more (L-0EA8095F) or quotas.securityGroupsPerInterface to 6 or more (L-2AFB9258). [TooManyRules]',
  ),
  bad(
    '2,000 rules, which no quota allows',
    () => misfit(addresses(2000)),
    'allow needs 2,000 IPv4 rules, but there is room for 300 (security groups of 60 rules). No quota is large enough, since AWS grants at most 1,000 rules per network interface: list networks instead of addresses, or split the clients across two endpoints. [TooManyRules]',
  ),
  bad(
    '1,001 rules in 16 groups',
    () => misfit(addresses(1001), { rulesPerSecurityGroup: 62, securityGroupsPerInterface: 16 }),
    'allow needs 1,001 IPv4 rules, but there is room for 992 (security groups of 62 rules). No quota is large enough, since AWS grants at most 1,000 rules per network interface: list networks instead of addresses, or split the clients across two endpoints. [TooManyRules]',
  ),
  bad(
    '301 IPv6 rules',
    () => misfit(addresses(301).map(({ key }) => ({ key, ipv4: 0, ipv6: 1 }))),
    'allow needs 301 IPv6 rules, but there is room for 300 (security groups of 60 rules). Request a quota increase, and set quotas.rulesPerSecurityGroup to 61 or more (L-0EA8095F) or quotas.securityGroupsPerInterface to 6 or more (L-2AFB9258). [TooManyRules]',
  ),
  bad(
    'a prefix list of 100',
    () => misfit([{ key: 'pl-0123456789abcdef0', ipv4: 100, ipv6: 100 }]),
    "allow holds 'pl-0123456789abcdef0', which counts as 100 rules, but a security group has room for 60. A prefix list counts as its maximum number of entries: lower that, or request an increase of the quota L-0EA8095F and set quotas.rulesPerSecurityGroup to 100 or more. [SourceTooLarge]",
  ),
  bad(
    '61 pinned rules',
    () => misfit(addresses(61).map((rule) => ({ ...rule, pinnedTo: 'partners' }))),
    "allow pins 61 IPv4 rules to the group 'partners', which has room for 60. Pin fewer, spread them over two groups, or leave them unpinned. [PinnedGroupFull]",
  ),
  bad(
    'six pinned groups',
    () => misfit(addresses(6).map((rule, i) => ({ ...rule, pinnedTo: `p${i}` }))),
    'allow needs 7 security groups, one for each group of pinned entries and at least one for the rest, but the limit is 5. Pin to fewer groups, or request an increase of the quota L-2AFB9258 (up to 16) and set quotas.securityGroupsPerInterface. [TooManyPinnedGroups]',
  ),
  bad(
    'six prefix lists of 40',
    () => misfit(addresses(6).map((rule) => ({ ...rule, ipv4: 40 }))),
    'allow has prefix lists that do not fit into 5 security groups of 60 rules side by side. Lower the maximum number of entries of a prefix list, or request an increase of the quota L-0EA8095F and set quotas.rulesPerSecurityGroup. [SourcesCannotBePacked]',
  ),
  bad(
    'a quota of no rules',
    () => checkQuotas({ rulesPerSecurityGroup: 0, securityGroupsPerInterface: 5 }),
    'quotas.rulesPerSecurityGroup 0 is not a valid quota. Write a whole number of at least 1. [QuotaInvalid]',
  ),
  bad(
    '17 groups',
    () => checkQuotas({ rulesPerSecurityGroup: 60, securityGroupsPerInterface: 17 }),
    'quotas.securityGroupsPerInterface 17 is not a valid quota. Write a whole number from 1 to 16. [QuotaInvalid]',
  ),
  bad(
    'quotas that AWS does not grant together',
    () => [quotaWarning({ rulesPerSecurityGroup: 200, securityGroupsPerInterface: 16 })!],
    'quotas allow 3,200 rules per network interface, but AWS grants no more than 1,000. Set the quotas that your account has: with 16 security groups at most 62 rules in each. [QuotasBeyondAws]',
  ),
];
