import type { Misfit } from '../placement/placement';
import {
  alternatives,
  type FixedGroups,
  MOST_GROUPS,
  misfitProblem,
  otherGroupCount,
  type QuotaRule,
  RULES_PER_INTERFACE,
} from '../placement/rule-quotas';
import type { Problem } from '../rules/endpoint-error';
import type { Rule } from '../rules/rule';
import type { NamedFinding } from '../rules/rule-book';
import { savedByMerging } from './allowlist-plan';
import type { AllowlistReview } from './allowlist-review';
import { type RuleCount, type SharedPart, type Sharing, unpinnedRules } from './shared-plan';

/** Share of the rules of a load balancer from which on a warning says so. */
const NEARLY_FULL = 0.8;

/** Endpoints that a message names. */
const NAMED = 5;

/** Why the rules of all endpoints of a load balancer do not fit its security groups. */
export function sharedMisfits(review: AllowlistReview): NamedFinding<QuotaRule>[] {
  const { sharing, sharedMisfit: found, part, input, allowlist, tooBroad } = review;
  if (!sharing || !part || !found) return [];
  const misfit = withoutPort(found);
  const { options, loadBalancer } = sharing;
  const parts = [...sharing.others, part];
  const saved = tooBroad.length > 0 || input.aggregate ? 0 : savedByMerging(allowlist, misfit, input);
  const problem = misfitProblem(misfit, input.quotas, saved, fixedGroups(parts, sharing));
  switch (misfit.kind) {
    case 'tooManyRules': {
      const family = misfit.family === 6 ? 'ipv6' : 'ipv4';
      return [
        {
          ...problem,
          reason: `${problem.reason}, which all endpoints of ${loadBalancer} share: ${takers(parts, family)}`,
          remedy: [
            problem.remedy,
            ...(options.mergePorts
              ? []
              : ['Let endpoints on neighbouring ports share their rules with mergePorts: true.']),
            'Or put some endpoints on a second load balancer. A prefix list saves nothing: EC2 counts its maximum number of entries.',
          ].join(' '),
        },
      ];
    }
    case 'tooManyPinnedGroups':
      return [{ ...problem, ...tooManyGroups(parts, sharing) }];
    default:
      return [problem];
  }
}

/** The groups of a load balancer: those that rules are spread over, and those that come on top. */
function groupsOf(parts: readonly SharedPart[], { options }: Sharing) {
  const pinned = new Set(parts.flatMap(({ rules }) => rules.flatMap(({ pinnedTo }) => pinnedTo ?? []))).size;
  const computed = parts.some(({ hasComputed }) => hasComputed) ? 1 : 0;
  const count = options.securityGroupCount;
  return { count, pinned, computed, most: options.quotas.securityGroupsPerInterface };
}

function fixedGroups(parts: readonly SharedPart[], sharing: Sharing): FixedGroups {
  const { count, pinned, computed, most } = groupsOf(parts, sharing);
  return { count, spare: sharing.hasExistingGroups ? undefined : Math.max(0, most - count - pinned - computed) };
}

/** Says which groups there are too many of, and what makes room for those that come on top. */
function tooManyGroups(parts: readonly SharedPart[], sharing: Sharing): Pick<Problem, 'reason' | 'remedy'> {
  const { loadBalancer, hasExistingGroups, options } = sharing;
  const { count, pinned, computed, most } = groupsOf(parts, sharing);
  const needed = count + pinned + computed;
  const kinds = [
    `${count} that rules are spread over`,
    ...(pinned > 0 ? [`${pinned} that entries are pinned to`] : []),
    ...(computed > 0 ? ['1 for values that are known after apply'] : []),
  ];
  const reason = `needs ${needed} security groups on ${loadBalancer} (${kinds.join(', ')}), and ${hasExistingGroups ? 'it has' : 'there may be'} ${most}`;
  const lessOnTop = [
    ...(pinned > 0 ? ['pin to fewer groups'] : []),
    ...(computed > 0
      ? ['write the blocks that are known after apply as literals, or put them into a prefix list']
      : []),
  ].join(', and ');
  if (hasExistingGroups) {
    return { reason, remedy: `No group can be added to a load balancer that exists already: ${lessOnTop}.` };
  }
  const fewer = most - pinned - computed;
  const { ipv4, ipv6 } = unpinnedRules(parts, options);
  const hasRoom = fewer >= 1 && Math.max(ipv4, ipv6) <= fewer * options.quotas.rulesPerSecurityGroup;
  const canRaise = needed <= MOST_GROUPS && needed * options.quotas.rulesPerSecurityGroup <= RULES_PER_INTERFACE;
  const larger = `request an increase of the quota L-2AFB9258, and set quotas.securityGroupsPerInterface: ${needed} with securityGroupCount: ${count}.`;
  const ways = [...(hasRoom ? [otherGroupCount(fewer)] : []), ...(canRaise ? [larger] : []), `${lessOnTop}.`];
  return { reason, remedy: alternatives(ways) };
}

/** What is too large by itself is so on any port. */
function withoutPort(misfit: Misfit): Misfit {
  return misfit.kind === 'ruleTooLarge' ? { ...misfit, name: misfit.name?.replace(/^\d+ /, '') } : misfit;
}

/** Warnings about security groups that endpoints share. */
export const SHARED_WARNINGS: readonly Rule<AllowlistReview>[] = [
  {
    name: 'LoadBalancerNearlyFull',
    because:
      'All endpoints of a load balancer share the rules of its security groups, 300 of each family at the default quotas.',
    see: 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups',
    check: ({ sharing, part }) => {
      if (!sharing || !part) return undefined;
      const { quotas, securityGroupCount } = sharing.options;
      const room = quotas.rulesPerSecurityGroup * securityGroupCount;
      const parts = [...sharing.others, part];
      const before = unpinnedRules(sharing.others, sharing.options);
      const now = unpinnedRules(parts, sharing.options);
      const family = (['ipv4', 'ipv6'] as const).find(
        // Only the endpoint that takes the step says so.
        (each) => isNearlyFull(now, each, room) && !isNearlyFull(before, each, room),
      );
      return (
        family && {
          property: 'allow',
          reason: `fills the security groups of ${sharing.loadBalancer} to ${now[family]} of ${room} rules of ${family === 'ipv4' ? 'IPv4' : 'IPv6'}: ${takers(parts, family)}`,
          remedy:
            'Request a quota increase and set quotas, put further endpoints on a second load balancer, or let neighbouring ports share their rules with mergePorts: true. A prefix list saves nothing: EC2 counts its maximum number of entries.',
        }
      );
    },
  },
];

function isNearlyFull(count: RuleCount, family: keyof RuleCount, room: number): boolean {
  return count[family] >= room * NEARLY_FULL;
}

function takers(parts: readonly SharedPart[], family: 'ipv4' | 'ipv6'): string {
  const taken = parts
    .map((part) => ({ endpoint: part.endpoint, rules: part.unpinned[family] }))
    .filter(({ rules }) => rules > 0)
    .sort((a, b) => b.rules - a.rules || (a.endpoint < b.endpoint ? -1 : 1));
  const named = taken.slice(0, NAMED).map(({ endpoint, rules }) => `${endpoint} ${rules}`);
  return [...named, ...(taken.length > NAMED ? [`${taken.length - NAMED} more endpoints`] : [])].join(', ');
}
