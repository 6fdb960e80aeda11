import { checkStruct, type TypeProblem } from '../rules/type-check';
import type { ExpiryEnforcement } from './expiry-enforcement';

/** What a type checker would refuse about the end of access. */
export function expiryTypeProblems(expiry: ExpiryEnforcement | undefined): TypeProblem[] {
  return expiry ? checkStruct(expiry._options, 'ExpirySchedulesOptions', 'expiry') : [];
}
