import { entriesOf, type NamedFinding, type RuleEntry } from '../rules/rule-book';

const FACTS = {
  OutputsAddedTwice: { because: 'The second call would write the same names with other values.' },
  OutputPrefixInvalid: {
    because: 'Names of outputs are identifiers of Terraform.',
    see: 'https://developer.hashicorp.com/terraform/language/syntax/configuration#identifiers',
  },
  OutputNameTaken: { because: 'Of two outputs with one name, CDKTF writes the last one only; found at synthesis.' },
};

/**
 * What is wrong with outputs.
 *
 * @internal
 */
export type OutputProblem = NamedFinding<keyof typeof FACTS>;

/**
 * The rules about outputs, for the documentation.
 *
 * @internal
 */
export const OUTPUT_RULES: readonly RuleEntry[] = entriesOf(FACTS);
