import type { Deferred } from './deferred';

/** A condition that Terraform checks, because only Terraform knows the values. */
export interface Precondition {
  readonly condition: string | Deferred;
  readonly errorMessage: string;
}
