import type { Deferred } from '../tokens/deferred';

/** A condition that Terraform checks, because the values are known after apply. */
export interface Precondition {
  readonly condition: string | Deferred;
  readonly errorMessage: string;
}

/** The attributes of a resource that has conditions; none where there are none. */
export function conditions(precondition: Precondition[]): { readonly lifecycle?: { precondition: Precondition[] } } {
  return precondition.length > 0 ? { lifecycle: { precondition } } : {};
}
