import type { Problem } from '../rules/endpoint-error';
import { checkProperties, missingIn, readable } from '../rules/type-check';
import type { TargetSyncProps } from './target-sync-props';

/** What a type checker would refuse about the properties of a `TargetSync`. */
export function targetSyncTypeProblems(props: TargetSyncProps): Problem[] {
  const missing = missingIn(readable(props), 'TargetSyncProps').map((property) => ({
    rule: 'PropertyMissing',
    property,
    reason: 'is missing',
    remedy: `Give the TargetSync the ${property} of its endpoints.`,
  }));
  return missing.length > 0 ? missing : checkProperties(props, 'TargetSyncProps');
}
