import { isIPv6 } from 'node:net';
import type { AddressSeen } from '../observation';
import type { Judge } from './finding';

export const reachable: Judge = ({ request, nameError, addresses, waysIn }) => {
  if (waysIn) return undefined;
  if (addresses.length === 0) {
    return {
      status: 'failed',
      detail: `${request.host} has no address${nameError ? ` (${nameError})` : ''}`,
      remedy: 'Check the spelling, and whether the record exists in the zone that this machine resolves.',
    };
  }
  const silent = addresses.filter(({ failure }) => failure);
  const detail = silent.map(({ address, failure }) => `${address} ${failure?.message}`).join('; ');
  if (silent.length === addresses.length)
    return { status: 'failed', detail, remedy: remedyFor(silent[0].failure?.ending) };
  const counted = `${addresses.length - silent.length} of ${addresses.length} addresses take connections`;
  if (silent.every(isOwnAffair)) return { status: 'ok', detail: counted };
  return {
    status: 'warning',
    detail: `${counted}: ${detail}`,
    remedy:
      'Clients that pick the silent address fail: check the targets in its Availability Zone, and cross-zone load balancing.',
  };
};

/** Machines without IPv6 say "no route" or "unreachable" of every IPv6 address. */
function isOwnAffair({ address, failure }: AddressSeen): boolean {
  return failure?.ending === 'no-route' || (failure?.ending === 'unreachable' && isIPv6(address));
}

function remedyFor(ending: string | undefined): string {
  switch (ending) {
    case 'timed-out':
      return "Packets are dropped: add this machine's public address to the allowlist, and check the subnets' network ACLs and routes.";
    case 'refused':
    case 'closed':
    case 'reset':
      return 'Something is there but does not serve: check the port, and whether the load balancer has healthy targets.';
    default:
      return 'Check the routes between this machine and the address.';
  }
}
