import type { WayIn } from '../observation';
import type { Judge } from './finding';

/**
 * The allowlist test: every address must drop us. A refusal is no proof, because security groups do not refuse: it may
 * be a service that is dead for everybody.
 */
export const blocked: Judge = ({ request, nameError, waysIn }) => {
  if (!waysIn) return undefined;
  const open = having('open', waysIn);
  if (open.length > 0) {
    return {
      status: 'failed',
      detail: listed(open),
      remedy:
        'Remove the source that admits this machine from the allowlist, or test from a machine that is not admitted.',
    };
  }
  const unknown = having('unknown', waysIn);
  const shut = having('blocked', waysIn);
  if (unknown.length === 0 && shut.length > 0) return { status: 'ok', detail: listed(shut) };
  if (unknown.length > 0) {
    return {
      status: 'unknown',
      detail: `nothing was proven: ${listed(unknown)}`,
      remedy:
        'Security groups drop packets, so something else answered. Check whether the endpoint serves a source that is on the allowlist, and whether a firewall on the path refuses this machine.',
    };
  }
  return {
    status: 'unknown',
    detail: `nothing was proven: ${waysIn.length > 0 ? listed(waysIn) : `${request.host} has no address (${nameError})`}`,
    remedy: 'Test from a machine that can resolve the name and has a route to its addresses.',
  };
};

function having(wanted: WayIn['verdict'], waysIn: readonly WayIn[]): readonly WayIn[] {
  return waysIn.filter(({ verdict }) => verdict === wanted);
}

function listed(waysIn: readonly WayIn[]): string {
  return waysIn.map(({ address, evidence }) => `${address} ${evidence}`).join('; ');
}
