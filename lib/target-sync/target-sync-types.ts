import { checkProperties, missingIn, missingProperty, readable, type TypeProblem } from '../rules/type-check';
import type { TargetSyncProps } from './target-sync-props';

/** What a type checker would refuse about the properties of a `TargetSync`. */
export function targetSyncTypeProblems(props: TargetSyncProps): TypeProblem[] {
  const missing = missingIn(readable(props), 'TargetSyncProps').map((property) =>
    missingProperty(property, `Give the TargetSync the ${property} of its endpoints.`),
  );
  return missing.length > 0 ? missing : checkProperties(props, 'TargetSyncProps');
}
