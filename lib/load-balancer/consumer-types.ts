import { sourceTypeProblems } from '../allowlist/source-types';
import { expiryTypeProblems } from '../expiry/expiry-types';
import { checkProps, missingProperty, type TypeProblem } from '../rules/type-check';
import type { DatabaseEndpointConsumerProps } from './database-endpoint-consumer-props';

/** What a type checker would refuse about the properties of a consumer. */
export function consumerTypeProblems(props: DatabaseEndpointConsumerProps): TypeProblem[] {
  const outer = checkProps(props, 'DatabaseEndpointConsumerProps', notGiven);
  if (outer.length > 0) return outer;
  const inner = props.allow.flatMap((source, i) => sourceTypeProblems(source, i, notGiven));
  return [...inner, ...expiryTypeProblems(props.expiry)];
}

function notGiven(property: string): TypeProblem {
  return missingProperty(property, `Set the consumer's ${property}.`);
}
