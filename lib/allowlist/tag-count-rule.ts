import type { Finding, Rule } from '../rules/rule';
import { MOST_TAGS, TAG_FACT, tagKeys } from '../rules/tag-rule';
import type { Tagged } from './allowlist-input';
import type { AllowlistReview } from './allowlist-review';
import { plannedRules } from './planned-rules';
import { DETAILS, detailsOf, RULE_TAGS, type RuleDetails } from './rule-details';

/** The rule about tags, for rules that have more of them than what was written: those that tell of their entries. */
export const TAG_COUNT_RULE: Rule<AllowlistReview> = {
  ...TAG_FACT,
  check: (review) => {
    const { ruleTags, tagged } = review.input;
    // Hardly anybody has so many tags that it matters, and those that are too many by themselves are refused as such.
    const full = tagged.filter(({ tags }) => {
      const count = tagKeys(tags).length;
      return count <= MOST_TAGS && count + DETAILS.length > MOST_TAGS;
    });
    if (!ruleTags || full.length === 0) return [];
    const [planned, computed] = [ofPlanned(review), ofComputed(review)];
    return full.flatMap((each) =>
      tooMany(each, tagged.length === 1 ? [...planned, ...computed] : each.isOfGroups ? planned : computed),
    );
  },
};

function tooMany({ property, tags }: Tagged, said: readonly (readonly string[])[]): Finding[] {
  const keys = tagKeys(tags);
  const counts = said.map((more) => new Set([...keys, ...more]).size);
  const most = Math.max(0, ...counts);
  if (most <= MOST_TAGS) return [];
  const own = said[counts.indexOf(most)].join(', ');
  return [
    {
      property,
      reason: `makes ${most} tags with Name and those that tell of an entry (${own}), and AWS takes ${MOST_TAGS} for its rule`,
      remedy: 'Leave some out, or write allowlist: { ruleTags: false }.',
    },
  ];
}

/** The keys that each rule has beside those of all rules, apart from what is known after apply. */
function ofPlanned({ allowlist, input, keyOf, part, sharing }: AllowlistReview): readonly (readonly string[])[] {
  if (part === undefined) {
    return plannedRules(allowlist, { ...input, keyOf }).map(({ details }) => keysOf([details]));
  }
  // A rule may be merged with those that other endpoints have for the same source.
  const others = sharing?.options.mergePorts ? sharing.others.flatMap(({ rules }) => rules) : [];
  return part.rules.map(({ source, details }) =>
    keysOf([details, ...others.filter((other) => other.source === source).map((other) => other.details)]),
  );
}

/** The same for what is known after apply. */
function ofComputed({ allowlist: { computed, lists } }: AllowlistReview): readonly (readonly string[])[] {
  return [...computed, ...lists].map(({ source }) => keysOf([detailsOf(source)]));
}

function keysOf(all: readonly (RuleDetails | undefined)[]): readonly string[] {
  return DETAILS.filter((name) => all.some((details) => details?.[name])).map((name) => RULE_TAGS[name]);
}
