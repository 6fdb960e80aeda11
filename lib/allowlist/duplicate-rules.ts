import { chapter, type NamedFinding } from '../rules/rule-book';
import { isUnknown } from '../tokens/unresolved';
import type { AllowlistValue } from './allowlist';
import type { AllowlistReview } from './allowlist-review';
import { originText } from './origin';

/** The rules about sources that are written twice, in code, in files, or in both. */
export const DUPLICATE_RULES = chapter(
  {
    CidrDuplicate: { because: 'EC2 keeps one rule for each block, with one description.' },
    SourceDuplicate: { because: 'EC2 keeps one rule for each source, with one description.' },
  },
  ({ allowlist, keyOf }: AllowlistReview) => [
    ...duplicates('CidrDuplicate', allowlist.blocks, ({ cidr }) => cidr.text),
    ...[allowlist.prefixLists, allowlist.awsPrefixLists, allowlist.computed].flatMap((values) =>
      duplicates('SourceDuplicate', values, ({ text }) => keyOf(text)),
    ),
    ...duplicates('SourceDuplicate', allowlist.securityGroups, ({ text }) => keyOf(text).replace(OWNER, '')),
  ],
);

/** The account in front of the id of a security group. */
const OWNER = /^\d{12}\//;

function duplicates<Name extends string, Value extends AllowlistValue>(
  rule: Name,
  values: readonly Value[],
  key: (value: Value) => string,
): NamedFinding<Name>[] {
  const seen = new Map<string, Value>();
  return values.flatMap((value) => {
    const text = key(value);
    const first = seen.get(text);
    if (first === undefined) {
      seen.set(text, value);
      return [];
    }
    return {
      rule,
      property: value.property,
      location: value.location,
      value: isUnknown(value.text) ? text : value.text,
      reason: `repeats ${originText(first)}`,
      remedy: 'Write every source once.',
    };
  });
}
