import type { Finding, Rule } from '../rule';
import { type AllowlistValue, expiryPlaceOf, placeOf } from './allowlist';
import type { AllowlistReview } from './allowlist-review';
import { specialRanges } from './allowlist-rules';
import { daysLeft } from './expiry';
import { prefixListWeight } from './prefix-list-weight';
import { checkQuotas, doubtQuotas } from './rule-quotas';

/** Days before its end at which an access is worth a word. */
const SOON_DAYS = 14;

/** Share of a group's rules at which it is worth knowing what comes next. */
const NEARLY_FULL = 0.9;

/** What is worth knowing about allowlists. */
export const ALLOWLIST_WARNINGS: readonly Rule<AllowlistReview>[] = [
  specialRanges(
    'SourceSeldomMatches',
    'Addresses of private networks and of retired or special services do not come over the internet, nor do those for documentation.',
  ),
  {
    name: 'EntryExpired',
    because: 'An access ends on its last day, and an entry that is left out should be taken out of the list.',
    check: ({ allowlist }) =>
      allowlist.expired.map(({ property, source }) => ({
        property: expiryPlaceOf(source, property),
        value: source._about.expires,
        reason: `has passed: ${source._values.join(', ')} has no access any more`,
        remedy: 'Take the entry out, or write a later date.',
      })),
  },
  {
    name: 'EntryExpiresSoon',
    because: 'An access that ends unnoticed is an outage for somebody.',
    check: ({ props, allowlist, now }) => {
      const expired = new Set(allowlist.expired.map(({ source }) => source));
      return props.allow.flatMap((source, i): Finding[] => {
        const { expires } = source._about;
        if (expires === undefined || expired.has(source)) return [];
        const days = daysLeft(expires, now);
        return days > SOON_DAYS
          ? []
          : [
              {
                property: expiryPlaceOf(source, placeOf(source, i)),
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
    because: 'EC2 counts a prefix list with its maximum number of entries against the quota of rules.',
    see: 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups',
    check: ({ allowlist }) =>
      [...allowlist.prefixLists, ...allowlist.awsPrefixLists].filter(sizeUnknown).map(({ property, text }) => ({
        property,
        value: text,
        reason: 'is counted as one rule, and EC2 counts its maximum number of entries',
        remedy: 'Say maxEntries, so that the quota can be checked.',
      })),
  },
  {
    name: 'AllowlistNearlyFull',
    because: 'A list that outgrows one security group is spread over several, and most of its rules move once.',
    check: (review) => {
      const { plan, quotas, props } = review;
      if ('misfit' in plan || props.roomToGrow || plan.groups.some(({ name }) => name === '2')) return undefined;
      const { ipv4, ipv6 } = plan.groups[0].count;
      const fullest = Math.max(ipv4, ipv6);
      return fullest <= quotas.rulesPerSecurityGroup * NEARLY_FULL
        ? undefined
        : {
            property: 'allow',
            reason: `takes up ${fullest} of the ${quotas.rulesPerSecurityGroup} rules of its security group; when it outgrows it, ${plan.rehomedBySpreading} rules move to other groups, each a moment without access`,
            remedy: 'Set roomToGrow: true at a quiet time, to take that step when you choose to.',
          };
    },
  },
  {
    name: 'AllowlistSpread',
    because: 'The step from one security group to several moves rules once; later edits move few.',
    check: ({ plan, props }) =>
      'misfit' in plan || props.roomToGrow || !plan.groups.some(({ name }) => name === '2')
        ? undefined
        : {
            property: 'allow',
            reason: `no longer fits one security group and is spread over ${plan.groups.filter(({ pinned }) => !pinned).length}; at that step ${plan.rehomedBySpreading} rules move to other groups, each a moment without access`,
            remedy:
              'Apply this step at a quiet time, and then write roomToGrow: true to keep the rules where they are even when the list shrinks.',
          },
  },
  {
    name: 'QuotasBeyondAws',
    because: 'AWS raises both quotas only as long as their product stays within 1000 rules for each network interface.',
    see: 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups',
    check: ({ quotas }) => (checkQuotas(quotas).length > 0 ? undefined : doubtQuotas(quotas)),
  },
];

function sizeUnknown(value: AllowlistValue): boolean {
  return !prefixListWeight(value).known;
}
