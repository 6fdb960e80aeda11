import type { DatabaseEndpointProps } from '../database-endpoint-props';
import type { Finding, Rule } from '../rule';
import { isUnknown } from '../unknown';
import type { AllowedSource } from './allowed-source';
import { type Allowlist, type AllowlistValue, readAllowlist } from './allowlist';
import { isCidr, parseCidr } from './cidr';

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
            value: isUnknown(value.text) ? undefined : value.text,
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
  const name = source._kind === 'anywhere' ? 'reason' : 'description';
  if (text === undefined) return [];
  // EC2's own set for prefix lists lacks the ampersand.
  const foreign = (
    source._kind === 'prefixList' ? /[^a-zA-Z0-9 ._\-:/()#,@[\]+=;{}!$*]/ : /[^a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]/
  ).exec(text);
  if (isUnknown(text)) return [];
  if (text.trim() === '') {
    return { property: `${property}.${name}`, value: text, reason: 'is empty', remedy: 'Say who or what this is.' };
  }
  if (foreign) {
    return {
      property: `${property}.${name}`,
      value: text,
      reason: `has a character that EC2 refuses: '${foreign[0]}'`,
      remedy: 'Use letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* (no & for prefix lists).',
    };
  }
  return text.length > 255
    ? {
        property: `${property}.${name}`,
        value: text,
        reason: `is ${text.length} characters long, and EC2 takes 255`,
        remedy: 'Shorten it.',
      }
    : [];
}

/** What is worth knowing about allowlists. */
export const ALLOWLIST_WARNINGS: readonly Rule<AllowlistInput>[] = [];
