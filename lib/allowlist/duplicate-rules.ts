import { chapter, type NamedFinding } from '../rules/rule-book';
import { isUnresolved } from '../tokens/unresolved';
import type { AllowlistValue } from './allowlist';
import type { AllowlistReview } from './allowlist-review';
import { originText } from './origin';

/** The rules about sources that are written twice, in code, in files, or in both. */
export const DUPLICATE_RULES = chapter(
  {
    CidrDuplicate: { because: 'EC2 allows one rule per block, with one description.' },
    SourceDuplicate: { because: 'EC2 allows one rule per source, with one description.' },
  },
  ({ allowlist, keyOf }: AllowlistReview) => [
    ...ofEachIntegration(allowlist.blocks).flatMap((values) =>
      duplicates('CidrDuplicate', values, ({ cidr }) => cidr.text),
    ),
    ...[allowlist.prefixLists, allowlist.awsPrefixLists]
      .flatMap(ofEachIntegration)
      .flatMap((values) => duplicates('SourceDuplicate', values, ({ text }) => keyOf(text))),
    ...duplicates('SourceDuplicate', allowlist.computed, ({ text }) => keyOf(text)),
    ...ofEachIntegrationAndSpelling(allowlist.securityGroups, keyOf).flatMap((values) =>
      duplicates('SourceDuplicate', values, ({ text }) => keyOf(text).replace(OWNER, '')),
    ),
  ],
);

/**
 * The values of the endpoint's own list, and those of each of its integrations: two integrations may have one and the same
 * source, which then has one rule.
 */
function ofEachIntegration<Value extends AllowlistValue>(values: readonly Value[]): readonly (readonly Value[])[] {
  const all = new Map<string | undefined, Value[]>();
  for (const value of values) {
    const { integration } = value.source._about;
    const others = all.get(integration);
    if (others) others.push(value);
    else all.set(integration, [value]);
  }
  return [...all.values()];
}

/** The same, and what different lists write in different ways. */
function ofEachIntegrationAndSpelling(
  values: readonly AllowlistValue[],
  keyOf: (text: string) => string,
): readonly (readonly AllowlistValue[])[] {
  const lists = ofEachIntegration(values);
  if (lists.length < 2) return lists;
  return [...lists, [...new Map([...values].reverse().map((value) => [keyOf(value.text), value])).values()].reverse()];
}

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
      value: isUnresolved(value.text) ? text : value.text,
      reason: `repeats ${originText(first)}`,
      remedy: 'List every source once.',
    };
  });
}
