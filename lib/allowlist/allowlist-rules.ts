import { checkSpecialRange } from '../network/special-ranges';
import { checkQuotas, misfitProblem, QUOTA_FACTS, type QuotaRule } from '../placement/rule-quotas';
import type { Finding, Rule } from '../rules/rule';
import { chapter, type NamedFinding, type RuleBook, ruleBook } from '../rules/rule-book';
import { originOf } from './allowlist';
import type { AllowlistReview } from './allowlist-review';
import { checkBreadthLimits } from './breadth';
import { DUPLICATE_RULES } from './duplicate-rules';
import { isExpiry } from './expiry';
import { checkMustInclude } from './must-include';
import { inOrderOfFiles } from './problem-order';
import { REQUIREMENT_RULES } from './requirement-rules';
import { sharedMisfits } from './shared-rules';
import { isPrefixListSize, SOURCE_FACTS, SOURCE_RULES } from './source-rules';
import { TAG_COUNT_RULE } from './tag-count-rule';

const EMPTY: Rule<AllowlistReview> = {
  name: 'AllowlistEmpty',
  because: 'An endpoint that nobody can reach is a mistake, and an empty list must never mean everybody.',
  // A list whose entries have all expired closes the endpoint: refused, it would keep the last rules in AWS alive.
  check: ({ input }) =>
    input.awaitsIntegrations || input.allow.some(({ _kind, _values }) => _kind === 'mistakes' || _values.length !== 0)
      ? undefined
      : {
          property: 'allow',
          value: [],
          reason: 'is empty',
          remedy: "List who may connect, for example AllowedSource.cidr('203.0.113.7/32').",
        },
};

const LIST_SECRET: Rule<AllowlistReview> = {
  name: 'ListSecret',
  because:
    'The blocks of a list become resource keys, which plans and state show, and Terraform refuses to show sensitive values.',
  see: 'https://developer.hashicorp.com/terraform/language/meta-arguments/for_each#limitations-on-values-used-in-for_each',
  check: ({ allowlist, secretIn }) =>
    allowlist.lists.flatMap(({ property, list }): Finding | [] => {
      const secret = secretIn(list);
      return secret === undefined
        ? []
        : {
            property,
            reason: `is a sensitive list, because of ${secret}`,
            remedy:
              'If plans, logs and state may show its addresses, pass Token.asList(Fn.nonsensitive(list)), or read a non-secret SSM parameter through its insecureValue.',
          };
    }),
};

const TOO_BROAD = chapter(
  {
    AllowlistTooBroad: {
      because:
        'An allowlist that admits more than a /8 of IPv4 or a /24 of IPv6 in total protects little, no matter how many small blocks it is written in.',
    },
    BreadthLimitInvalid: { because: 'The limit is given as the prefix length of a block of that size.' },
  },
  ({ tooBroad, input }: AllowlistReview) => [...tooBroad, ...checkBreadthLimits(input.maxBreadth)],
);

const IPV6_NEEDS_DUAL_STACK: Rule<AllowlistReview> = {
  name: 'Ipv6NeedsDualStack',
  because: 'IPv6 clients reach only a dual-stack load balancer, so the rule would never match.',
  see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#ip-address-type',
  check: ({ input, allowlist }) =>
    input.dualStack
      ? undefined
      : allowlist.blocks
          .filter(({ cidr }) => cidr.family === 6)
          .map(({ property, location, text }) => ({
            property,
            location,
            value: text,
            reason: 'is IPv6, but the load balancer is IPv4-only',
            remedy: 'Set dualStack: true, or remove the entry.',
          })),
};

const AS_OF_INVALID: Rule<AllowlistReview> = {
  name: 'AsOfInvalid',
  because: 'Expiry is evaluated as of a day.',
  check: ({ input: { asOf } }) =>
    asOf === undefined || isExpiry(asOf)
      ? undefined
      : {
          property: 'allowlist.asOf',
          value: asOf,
          reason: 'is not a date',
          remedy: 'Write a day as YYYY-MM-DD, or leave it out.',
        },
};

const GROUP_INVALID: Rule<AllowlistReview> = {
  name: 'GroupInvalid',
  because: 'Values known after apply already have a separate security group.',
  check: ({ input, allowlist }) => {
    const computed = new Set([...allowlist.computed, ...allowlist.lists].map(({ source }) => source));
    return input.allow.flatMap((source, i): Finding[] => {
      const { group } = source._about;
      if (group === undefined || !computed.has(source)) return [];
      return [
        {
          ...originOf(source, i, 'group'),
          value: group,
          reason: 'cannot contain values known after apply, which get a separate group',
          remedy: 'Leave it out.',
        },
      ];
    });
  },
};

const PLACEMENT = chapter(
  {
    ...QUOTA_FACTS,
    ComputedGroupFull: {
      because:
        'Blocks known after apply get a separate security group, since they may repeat literal ones; Terraform counts them once they are known.',
      see: QUOTA_FACTS.TooManyRules.see,
    },
  },
  (review: AllowlistReview) => {
    const invalid = checkQuotas(review.input.quotas);
    return invalid.length > 0 ? invalid : [...misfits(review), ...computedGroupFull(review)];
  },
);

const LOCKED_OUT = chapter(
  {
    CidrInvalid: SOURCE_FACTS.CidrInvalid,
    CidrHasHostBits: SOURCE_FACTS.CidrHasHostBits,
    MustIncludeLockedOut: { because: 'A change to the list must not lock out the person who makes it.' },
  },
  ({ input, admitted, allowlist, isIncomplete }: AllowlistReview) => {
    const { computed, lists, prefixLists, awsPrefixLists, securityGroups } = allowlist;
    const undecided = [computed, lists, prefixLists, awsPrefixLists, securityGroups].some(({ length }) => length > 0);
    const found = checkMustInclude(input.mustInclude, admitted, undecided);
    // What could not be read, or is not there yet, may be what lets them in.
    return isIncomplete ? found.filter(({ rule }) => rule !== 'MustIncludeLockedOut') : found;
  },
);

const BOOK = ruleBook<AllowlistReview>(
  EMPTY,
  {
    names: SOURCE_RULES.names,
    check: ({ input, allowlist }) => {
      const unread = new Set([...allowlist.invalid, ...allowlist.expired].map(({ source }) => source));
      return SOURCE_RULES.check({ sources: input.allow, unread });
    },
  },
  {
    names: REQUIREMENT_RULES.names,
    check: ({ input: { allow, requirements }, now }) => REQUIREMENT_RULES.check({ sources: allow, requirements, now }),
  },
  DUPLICATE_RULES,
  LIST_SECRET,
  TOO_BROAD,
  specialRanges(
    'SourceNeverMatches',
    'Loopback, link-local, multicast and reserved addresses never appear as a source.',
  ),
  IPV6_NEEDS_DUAL_STACK,
  AS_OF_INVALID,
  GROUP_INVALID,
  TAG_COUNT_RULE,
  PLACEMENT,
  LOCKED_OUT,
);

/** Everything that is refused about an allowlist, with what could not be read of its files. */
export const ALLOWLIST_RULES: RuleBook<AllowlistReview> = {
  names: BOOK.names,
  check: (review) => {
    const unread = review.input.allow.flatMap(({ _about }) => _about.problems ?? []);
    return inOrderOfFiles([...unread, ...BOOK.check(review)]);
  },
};

/** The rule about blocks of a special-purpose range: those that never match are refused, the others get a warning. */
export function specialRanges(
  name: 'SourceNeverMatches' | 'SourceSeldomMatches',
  because: string,
): Rule<AllowlistReview> {
  return {
    name,
    because,
    see: 'https://www.iana.org/assignments/iana-ipv4-special-registry',
    check: ({ input, allowlist }) =>
      allowlist.blocks.flatMap(({ property, location, text, cidr }): Finding[] => {
        const found = checkSpecialRange(cidr, input.internetFacing);
        return found?.rule === name ? [{ property, location, value: text, ...found }] : [];
      }),
  };
}

function misfits(review: AllowlistReview): NamedFinding<QuotaRule>[] {
  const { input, tooBroad } = review;
  if (!input.allow.every(({ _about }) => isPrefixListSize(_about.maxEntries))) return [];
  if (review.sharing) return sharedMisfits(review);
  const { plan } = review;
  if (!('misfit' in plan)) return [];
  // Whatever is too broad swallows the others when blocks are merged, and has to go first.
  return [misfitProblem(plan.misfit, input.quotas, tooBroad.length > 0 ? 0 : plan.savedByMerging)];
}

function computedGroupFull({ input, allowlist }: AllowlistReview): NamedFinding<'ComputedGroupFull'>[] {
  // Each may turn out to be of either family, where both can connect.
  const room = input.quotas.rulesPerSecurityGroup * (input.dualStack ? 2 : 1);
  const count = allowlist.computed.length;
  if (count <= room) return [];
  return [
    {
      rule: 'ComputedGroupFull',
      property: 'allow',
      reason: `has ${count} blocks that are known after apply, but their security group has room for ${room}`,
      remedy:
        'Write blocks as literals, which are spread over several groups, use a prefix list, or request an increase of the quota L-0EA8095F and set quotas.rulesPerSecurityGroup.',
    },
  ];
}
