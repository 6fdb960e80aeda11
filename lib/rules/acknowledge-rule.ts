import type { Rule } from './rule';

/**
 * The rule about warnings that were read and accepted, for those of one construct.
 *
 * @param namesOf the names of its warnings, which may be decided after the rule.
 * @param about what the warnings are about, where that is not plain.
 */
export function acknowledgeRule<Input extends { readonly acknowledge?: readonly string[] }>(
  namesOf: () => readonly string[],
  about = '',
): Rule<Input> {
  return {
    name: 'AcknowledgeUnknown',
    because: 'A misspelt name would keep the warning alive, and one that no longer exists hides nothing.',
    check: ({ acknowledge = [] }) =>
      // Without a type check, a token may stand for the list.
      [acknowledge].flat().flatMap((name, i) =>
        namesOf().includes(name)
          ? []
          : {
              property: `acknowledge[${i}]`,
              value: name,
              reason: `is not the name of a warning${about}`,
              remedy: `Write one of ${namesOf().join(', ')}.`,
            },
      ),
  };
}
