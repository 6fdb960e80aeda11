/**
 * What is refused about outputs, for the documentation.
 *
 * @internal
 */
export const OUTPUT_RULES = [
  { name: 'OutputsAddedTwice', because: 'The second call would write the same names with other values.' },
  {
    name: 'OutputPrefixInvalid',
    because: 'Names of outputs are identifiers of Terraform.',
    see: 'https://developer.hashicorp.com/terraform/language/syntax/configuration#identifiers',
  },
  {
    name: 'OutputNameTaken',
    because: 'Of two outputs with one name, CDKTF writes the last one only; found at synthesis.',
  },
];
