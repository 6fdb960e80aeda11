import { expressionOf, expressionToken } from '../tokens/expression';
import { DESCRIPTION_LENGTH } from './description';
import type { Described } from './joined-descriptions';
import { writtenDetails } from './rule-tags';

/** The description of a rule as Terraform gets it, which cuts what only it can measure. */
export function writtenDescription({ description, ifTooLong }: Described): string | undefined {
  if (description === undefined || ifTooLong === undefined) return description;
  return expressionToken((context) => {
    const text = expressionOf(description, context);
    return `length(${text}) <= ${DESCRIPTION_LENGTH} ? ${text} : ${JSON.stringify(ifTooLong)}`;
  });
}

/** What stands in `for_each` for a rule: its description, or a map of that with the details of the entry. */
export function writtenRule(rule: Described, isDetailed: boolean) {
  return isDetailed ? toldOf(rule) : writtenDescription(rule);
}

/** What is told of a rule, as attributes of its map in `for_each`. */
export function toldOf(rule: Described) {
  return { description: writtenDescription(rule), ...writtenDetails(rule.details) };
}
