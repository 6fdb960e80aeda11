import type { Construct } from 'constructs';
import { sourceTypeProblems } from '../allowlist/source-types';
import type { Problem } from '../rules/endpoint-error';
import { applyRules } from '../rules/rule';
import { checkProps, missingProperty } from '../rules/type-check';
import { isUnresolved } from '../tokens/unresolved';
import type { IntegrationProps } from './integration-props';
import { INTEGRATION_RULES, integrationCall } from './integration-rules';

/** What is wrong with an integration itself, apart from how its sources go with those of the endpoint. */
export function integrationProblems(endpoint: Construct, id: string, props: IntegrationProps): Problem[] {
  const call = integrationCall(id);
  const isText = typeof id === 'string' && id !== '' && !isUnresolved(id);
  const taken = isText ? endpoint.node.tryFindChild(id)?.node.path : undefined;
  const missing = (property: string) => missingProperty(`${call}.${property}`, `Set the integration's ${property}.`);
  const mistyped = checkProps(props, 'IntegrationProps', missing, call);
  if (mistyped.length > 0) return [...applyRules(INTEGRATION_RULES, { id, taken }), ...mistyped];
  const { allow } = props;
  const untyped = allow
    .flatMap((source, i) => sourceTypeProblems(source, i, (property) => missingProperty(property, 'Set it.')))
    .map((problem) => ({ ...problem, property: `${call}.${problem.property}` }));
  return [...applyRules(INTEGRATION_RULES, { id, taken, allow }), ...untyped];
}
