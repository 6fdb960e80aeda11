import { isCidr, parseCidr } from '../network/cidr';
import { checkSpecialRange } from '../network/special-ranges';
import { checkQuotas, misfitProblem } from '../placement/rule-quotas';
import type { Problem } from '../rules/endpoint-error';
import type { Finding, Rule } from '../rules/rule';
import { isUnknown } from '../tokens/unresolved';
import type { AllowedSource } from './allowed-source';
import { type AllowlistValue, placeOf } from './allowlist';
import type { AllowlistReview } from './allowlist-review';
import { checkBreadthLimits } from './breadth';
import { checkDescription } from './description';
import { checkExpiry, isExpiry } from './expiry';
import { checkMustInclude } from './must-include';

const QUOTAS = 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups';

/** What is refused about allowlists. */
export const ALLOWLIST_RULES: readonly Rule<AllowlistReview>[] = [
  {
    name: 'AllowlistEmpty',
    because: 'An endpoint that nobody may reach is a mistake, and an empty list must never mean everybody.',
    // A list whose entries have all expired closes the endpoint: refused, it would keep the last rules in AWS alive.
    check: ({ props }) =>
      props.allow.some(({ _kind, _values }) => _kind === 'mistakes' || _values.length !== 0)
        ? undefined
        : {
            property: 'allow',
            value: [],
            reason: 'is empty',
            remedy: "Name who may connect, for example AllowedSource.cidr('203.0.113.7/32').",
          },
  },
  invalidBlocks('CidrInvalid', 'Rules take IP addresses and CIDR blocks.'),
  invalidBlocks(
    'CidrHasHostBits',
    'EC2 cuts host bits off silently, so a rule would admit more than what was written.',
  ),
  {
    name: 'CidrDuplicate',
    because: 'EC2 keeps one rule for each block, with one description.',
    check: ({ allowlist }) => duplicates(allowlist.blocks, ({ cidr }) => cidr.text),
  },
  {
    name: 'SourceDuplicate',
    because: 'EC2 keeps one rule for each source, with one description.',
    check: ({ allowlist, keyOf }) => [
      ...[allowlist.prefixLists, allowlist.awsPrefixLists, allowlist.computed].flatMap((values) =>
        duplicates(values, ({ text }) => keyOf(text)),
      ),
      ...duplicates(allowlist.securityGroups, ({ text }) => keyOf(text).replace(OWNER, '')),
    ],
  },
  {
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
                'If plans, logs and states may show its addresses, say so with Token.asList(Fn.nonsensitive(list)), or read an SSM parameter that is no secret by its insecureValue.',
            };
      }),
  },
  {
    name: 'PrefixListIdInvalid',
    because: 'Prefix lists are named by their ids.',
    check: ({ allowlist }) =>
      invalidIds(allowlist.prefixLists, /^pl-[\w-]+$/, 'a managed prefix list', 'pl-0123456789abcdef0'),
  },
  {
    name: 'AwsPrefixListNameInvalid',
    because: 'Prefix lists of AWS differ in their ids from Region to Region, so they are looked up by name.',
    see: 'https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html',
    check: ({ allowlist }) =>
      allowlist.awsPrefixLists
        .filter(({ text }) => !/^com\.amazonaws\.[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(text))
        .map(({ property, text }) => ({
          property,
          value: text,
          reason: 'is not the name of a prefix list of AWS',
          remedy: 'Write a literal name like com.amazonaws.global.cloudfront.origin-facing.',
        })),
  },
  {
    name: 'SecurityGroupIdInvalid',
    because: 'Security groups are named by their ids, and those of a peered VPC in another account with the account.',
    see: 'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html',
    check: ({ allowlist }) =>
      invalidIds(
        allowlist.securityGroups,
        /^(\d{12}\/)?sg-[\w-]+$/,
        'a security group',
        'sg-0123456789abcdef0, or 123456789012/sg-0123456789abcdef0 for one of another account',
      ),
  },
  {
    name: 'DescriptionInvalid',
    because: 'EC2 refuses other characters and longer texts, at apply.',
    see: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html',
    check: ({ props }) => props.allow.flatMap((source, i) => descriptionFinding(source, i)),
  },
  {
    name: 'AllowlistTooBroad',
    because:
      'An allowlist that admits more than a /8 of IPv4 or a /24 of IPv6 in total protects from little, in however many pieces it is written.',
    check: ({ tooBroad }) => tooBroad,
  },
  {
    name: 'BreadthLimitInvalid',
    because: 'The limit is given as the prefix length of a block that large.',
    check: ({ limits }) => checkBreadthLimits(limits),
  },
  specialRanges('SourceNeverMatches', 'Loopback, link-local, multicast and reserved addresses never send anything.'),
  {
    name: 'Ipv6NeedsDualStack',
    because: 'IPv6 clients reach a dual-stack load balancer only, so the rule would never match.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#ip-address-type',
    check: ({ props, allowlist }) =>
      props.dualStack
        ? undefined
        : allowlist.blocks
            .filter(({ cidr }) => cidr.family === 6)
            .map(({ property, text }) => ({
              property,
              value: text,
              reason: 'is IPv6, and the load balancer is IPv4 only',
              remedy: 'Set dualStack: true, or leave the entry out.',
            })),
  },
  {
    name: 'ExpiryInvalid',
    because: 'A date in any other form than YYYY-MM-DD is read differently somewhere.',
    check: ({ props }) =>
      props.allow.flatMap((source, i): Finding[] => {
        const { expires } = source._about;
        const mistake = expires === undefined ? undefined : checkExpiry(expires);
        return mistake
          ? [
              {
                property: `${placeOf(source, i)}.expires`,
                value: expires,
                reason: mistake.reason,
                remedy: mistake.remedy,
              },
            ]
          : [];
      }),
  },
  {
    name: 'TodayInvalid',
    because: 'Entries with an expiry are judged on a day.',
    check: ({ props: { asOf } }) =>
      asOf === undefined || isExpiry(asOf)
        ? undefined
        : {
            property: 'allowlist.asOf',
            value: asOf,
            reason: 'is not a date',
            remedy: 'Write a day as YYYY-MM-DD, or leave it out.',
          },
  },
  {
    name: 'GroupInvalid',
    because:
      'The name becomes part of the address of a security group; what is known after apply has a group of its own already.',
    check: ({ props, allowlist }) => {
      const computed = new Set([...allowlist.computed, ...allowlist.lists].map(({ source }) => source));
      return props.allow.flatMap((source, i): Finding[] => {
        const { group } = source._about;
        if (group === undefined) return [];
        const property = `${placeOf(source, i)}.group`;
        if (!/^[A-Za-z][A-Za-z0-9-]{0,31}$/.test(group)) {
          return [
            {
              property,
              value: group,
              reason: 'cannot name a security group',
              remedy: 'Write up to 32 letters, digits and hyphens, beginning with a letter.',
            },
          ];
        }
        return computed.has(source)
          ? [
              {
                property,
                value: group,
                reason: 'cannot hold what is known after apply, which has a group of its own',
                remedy: 'Leave it out.',
              },
            ]
          : [];
      });
    },
  },
  {
    name: 'MaxEntriesInvalid',
    because: 'A prefix list has 1 to 1000 entries.',
    see: QUOTAS,
    check: ({ props }) =>
      props.allow.flatMap((source, i): Finding[] => {
        const { maxEntries } = source._about;
        return isSize(maxEntries)
          ? []
          : [
              {
                property: `${placeOf(source, i)}.maxEntries`,
                value: maxEntries,
                reason: 'is not the size of a prefix list',
                remedy: 'Write a whole number from 1 to 1000.',
              },
            ];
      }),
  },
  named('QuotaInvalid', 'Quotas are whole numbers.', checkedQuotas),
  ...[
    [
      'TooManyRules',
      'A network interface has a limited number of security groups, and each a limited number of rules.',
    ],
    [
      'SourceTooLarge',
      'A prefix list counts with its maximum number of entries, and all of it must fit one security group.',
    ],
    ['PinnedGroupFull', 'A security group has a limited number of rules.'],
    ['TooManyPinnedGroups', 'A network interface has a limited number of security groups.'],
    ['SourcesCannotBePacked', 'Prefix lists cannot be divided over security groups.'],
  ].map(([name, because]) => ({ ...named(name, because, misfits), see: QUOTAS })),
  {
    name: 'ComputedGroupFull',
    because:
      'What is known after apply has one security group of its own, as it may repeat what is written out; Terraform counts the blocks of each family when it knows them.',
    see: QUOTAS,
    check: ({ props, allowlist, quotas }) => {
      // Each may turn out to be of either family, where both can connect.
      const room = quotas.rulesPerSecurityGroup * (props.dualStack ? 2 : 1);
      const count = allowlist.computed.length;
      return checkQuotas(quotas).length > 0 || count <= room
        ? undefined
        : {
            property: 'allow',
            reason: `has ${count} blocks that are known after apply, and their security group has room for ${room}`,
            remedy:
              'Write blocks as literals, which are spread over several groups, put them into a prefix list, or have the quota L-0EA8095F raised and set quotas.rulesPerSecurityGroup.',
          };
    },
  },
  named('MustIncludeLockedOut', 'A change to the list must not lock out who changes it.', lockedOut),
];

/** A rule whose check finds problems of several names. */
function named(
  name: string,
  because: string,
  find: (review: AllowlistReview) => readonly Problem[],
): Rule<AllowlistReview> {
  return {
    name,
    because,
    check: (review) => find(review).filter(({ rule }) => rule === name),
  };
}

function checkedQuotas({ quotas }: AllowlistReview): readonly Problem[] {
  return checkQuotas(quotas);
}

/** The account in front of the id of a security group. */
const OWNER = /^\d{12}\//;

function isSize(maxEntries = 1): boolean {
  return Number.isInteger(maxEntries) && maxEntries >= 1 && maxEntries <= 1000;
}

function misfits(review: AllowlistReview): readonly Problem[] {
  const countable = review.props.allow.every(({ _about }) => isSize(_about.maxEntries));
  if (!countable || checkQuotas(review.quotas).length > 0) return [];
  const { plan, tooBroad } = review;
  if (!('misfit' in plan)) return [];
  // Whatever is too broad swallows the others when blocks are merged, and has to go first.
  return [misfitProblem(plan.misfit, review.quotas, tooBroad.length > 0 ? 0 : plan.savedByMerging)];
}

function lockedOut({ props, admitted, allowlist, isOpen }: AllowlistReview): readonly Problem[] {
  const { computed, lists, prefixLists, awsPrefixLists, securityGroups } = allowlist;
  const undecided = [computed, lists, prefixLists, awsPrefixLists, securityGroups].some(({ length }) => length > 0);
  const found = isOpen && !props.mustInclude ? [] : checkMustInclude(props.mustInclude ?? [], admitted, undecided);
  // What could not be read of a file may be what lets them in.
  const isUnread = props.allow.some(({ _kind }) => _kind === 'mistakes');
  return isUnread ? found.filter(({ rule }) => rule !== 'MustIncludeLockedOut') : found;
}

function invalidBlocks(name: 'CidrInvalid' | 'CidrHasHostBits', because: string): Rule<AllowlistReview> {
  return named(name, because, (review) => [
    ...review.allowlist.invalid.flatMap(({ property, text }): Problem[] => {
      const mistake = parseCidr(text);
      return isCidr(mistake) ? [] : [{ property, value: text, ...mistake }];
    }),
    ...lockedOut(review),
  ]);
}

export function specialRanges(
  name: 'SourceNeverMatches' | 'SourceSeldomMatches',
  because: string,
): Rule<AllowlistReview> {
  return {
    name,
    because,
    see: 'https://www.iana.org/assignments/iana-ipv4-special-registry',
    check: ({ props, allowlist }) =>
      allowlist.blocks.flatMap(({ property, text, cidr }): Finding[] => {
        const found = checkSpecialRange(cidr, props.internetFacing ?? true);
        return found?.rule === name ? [{ property, value: text, reason: found.reason, remedy: found.remedy }] : [];
      }),
  };
}

function duplicates<Value extends AllowlistValue>(values: readonly Value[], key: (value: Value) => string): Finding[] {
  const seen = new Map<string, string>();
  return values.flatMap((value) => {
    const text = key(value);
    const first = seen.get(text);
    if (first === undefined) seen.set(text, value.property);
    return first === undefined
      ? []
      : [
          {
            property: value.property,
            value: isUnknown(value.text) ? text : value.text,
            reason: `repeats ${first}`,
            remedy: 'Write every source once.',
          },
        ];
  });
}

function invalidIds(values: readonly AllowlistValue[], form: RegExp, what: string, example: string): Finding[] {
  return values
    .filter(({ text }) => !isUnknown(text) && !form.test(text))
    .map(({ property, text }) => ({
      property,
      value: text,
      reason: `is not the id of ${what}`,
      remedy: `Write an id like ${example}.`,
    }));
}

function descriptionFinding(source: AllowedSource, index: number): Finding | [] {
  const text = source._description;
  if (text === undefined || isUnknown(text)) return [];
  const isPrefixList = source._kind === 'prefixList' || source._kind === 'awsPrefixList';
  const mistake = checkDescription(text, isPrefixList ? 'prefixList' : 'address');
  return mistake === undefined
    ? []
    : {
        property: `${placeOf(source, index)}.${source._kind === 'anywhere' ? 'reason' : 'description'}`,
        value: text,
        reason: mistake.reason,
        remedy: mistake.remedy,
      };
}
