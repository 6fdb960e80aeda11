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
import { isPrefixListSize, SOURCE_FACTS, SOURCE_RULES } from './source-rules';

const EMPTY: Rule<AllowlistReview> = {
  name: 'AllowlistEmpty',
  because: 'An endpoint that nobody may reach is a mistake, and an empty list must never mean everybody.',
  // A list whose entries have all expired closes the endpoint: refused, it would keep the last rules in AWS alive.
  check: ({ input }) =>
    input.allow.some(({ _kind, _values }) => _kind === 'mistakes' || _values.length !== 0)
      ? undefined
      : {
          property: 'allow',
          value: [],
          reason: 'is empty',
          remedy: "Name who may connect, for example AllowedSource.cidr('203.0.113.7/32').",
        },
};

const LIST_SECRET: Rule<AllowlistReview> = {
  name: 'ListSecret',
  because:
    'The blocks of a list become keys of resources, which plans and states show, and Terraform refuses to show a secret.',
  see: 'https://developer.hashicorp.com/terraform/language/meta-arguments/for_each#limitations-on-values-used-in-for_each',
  check: ({ allowlist, secretIn }) =>
    allowlist.lists.flatMap(({ property, list }): Finding | [] => {
      const secret = secretIn(list);
      return secret === undefined
        ? []
        : {
            property,
            reason: `is a list that Terraform keeps secret, because of ${secret}`,
            remedy:
              'If plans, logs and states may show its addresses, say so with Token.asList(Fn.nonsensitive(list)), or read an SSM parameter that is not a secret by its insecureValue.',
          };
    }),
};

const TOO_BROAD = chapter(
  {
    AllowlistTooBroad: {
      because:
        'An allowlist that admits more than a /8 of IPv4 or a /24 of IPv6 in total protects from little, in however many pieces it is written.',
    },
    BreadthLimitInvalid: { because: 'The limit is given as the prefix length of a block that large.' },
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
            reason: 'is IPv6, and the load balancer is IPv4 only',
            remedy: 'Set dualStack: true, or leave the entry out.',
          })),
};

const AS_OF_INVALID: Rule<AllowlistReview> = {
  name: 'AsOfInvalid',
  because: 'Entries with an expiry are judged on a day.',
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
  because: 'What is known after apply has a security group of its own already.',
  check: ({ input, allowlist }) => {
    const computed = new Set([...allowlist.computed, ...allowlist.lists].map(({ source }) => source));
    return input.allow.flatMap((source, i): Finding[] => {
      const { group } = source._about;
      if (group === undefined || !computed.has(source)) return [];
      return [
        {
          ...originOf(source, i, 'group'),
          value: group,
          reason: 'cannot hold what is known after apply, which has a group of its own',
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
        'What is known after apply has one security group of its own, as it may repeat what is written out; Terraform counts the blocks of each family when it knows them.',
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
    MustIncludeLockedOut: { because: 'A change to the list must not lock out who changes it.' },
  },
  ({ input, admitted, allowlist, isIncomplete }: AllowlistReview) => {
    const { computed, lists, prefixLists, awsPrefixLists, securityGroups } = allowlist;
    const undecided = [computed, lists, prefixLists, awsPrefixLists, securityGroups].some(({ length }) => length > 0);
    const found = checkMustInclude(input.mustInclude, admitted, undecided);
    // What could not be read may be what lets them in.
    return isIncomplete ? found.filter(({ rule }) => rule !== 'MustIncludeLockedOut') : found;
  },
);

const BOOK = ruleBook<AllowlistReview>(
  EMPTY,
  { names: SOURCE_RULES.names, check: ({ input }) => SOURCE_RULES.check(input.allow) },
  DUPLICATE_RULES,
  LIST_SECRET,
  TOO_BROAD,
  specialRanges('SourceNeverMatches', 'Loopback, link-local, multicast and reserved addresses never send anything.'),
  IPV6_NEEDS_DUAL_STACK,
  AS_OF_INVALID,
  GROUP_INVALID,
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

function misfits({ input, plan, tooBroad }: AllowlistReview): NamedFinding<QuotaRule>[] {
  if (!('misfit' in plan) || !input.allow.every(({ _about }) => isPrefixListSize(_about.maxEntries))) return [];
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
      reason: `has ${count} blocks that are known after apply, and their security group has room for ${room}`,
      remedy:
        'Write blocks as literals, which are spread over several groups, put them into a prefix list, or request an increase of the quota L-0EA8095F and set quotas.rulesPerSecurityGroup.',
    },
  ];
}
