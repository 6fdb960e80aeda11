import { asAdmin } from './as-admin';
import type { Action } from './event';
import type { Surroundings } from './surroundings';
import type { Removed } from './user-server';

/**
 * The invocation whose input never changes. On create it only sees that the server can be reached: were something made
 * and the invocation failed, Terraform would not have it in its state and would never remove it. Making is left to
 * `converge`, which comes after. The secret is Terraform's, which deletes it after this.
 */
export async function exist(action: Action, surroundings: Surroundings): Promise<Removed> {
  if (action === 'update') return { changes: [] };
  return asAdmin(surroundings, async (server) =>
    action === 'delete' ? server.remove(surroundings.user) : { changes: [] },
  );
}
