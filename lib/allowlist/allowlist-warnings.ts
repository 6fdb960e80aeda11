import { isCidr, parseCidr } from '../network/cidr';
import { checkQuotas, quotaWarning } from '../placement/rule-quotas';
import type { Finding } from '../rules/rule';
import { type RuleBook, ruleBook } from '../rules/rule-book';
import { isUnresolvedList } from '../tokens/unresolved';
import type { AllowedSource } from './allowed-source';
import { type AllowlistValue, originOf } from './allowlist';
import type { AllowlistReview } from './allowlist-review';
import { specialRanges } from './allowlist-rules';
import { daysLeft } from './expiry';
import { originText } from './origin';
import { locationAndOwner, nestedEntries, stillAdmitting } from './overlaps';
import { prefixListWeight } from './prefix-list-weight';
import { inOrderOfFiles } from './problem-order';
import { SHARED_WARNINGS } from './shared-rules';

/** Days before its end at which a warning announces it. */
const SOON_DAYS = 14;

/** Share of a group's rules from which on a warning announces the step to several groups. */
const NEARLY_FULL = 0.9;

const BOOK = ruleBook<AllowlistReview>(
  {
    name: 'EndpointClosed',
    because:
      'A list whose entries have all expired closes the endpoint instead of failing, because a failed synthesis would leave the expired rules in AWS.',
    // Where integrations are still to come, nothing has expired.
    check: ({ isClosed, allowlist }) =>
      isClosed && allowlist.expired.length > 0
        ? {
            property: 'allow',
            reason: 'admits nobody: every entry has expired, and the next apply removes what rules remain',
            remedy: 'Write a later date or another entry if somebody still needs the endpoint; otherwise remove it.',
          }
        : undefined,
  },
  specialRanges(
    'SourceSeldomMatches',
    'Private, documentation and special-purpose addresses do not arrive over the internet.',
  ),
  {
    name: 'EntryExpired',
    because:
      'Access has ended, by a schedule or with the next apply, and an entry that is left out should be removed from the list.',
    check: (review) =>
      review.allowlist.expired.map(({ source, ...origin }) => ({
        ...origin,
        value: source._about.expires,
        reason: `has passed: ${whatExpired(source, review)}`,
        remedy: 'Remove the entry, or write a later date.',
      })),
  },
  {
    name: 'EntryOverlaps',
    because: 'When an entry within another one ends, access does not, and somebody else may remove the other one.',
    check: ({ allowlist }) =>
      nestedEntries(allowlist.blocks).map(({ inner, outer }) => ({
        property: inner.property,
        location: inner.location,
        value: inner.text,
        reason: `lies within ${locationAndOwner(outer)}, which has another owner or expiry: access remains as long as either of them exists`,
        remedy: 'Remove one of them, or give both the same owner and expiry.',
      })),
  },
  {
    name: 'EntryExpiresSoon',
    because: 'Access that ends unnoticed is an outage for somebody.',
    check: ({ input, allowlist, now }) => {
      const expired = new Set(allowlist.expired.map(({ source }) => source));
      return input.allow.flatMap((source, i): Finding[] => {
        const { expires } = source._about;
        if (expires === undefined || expired.has(source)) return [];
        const days = daysLeft(expires, now);
        return days > SOON_DAYS
          ? []
          : [
              {
                ...originOf(source, i, 'expires'),
                value: expires,
                reason: days === 0 ? 'is today' : `is in ${days} ${days === 1 ? 'day' : 'days'}`,
                remedy: 'Write a later date if the access is still needed.',
              },
            ];
      });
    },
  },
  {
    name: 'PrefixListSizeUnknown',
    because: 'EC2 counts the maximum number of entries of a prefix list against the rule quota.',
    see: 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups',
    check: ({ allowlist }) =>
      [...allowlist.prefixLists, ...allowlist.awsPrefixLists]
        .filter(sizeUnknown)
        .map(({ property, location, text }) => ({
          property,
          location,
          value: text,
          reason: 'is counted as one rule, but EC2 counts its maximum number of entries',
          remedy: 'Set maxEntries, so that the quota can be checked.',
        })),
  },
  {
    name: 'PrefixListUnmeasured',
    because:
      'The contents of a prefix list are unknown at synthesis and change without an apply, so maxBreadth does not limit them.',
    see: 'https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html',
    check: ({ allowlist, keyOf }) =>
      allowlist.prefixLists.map(({ property, location, text }) => ({
        property,
        location,
        reason: `admits whatever ${keyOf(text)} contains: maxBreadth does not limit it, and anyone who can change the list can admit anybody`,
        remedy: 'Check who can change the list, and acknowledge PrefixListUnmeasured.',
      })),
  },
  {
    name: 'SecurityGroupSeldomMatches',
    because:
      'A security group as a source covers the private addresses of its members. The name of an internet-facing load balancer resolves to public addresses, and traffic to those leaves the VPC and arrives from a public address.',
    see: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html#security-group-referencing',
    check: ({ input, allowlist, keyOf }) =>
      !input.internetFacing
        ? []
        : allowlist.securityGroups.map(({ property, location, text }) => ({
            property,
            location,
            value: text,
            reason: `never admits members of ${keyOf(text)} that use the endpoint's public addresses, and its name resolves to no others`,
            remedy:
              "Admit the public address that they come from (their NAT gateway's or their own), or give them an endpoint with internetFacing: false.",
          })),
  },
  {
    name: 'AllowlistNearlyFull',
    because: 'A list that outgrows one security group is spread over several, and most of its rules move once.',
    check: (review) => {
      if (review.sharing) return undefined;
      const { plan, input } = review;
      const { quotas, shardFromStart } = input;
      if ('misfit' in plan || shardFromStart || plan.groups.some(({ name }) => name === '2')) return undefined;
      const { ipv4, ipv6 } = plan.groups[0].count;
      const fullest = Math.max(ipv4, ipv6);
      return fullest <= quotas.rulesPerSecurityGroup * NEARLY_FULL
        ? undefined
        : {
            property: 'allow',
            reason: `takes up ${fullest} of the ${quotas.rulesPerSecurityGroup} rules of its security group; when it outgrows it, ${plan.rehomedBySpreading} rules move to other groups, each a moment without access`,
            remedy: 'Set shardFromStart: true to do this now, at a quiet time of your choice.',
          };
    },
  },
  {
    name: 'AllowlistSpread',
    because: 'Going from one security group to several moves rules once; later edits move few.',
    check: (review) => {
      if (review.sharing) return undefined;
      const { plan, input } = review;
      return 'misfit' in plan || input.shardFromStart || !plan.groups.some(({ name }) => name === '2')
        ? undefined
        : {
            property: 'allow',
            reason: `no longer fits one security group and is spread over ${plan.groups.filter(({ pinned }) => !pinned).length}; in that step ${plan.rehomedBySpreading} rules move to other groups, each a moment without access`,
            remedy:
              'Apply this step at a quiet time, and then write shardFromStart: true to keep the rules where they are even when the list shrinks.',
          };
    },
  },
  {
    name: 'QuotasBeyondAws',
    because: 'AWS raises both quotas only as long as their product stays within 1000 rules per network interface.',
    see: 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups',
    // A load balancer that endpoints share warns of them itself.
    check: ({ input: { quotas }, sharing }) =>
      sharing || checkQuotas(quotas).length > 0 ? undefined : quotaWarning(quotas),
  },
  ...SHARED_WARNINGS,
);

/** Warnings about allowlists. */
export const ALLOWLIST_WARNINGS: RuleBook<AllowlistReview> = {
  names: BOOK.names,
  check: (review) => inOrderOfFiles(BOOK.check(review)),
};

function sizeUnknown(value: AllowlistValue): boolean {
  return !prefixListWeight(value).known;
}

/** Says what becomes of the values of an expired entry: another entry may still admit them. */
function whatExpired(source: AllowedSource, review: AllowlistReview): string {
  if (isUnresolvedList(source._values)) return `its blocks are left out, and lose ${ACCESS}${unless(review)}`;
  const outcomes = source._values.map((text) => outcome(text, source, review));
  const ended = source._values.filter((_, i) => outcomes[i] === undefined).map(review.keyOf);
  return [
    ...(ended.length > 0
      ? [
          `${ended.join(', ')} ${ended.length > 1 ? 'are left out, and lose' : 'is left out, and loses'} ${ACCESS}${unless(review)}`,
        ]
      : []),
    ...outcomes.flatMap((each) => each ?? []),
  ].join('; ');
}

const ACCESS = 'access for new connections with the next apply';

/** Nothing where a value has lost its access as far as it is known. */
function outcome(
  text: string,
  source: AllowedSource,
  { allowlist, admitted, keyOf }: AllowlistReview,
): string | undefined {
  const block = parseCidr(text);
  if (!isCidr(block)) {
    const { prefixLists, awsPrefixLists, securityGroups, computed } = allowlist;
    const twin = [...prefixLists, ...awsPrefixLists, ...securityGroups, ...computed].find(
      (value) => value.source._kind === source._kind && keyOf(value.text) === keyOf(text),
    );
    return twin && `${keyOf(text)} is still admitted by ${originText(twin)}`;
  }
  if (!admitted.overlaps(block)) return undefined;
  const { inWhole, by } = stillAdmitting(block, allowlist.blocks);
  const shown = by.slice(0, SHOWN).map(locationAndOwner).join(', ');
  const more = by.length > SHOWN ? ` and ${by.length - SHOWN} more` : '';
  return `${text} is still admitted${inWhole ? '' : ' in part'} by ${shown}${more}`;
}

/** How many entries are named that still admit an expired one. */
const SHOWN = 3;

/** What is not known at synthesis may admit anything. */
function unless({ allowlist }: AllowlistReview): string {
  const { computed, lists, prefixLists, awsPrefixLists } = allowlist;
  return [computed, lists, prefixLists, awsPrefixLists].some(({ length }) => length > 0)
    ? ', unless a prefix list or a value known after apply admits it'
    : '';
}
