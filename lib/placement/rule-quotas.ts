import type { Problem } from '../rules/endpoint-error';
import type { NamedFinding } from '../rules/rule-book';
import type { Misfit } from './placement';

/**
 * What an AWS account grants, in the quotas of Amazon VPC.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
 */
export interface RuleQuotas {
  /** "Inbound or outbound rules per security group" (L-0EA8095F), which holds for IPv4 and IPv6 rules apart. */
  readonly rulesPerSecurityGroup: number;
  /** "Security groups per network interface" (L-2AFB9258), at most 16. */
  readonly securityGroupsPerInterface: number;
}

/** What every account has at first. */
export const DEFAULT_QUOTAS: RuleQuotas = { rulesPerSecurityGroup: 60, securityGroupsPerInterface: 5 };

/** The quotas of an account, of which only those are written that were raised. */
export function resolveQuotas(written: Partial<RuleQuotas> = {}): RuleQuotas {
  return {
    rulesPerSecurityGroup: written.rulesPerSecurityGroup ?? DEFAULT_QUOTAS.rulesPerSecurityGroup,
    securityGroupsPerInterface: written.securityGroupsPerInterface ?? DEFAULT_QUOTAS.securityGroupsPerInterface,
  };
}

/** AWS raises either quota only as long as their product stays within this. */
export const RULES_PER_INTERFACE = 1000;

/** AWS raises the number of security groups no further. */
export const MOST_GROUPS = 16;

const LIMITS = 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups';

/** The facts that the rules about quotas rest on. */
export const QUOTA_FACTS = {
  QuotaInvalid: { because: 'Quotas are whole numbers.' },
  TooManyRules: {
    because: 'A network interface has a limited number of security groups, and each a limited number of rules.',
    see: LIMITS,
  },
  SourceTooLarge: {
    because: 'A prefix list counts as its maximum number of entries, and must fit into one security group as a whole.',
    see: LIMITS,
  },
  PinnedGroupFull: { because: 'A security group has a limited number of rules.', see: LIMITS },
  TooManyPinnedGroups: { because: 'A network interface has a limited number of security groups.', see: LIMITS },
  SourcesCannotBePacked: { because: 'Prefix lists cannot be split across security groups.', see: LIMITS },
};

/** The name of one of them. */
export type QuotaRule = keyof typeof QUOTA_FACTS;

/** Refuses quotas that no account has. */
export function checkQuotas(quotas: RuleQuotas): NamedFinding<'QuotaInvalid'>[] {
  return [
    ...wholeNumber('quotas.rulesPerSecurityGroup', quotas.rulesPerSecurityGroup, Number.MAX_SAFE_INTEGER),
    ...wholeNumber('quotas.securityGroupsPerInterface', quotas.securityGroupsPerInterface, MOST_GROUPS),
  ];
}

/** Warns of quotas that AWS does not grant together: the plan would be fine and the apply would fail. */
export function quotaWarning(quotas: RuleQuotas): Problem | undefined {
  const product = quotas.rulesPerSecurityGroup * quotas.securityGroupsPerInterface;
  if (product <= RULES_PER_INTERFACE) return undefined;
  return {
    rule: 'QuotasBeyondAws',
    property: 'quotas',
    reason: `allow ${count(product)} rules per network interface, but AWS grants no more than ${count(RULES_PER_INTERFACE)}`,
    remedy: `Set the quotas that your account has: with ${quotas.securityGroupsPerInterface} security groups at most ${Math.floor(RULES_PER_INTERFACE / quotas.securityGroupsPerInterface)} rules in each.`,
  };
}

/**
 * What a rule counts that refers to a security group, or to a prefix list of some maximum size: EC2 counts it for
 * IPv4 and for IPv6 alike, whatever addresses are behind it.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html#security-group-size
 */
export function weightOfReference(size = 1): { readonly ipv4: number; readonly ipv6: number } {
  return { ipv4: size, ipv6: size };
}

/** Security groups that rules are spread over, however many there are. */
export interface FixedGroups {
  readonly count: number;
  /** How many more the quota allows; undefined where none can be added. */
  readonly spare?: number;
}

/**
 * Says why rules do not fit, with figures, and what to do.
 *
 * @param saved how many rules fewer there would be if adjacent blocks of the family in question were merged.
 * @param fixed where the number of groups is fixed.
 */
export function misfitProblem(
  misfit: Misfit,
  quotas: RuleQuotas,
  saved = 0,
  fixed?: FixedGroups,
): NamedFinding<QuotaRule> {
  const { kind, name, needed, available, family } = misfit;
  const { rulesPerSecurityGroup: rules, securityGroupsPerInterface: groups } = quotas;
  const problem = (rule: QuotaRule, reason: string, remedy: string): NamedFinding<QuotaRule> => ({
    rule,
    property: 'allow',
    reason,
    remedy,
  });
  switch (kind) {
    case 'tooManyRules':
      return problem(
        'TooManyRules',
        `needs ${count(needed)} IPv${family} rules, but there is room for ${count(available)} (security groups of ${rules} rules)`,
        [merging(saved, needed - available), largerQuota(needed, available, quotas, fixed)].filter(Boolean).join(' '),
      );
    case 'ruleTooLarge':
      return problem(
        'SourceTooLarge',
        `holds '${name}', which counts as ${count(needed)} rules, but a security group has room for ${rules}`,
        `A prefix list counts as its maximum number of entries: lower that, or request an increase of the quota L-0EA8095F and set quotas.rulesPerSecurityGroup to ${needed} or more.`,
      );
    case 'pinnedGroupFull':
      return problem(
        'PinnedGroupFull',
        `pins ${count(needed)} IPv${family} rules to the group '${name}', which has room for ${rules}`,
        'Pin fewer, spread them over two groups, or leave them unpinned.',
      );
    case 'tooManyPinnedGroups':
      return problem(
        'TooManyPinnedGroups',
        `needs ${needed} security groups, one for each group of pinned entries and at least one for the rest, but the limit is ${available}`,
        `Pin to fewer groups, or request an increase of the quota L-2AFB9258 (up to ${MOST_GROUPS}) and set quotas.securityGroupsPerInterface.`,
      );
    case 'cannotBePacked':
      return problem(
        'SourcesCannotBePacked',
        `has prefix lists that do not fit into ${groups} security groups of ${rules} rules side by side`,
        'Lower the maximum number of entries of a prefix list, or request an increase of the quota L-0EA8095F and set quotas.rulesPerSecurityGroup.',
      );
  }
}

function merging(saved: number, excess: number): string {
  if (saved <= 0) return '';
  return `Merging adjacent blocks with allowlist: { aggregate: true } saves ${count(saved)}${saved < excess ? ', which is not enough' : ''}.`;
}

/** The smallest change of one quota that makes room, keeping within what AWS grants. */
function largerQuota(needed: number, available: number, quotas: RuleQuotas, fixed?: FixedGroups): string {
  const { rulesPerSecurityGroup: rules, securityGroupsPerInterface: groups } = quotas;
  const shared = Math.round(available / rules);
  const rulesNeeded = Math.ceil(needed / Math.max(shared, 1));
  const missing = Math.ceil((needed - available) / rules);
  const spare = fixed?.spare ?? 0;
  const ways: string[] = [];
  if (rulesNeeded * groups <= RULES_PER_INTERFACE) {
    ways.push(`quotas.rulesPerSecurityGroup to ${rulesNeeded} or more (L-0EA8095F)`);
  }
  const groupsNeeded = groups + missing - spare;
  const canGrow = fixed === undefined || (fixed.spare !== undefined && spare < missing);
  if (canGrow && groupsNeeded <= MOST_GROUPS && groupsNeeded * rules <= RULES_PER_INTERFACE) {
    const count = fixed && ` and securityGroupCount to ${fixed.count + missing}`;
    ways.push(`quotas.securityGroupsPerInterface to ${groupsNeeded} or more (L-2AFB9258)${count ?? ''}`);
  }
  const out = [
    ...(fixed && spare >= missing ? [otherGroupCount(fixed.count + missing)] : []),
    ...(ways.length > 0 ? [`request a quota increase, and set ${ways.join(' or ')}.`] : []),
  ];
  return out.length > 0
    ? alternatives(out)
    : `No quota is large enough, since AWS grants at most ${count(RULES_PER_INTERFACE)} rules per network interface: list networks instead of addresses, or split the clients across two endpoints.`;
}

/** Another number of groups, and what it does. */
export function otherGroupCount(number: number): string {
  return `set securityGroupCount: ${number} on the load balancer: where it is deployed, a share of all rules moves, a moment without access for each.`;
}

/** Ways out of a problem, each of them a sentence without its first capital. */
export function alternatives(ways: readonly string[]): string {
  return ways.map((way, i) => (i === 0 ? `${way.charAt(0).toUpperCase()}${way.slice(1)}` : `Or ${way}`)).join(' ');
}

function wholeNumber(property: string, value: number, most: number): NamedFinding<'QuotaInvalid'>[] {
  if (Number.isInteger(value) && value >= 1 && value <= most) return [];
  const range = most === Number.MAX_SAFE_INTEGER ? 'of at least 1' : `from 1 to ${most}`;
  return [
    { rule: 'QuotaInvalid', property, value, reason: 'is not a valid quota', remedy: `Write a whole number ${range}.` },
  ];
}

function count(number: number): string {
  // `toLocaleString` would load the locales of Node.js first, which takes longer than an endpoint.
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}
