import { isWithin } from '../../lib/network/load-balancer-space';
import type { Endpoint } from './configuration';
import type { Sighting } from './memory';
import type { Target } from './target';

/** What the names stand for, and since when. */
export interface Resolved {
  readonly now: number;
  /** Whether every name had a usable answer at the last look. */
  readonly isComplete: boolean;
  readonly sightings: ReadonlyMap<string, Sighting>;
  /** For as long, a cache may repeat an answer that is no longer true. */
  readonly ttlSeconds: number;
}

export type Policy = Pick<Endpoint, 'role' | 'port' | 'quota' | 'graceSeconds' | 'vpc'>;

/** Something to do about a target. */
export interface Step {
  readonly target: Pick<Target, 'address' | 'port' | 'zone'>;
  readonly because: string;
  /** Since when that has been called for, in ms. */
  readonly since: number;
}

/** Something that is not done yet. */
export interface Delay extends Step {
  /** When it is done at the latest, if the answers stay as they are. */
  readonly until: number;
}

export interface Plan {
  readonly register: readonly Step[];
  /** Never filled in the same plan as `register`: removals are decided on a look at the group that shows the new. */
  readonly deregister: readonly Step[];
  readonly wait: readonly Delay[];
  /** Why nothing may be done at all. */
  readonly refusal?: string;
}

/**
 * What should change in a target group.
 *
 * - New addresses are registered first. Nothing is removed before all that the names stand for is registered, or
 *   while a name has no usable answer, so the group is never emptied.
 * - Nothing is registered from memory: what a name stood for before it failed may have changed since.
 * - A writer's old address goes then at once, because it is known to be wrong. A reader's goes when the others are
 *   healthy, or after a grace time.
 * - For a TTL, two caches may contradict each other, and so may two runs. So a writer's address that was displaced a
 *   moment ago comes back only when the answers insist on it, and one that another run has just registered is not
 *   removed before that. Otherwise two runs could take each other's target out and leave none.
 */
export function plan(observed: readonly Target[], resolved: Resolved, policy: Policy): Plan {
  const live = observed.filter(({ state }) => state !== 'draining');
  const wanted = [...resolved.sightings].filter(([, { state }]) => state === 'answered');
  if (wanted.length > policy.quota) return refuse(wanted.length, policy);

  const isRegistered = ({ target: { address, port } }: Step) =>
    live.some((target) => target.address === address && target.port === port);
  const isLater = ({ until }: Delay) => until > resolved.now;
  const additions = wanted.map(([address, sighting]) => addition(address, sighting, observed, resolved, policy));
  const missing = additions.filter((step) => !isRegistered(step));
  const isHeld = (step: Delay) => live.length > 0 && isLater(step);
  if (missing.length > 0 || additions.length === 0 || additions.some(isHeld) || !resolved.isComplete) {
    const isFresh = ({ target }: Delay) => isHeardOf(resolved.sightings.get(target.address), resolved);
    const register = missing.filter((step) => !isHeld(step) && isFresh(step));
    return { register, deregister: [], wait: additions.filter(isHeld) };
  }

  const healthy = live.filter(({ port, state }) => port === policy.port && state === 'healthy');
  const isHealthy = new Set(healthy.map(({ address }) => address));
  const mayReadersGo = policy.role === 'reader' && wanted.every(([address]) => isHealthy.has(address));
  const removals = live.flatMap((target) => removal(target, resolved, policy));
  const stays = (step: Delay) => !mayReadersGo && isLater(step);
  return { register: [], deregister: removals.filter((step) => !stays(step)), wait: removals.filter(stays) };
}

function refuse(count: number, { quota }: Policy): Plan {
  const refusal = `the names resolve to ${count} addresses, but the quota is ${quota}`;
  return { register: [], deregister: [], wait: [], refusal };
}

function addition(
  address: string,
  { since, displacements }: Sighting,
  observed: readonly Target[],
  resolved: Resolved,
  { role, port, vpc }: Policy,
): Delay {
  // One that is draining was displaced by another run, if not by this one.
  const isDraining = observed.some((target) => target.address === address && target.state === 'draining');
  const times = role === 'reader' ? 0 : Math.max(displacements, isDraining ? 1 : 0);
  return {
    // @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetDescription.html
    target: isWithin(address, vpc) ? { address, port } : { address, port, zone: 'all' },
    because:
      times === 0
        ? 'the names resolve to it'
        : 'the names keep resolving to it, although it was displaced a moment ago',
    since,
    until: since + (times === 0 ? 0 : Math.min(contradictionMs(resolved) * 2 ** (times - 1), LONGEST_HOLD_MS)),
  };
}

function removal({ address, port, zone, state }: Target, resolved: Resolved, policy: Policy): Delay[] {
  const sighting = resolved.sightings.get(address);
  const isGone = sighting?.state === 'gone';
  if (sighting === undefined || (!isGone && port === policy.port)) return [];
  const mayBeNew = isGone && !isHeardOf(sighting, resolved) && state === 'initial';
  const writerMs = mayBeNew ? contradictionMs(resolved) : 0;
  return [
    {
      target: { address, port, zone },
      because: isGone ? 'the names no longer resolve to it' : `the database listens on ${policy.port}`,
      since: sighting.since,
      until: sighting.since + (policy.role === 'writer' ? writerMs : policy.graceSeconds * 1000),
    },
  ];
}

/** Whether an answer has named the address that may still be true. */
function isHeardOf(sighting: Sighting | undefined, resolved: Resolved): boolean {
  return sighting?.heardAt !== undefined && resolved.now - sighting.heardAt <= contradictionMs(resolved);
}

/** For how long caches may contradict each other. What is left of a TTL can be short; RDS's own is 5 seconds. */
function contradictionMs({ ttlSeconds }: Resolved): number {
  return (Math.max(ttlSeconds, 5) + 1) * 1000;
}

/** However often an address came and went, it is back after this time. */
const LONGEST_HOLD_MS = 120_000;
