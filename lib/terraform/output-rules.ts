import { entriesOf, type NamedFinding, type RuleEntry } from '../rules/rule-book';

const FACTS = {
  OutputsAddedTwice: { because: 'The second call would write the same names with other values.' },
  OutputPrefixInvalid: {
    because: 'Output names are Terraform identifiers.',
    see: 'https://developer.hashicorp.com/terraform/language/syntax/configuration#identifiers',
  },
  OutputNameTaken: {
    because: 'If two outputs have the same name, CDKTF writes only the last one; found at synthesis.',
  },
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
