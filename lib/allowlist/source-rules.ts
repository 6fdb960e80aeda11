import { AWS_IDS } from '../network/aws-ids';
import { isCidr, parseCidr } from '../network/cidr';
import type { Mistake } from '../network/mistake';
import { chapter, type NamedFinding } from '../rules/rule-book';
import { isUnresolved, isUnresolvedList } from '../tokens/unresolved';
import type { AllowedSource, SourceKind } from './allowed-source';
import { originOf, valuesOf } from './allowlist';
import { checkDescription } from './description';
import { checkExpiry } from './expiry';
import type { SourceField } from './origin';
import { checkOrigin } from './own-origin';

/** The facts that these rules rest on. */
export const SOURCE_FACTS = {
  CidrInvalid: { because: 'Rules accept IP addresses and CIDR blocks.' },
  CidrHasHostBits: { because: 'EC2 silently drops host bits, so a rule would admit more than what was written.' },
  PrefixListIdInvalid: { because: 'Prefix lists are identified by their ids.' },
  AwsPrefixListNameInvalid: {
    because: 'AWS-managed prefix lists have a different id in each Region, so they are looked up by name.',
    see: 'https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html',
  },
  SecurityGroupIdInvalid: {
    because:
      "Security groups are identified by their ids, and those in another account's peered VPC by account and id.",
    see: 'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html',
  },
  DescriptionInvalid: {
    because: 'EC2 refuses other characters and longer texts at apply.',
    see: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html',
  },
  ExpiryInvalid: { because: 'Any date format other than YYYY-MM-DD is read differently somewhere.' },
  GroupNameInvalid: { because: 'The name becomes part of the address of a security group.' },
  OriginInvalid: { because: 'A message that points at the wrong place, or at none, sends people looking.' },
  MaxEntriesInvalid: {
    because: 'A prefix list has 1 to 1000 entries.',
    see: 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups',
  },
};

type SourceRule = keyof typeof SOURCE_FACTS;

/** Sources, and those of them whose blocks are not known to be blocks; all where that is left out. */
interface SourcesToCheck {
  readonly sources: readonly AllowedSource[];
  readonly unread?: ReadonlySet<AllowedSource>;
}

/**
 * The rules about each source by itself, whether it is written in code or in a file. Values known after apply are
 * skipped.
 */
export const SOURCE_RULES = chapter(SOURCE_FACTS, ({ sources, unread }: SourcesToCheck) =>
  sources.flatMap((source, i) => findings(source, i, unread?.has(source) ?? true)),
);

/** Whether a number can be the size of a prefix list. */
export function isPrefixListSize(maxEntries = 1): boolean {
  return Number.isInteger(maxEntries) && maxEntries >= 1 && maxEntries <= 1000;
}

/** What the values of a source must be, by its kind. */
export const SOURCE_FORMS = {
  prefixList: AWS_IDS.prefixList,
  awsPrefixList: /^com\.amazonaws\.[a-z0-9-]+(\.[a-z0-9-]+)+$/,
  securityGroup: /^([0-9]{12}\/)?sg-[0-9a-f]+$/,
};

/** What the name of a group must be, whether it is one of a file or a security group that entries are pinned to. */
export const GROUP_NAME = /^[A-Za-z][A-Za-z0-9-]{0,31}$/;

function findings(source: AllowedSource, index: number, isUnread: boolean): NamedFinding<SourceRule>[] {
  const { _kind: kind, _about: about } = source;
  const { description, expires, section, group, maxEntries, origin } = about;
  const isSettled = isUnresolvedList(source._values) || (BLOCKS.includes(kind) && !isUnread);
  const found = isSettled
    ? []
    : valuesOf(source, index).flatMap(({ text, property, location }): NamedFinding<SourceRule>[] => {
        const mistake = checkValue(kind, text);
        return mistake ? [{ property, location, value: text, ...mistake }] : [];
      });
  const note = (field: SourceField, value: unknown, mistake: Mistake<SourceRule> | undefined) => {
    if (mistake) found.push({ ...originOf(source, index, field), value, ...mistake });
  };
  if (description !== undefined && !isUnresolved(description)) {
    const isPrefixList = kind === 'prefixList' || kind === 'awsPrefixList';
    note('description', description, checkDescription(description, isPrefixList ? 'prefixList' : 'address'));
  }
  if (expires !== undefined) note('expires', expires, checkExpiry(expires));
  const name = section ?? group;
  note('group', name, name === undefined || GROUP_NAME.test(name) ? undefined : GROUP_NAME_INVALID);
  note('maxEntries', maxEntries, isPrefixListSize(maxEntries) ? undefined : MAX_ENTRIES_INVALID);
  const misplaced = origin && checkOrigin(origin);
  if (misplaced) {
    const { part, ...mistake } = misplaced;
    found.push({ property: `allow[${index}].origin.${part}`, ...mistake });
  }
  return found;
}

/** The kinds of sources whose values are blocks. */
const BLOCKS: readonly SourceKind[] = ['cidr', 'cidrs', 'anywhere'];

function checkValue(kind: SourceKind, text: string): Mistake<SourceRule> | undefined {
  switch (kind) {
    // Names are keys, so they must be known at synthesis.
    case 'awsPrefixList':
      return SOURCE_FORMS[kind].test(text) ? undefined : FORM_MISTAKES[kind];
    case 'prefixList':
    case 'securityGroup':
      return isUnresolved(text) || SOURCE_FORMS[kind].test(text) ? undefined : FORM_MISTAKES[kind];
    default: {
      if (isUnresolved(text)) return undefined;
      const block = parseCidr(text);
      return isCidr(block) ? undefined : block;
    }
  }
}

const FORM_MISTAKES: Readonly<Record<keyof typeof SOURCE_FORMS, Mistake<SourceRule>>> = {
  prefixList: {
    rule: 'PrefixListIdInvalid',
    reason: 'is not the id of a managed prefix list',
    remedy: 'Write an id like pl-0123456789abcdef0.',
  },
  awsPrefixList: {
    rule: 'AwsPrefixListNameInvalid',
    reason: 'is not a valid name of an AWS-managed prefix list',
    remedy: 'Write a literal name like com.amazonaws.global.cloudfront.origin-facing.',
  },
  securityGroup: {
    rule: 'SecurityGroupIdInvalid',
    reason: 'is not the id of a security group',
    remedy:
      'Write an id like sg-0123456789abcdef0, or 123456789012/sg-0123456789abcdef0 for a group of another account.',
  },
};

const GROUP_NAME_INVALID: Mistake<SourceRule> = {
  rule: 'GroupNameInvalid',
  reason: 'is not a valid name for a group',
  remedy: 'Write up to 32 letters, digits and hyphens, beginning with a letter.',
};

const MAX_ENTRIES_INVALID: Mistake<SourceRule> = {
  rule: 'MaxEntriesInvalid',
  reason: 'is not a valid size of a prefix list',
  remedy: 'Write a whole number from 1 to 1000.',
};
