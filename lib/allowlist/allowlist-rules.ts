import type { DatabaseEndpointProps } from '../database-endpoint-props';
import type { Finding, Rule } from '../rule';
import { isUnknown } from '../unknown';
import { AddressSet } from './address-set';
import type { AllowedSource } from './allowed-source';
import { type Allowlist, type AllowlistValue, readAllowlist } from './allowlist';
import { checkBreadth } from './breadth';
import { isCidr, parseCidr } from './cidr';
import { checkDescription } from './description';
import { checkSpecialRange } from './special-ranges';

/** What rules about an allowlist look at. */
export interface AllowlistInput {
  readonly props: DatabaseEndpointProps;
  readonly allowlist: Allowlist;
}

/** Reads the allowlist of an endpoint once for all rules. */
export function allowlistInput(props: DatabaseEndpointProps): AllowlistInput {
  return { props, allowlist: readAllowlist(props.allow, props.dualStack ? [4, 6] : [4]) };
}

/** What is refused about allowlists. */
export const ALLOWLIST_RULES: readonly Rule<AllowlistInput>[] = [
  {
    name: 'AllowlistEmpty',
    because: 'An endpoint that nobody may reach is a mistake, and an empty list must never mean everybody.',
    check: ({ props }) =>
      props.allow.every((source) => source._values.length === 0)
        ? {
            property: 'allow',
            value: [],
            reason: 'is empty',
            remedy: "Name who may connect, for example AllowedSource.cidr('203.0.113.7/32').",
          }
        : undefined,
  },
  invalidBlocks('CidrInvalid', 'Rules take IP addresses and CIDR blocks.'),
  invalidBlocks(
    'CidrHasHostBits',
    'EC2 cuts host bits off without a word, so a rule would admit more than what was written.',
  ),
  {
    name: 'CidrDuplicate',
    because: 'EC2 keeps one rule for each block, with one description.',
    check: ({ allowlist }) => duplicates(allowlist.blocks, (block) => block.cidr.text),
  },
  {
    name: 'SourceDuplicate',
    because: 'EC2 keeps one rule for each source, with one description.',
    check: ({ allowlist }) =>
      [allowlist.prefixLists, allowlist.securityGroups, allowlist.computed].flatMap((values) =>
        duplicates(values, (value) => value.text),
      ),
  },
  {
    name: 'PrefixListIdInvalid',
    because: 'Prefix lists are named by their ids.',
    check: ({ allowlist }) =>
      invalidIds(allowlist.prefixLists, /^pl-[\w-]+$/, 'a managed prefix list', 'pl-0123456789abcdef0'),
  },
  {
    name: 'SecurityGroupIdInvalid',
    because: 'Security groups are named by their ids.',
    check: ({ allowlist }) =>
      invalidIds(allowlist.securityGroups, /^sg-[\w-]+$/, 'a security group', 'sg-0123456789abcdef0'),
  },
  {
    name: 'DescriptionInvalid',
    because: 'EC2 refuses other characters and longer texts, at apply.',
    see: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html',
    check: ({ props }) => props.allow.flatMap((source, i) => descriptionFinding(source, `allow[${i}]`)),
  },
  {
    name: 'AllowlistTooBroad',
    because:
      'An allowlist that admits more than a /8 of IPv4 or a /24 of IPv6 in total protects from little, in however many pieces it is written.',
    check: ({ props, allowlist }) =>
      props.allow.some((source) => source._kind === 'anywhere')
        ? undefined
        : checkBreadth(AddressSet.of(allowlist.blocks.map(({ cidr }) => cidr))),
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
];

function invalidBlocks(name: 'CidrInvalid' | 'CidrHasHostBits', because: string): Rule<AllowlistInput> {
  return {
    name,
    because,
    check: ({ allowlist }) =>
      allowlist.invalid.flatMap(({ property, text }): Finding[] => {
        const mistake = parseCidr(text);
        return isCidr(mistake) || mistake.rule !== name
          ? []
          : [{ property, value: text, reason: mistake.reason, remedy: mistake.remedy }];
      }),
  };
}

function specialRanges(name: 'SourceNeverMatches' | 'SourceSeldomMatches', because: string): Rule<AllowlistInput> {
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
    const first = seen.get(key(value));
    if (first === undefined) seen.set(key(value), value.property);
    return first === undefined
      ? []
      : [
          {
            property: value.property,
            value: value.text,
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

function descriptionFinding(source: AllowedSource, property: string): Finding | [] {
  const text = source._description;
  if (text === undefined || isUnknown(text)) return [];
  const mistake = checkDescription(text, source._kind === 'prefixList' ? 'prefixList' : 'address');
  return mistake === undefined
    ? []
    : {
        property: `${property}.${source._kind === 'anywhere' ? 'reason' : 'description'}`,
        value: text,
        reason: mistake.reason,
        remedy: mistake.remedy,
      };
}

/** What is worth knowing about allowlists. */
export const ALLOWLIST_WARNINGS: readonly Rule<AllowlistInput>[] = [
  specialRanges(
    'SourceSeldomMatches',
    'Addresses of private networks and of retired or special services do not come over the internet.',
  ),
];
