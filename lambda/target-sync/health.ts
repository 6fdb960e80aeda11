import type { State, Target } from './target';

/** What a process has seen of one registered target. */
export interface Watch {
  readonly address: string;
  readonly port: number;
  readonly state: State;
  readonly reason?: string;
  /** Since when it has not been healthy; undefined while it is, and while no listener forwards to it. */
  readonly notHealthySince?: number;
  /** Since when it has been left out although a listener forwards to its group. */
  readonly unusedSince?: number;
  /** When it came into use, where this process has seen that and it has not been healthy since. */
  readonly joinedAt?: number;
}

/** What a process has seen of the health of a group. */
export interface Health {
  /** When it looked last, in ms. */
  readonly at: number;
  /** By address and port. */
  readonly watches: ReadonlyMap<string, Watch>;
}

/** A target that does not serve, and for how long. */
export interface Ailment {
  readonly kind: 'unused' | 'unhealthy';
  readonly text: string;
}

/** A target that has become healthy, and how long that took. */
export interface Recovery {
  readonly address: string;
  readonly port: number;
  readonly seconds: number;
}

/**
 * How long a target may be unused after its group came into use. AWS takes some seconds from a new listener to the
 * first health check; a target in a zone that the load balancer does not have stays so forever.
 */
const UNUSED_MS = 60_000;

/** Runs come every minute. After a longer silence it is unknown what has happened in the meantime. */
const CONTINUOUS_MS = 150_000;

/** Whether the group's targets are unused, for one of two reasons that only the group itself tells apart. */
export function isPuzzling(observed: readonly Target[]): boolean {
  return observed.some(isLeftOut);
}

/**
 * Adds a look at the group.
 *
 * @param isInUse whether a listener forwards to the group: its targets are not checked before.
 */
export function observe(
  before: Health | undefined,
  observed: readonly Target[],
  isInUse: boolean,
  now: number,
): { readonly health: Health; readonly recoveries: readonly Recovery[] } {
  const known = before !== undefined && now - before.at <= CONTINUOUS_MS ? before.watches : undefined;
  const registered = observed.filter(({ state }) => state !== 'draining');
  const recoveries = registered.flatMap(({ address, port, state }) => {
    const joinedAt = known?.get(keyOf({ address, port }))?.joinedAt;
    return state === 'healthy' && joinedAt !== undefined ? [{ address, port, seconds: (now - joinedAt) / 1000 }] : [];
  });
  const watches = registered.map((target) => [keyOf(target), watch(target, known, isInUse, now)] as const);
  return { health: { at: now, watches: new Map(watches) }, recoveries };
}

/** The targets among these addresses that do not serve, and have not for longer than AWS and their health checks take. */
export function ailments(
  { watches }: Health,
  addresses: ReadonlySet<string>,
  healthySeconds: number,
  now: number,
): Ailment[] {
  return [...watches.values()]
    .filter(({ address }) => addresses.has(address))
    .flatMap((watch) => ailment(watch, healthySeconds * 1000, now) ?? []);
}

/** Whether one of these addresses may still become healthy in time, so that looking again tells something. */
export function isPending(
  health: Health,
  addresses: ReadonlySet<string>,
  healthySeconds: number,
  now: number,
): boolean {
  return [...health.watches.values()].some(
    (watch) =>
      addresses.has(watch.address) &&
      watch.notHealthySince !== undefined &&
      ailment(watch, healthySeconds * 1000, now) === undefined,
  );
}

function watch(target: Target, known: ReadonlyMap<string, Watch> | undefined, isInUse: boolean, now: number): Watch {
  const { address, port, state, reason } = target;
  const seen = { address, port, state, reason };
  if (state === 'healthy' || (isLeftOut(target) && !isInUse)) return seen;
  const last = known?.get(keyOf(target));
  const hasJoined = known !== undefined && (last === undefined || isWaiting(last));
  return {
    ...seen,
    notHealthySince: last?.notHealthySince ?? now,
    unusedSince: isLeftOut(target) ? (last?.unusedSince ?? now) : undefined,
    joinedAt: hasJoined ? now : last?.joinedAt,
  };
}

function ailment(
  { address, port, state, reason, notHealthySince, unusedSince }: Watch,
  healthyMs: number,
  now: number,
): Ailment | undefined {
  const name = `${address}:${port}`;
  const shown = reason === undefined ? state : `${state}, ${reason}`;
  if (unusedSince !== undefined && now - unusedSince >= Math.min(UNUSED_MS, healthyMs)) {
    const text = `${name} gets no traffic (${shown}): the load balancer has no subnet in its zone`;
    return { kind: 'unused', text };
  }
  if (notHealthySince === undefined || now - notHealthySince < healthyMs) return undefined;
  const seconds = Math.floor((now - notHealthySince) / 1000);
  return { kind: 'unhealthy', text: `${name} has not been healthy for ${seconds} seconds (${shown})` };
}

/** AWS reports this for a group that no listener forwards to, and for a target in a zone without the load balancer. */
function isLeftOut({ state, reason }: Pick<Target, 'state' | 'reason'>): boolean {
  return state === 'unused' && (reason === undefined || reason === 'Target.NotInUse');
}

function isWaiting({ state, notHealthySince }: Watch): boolean {
  return state !== 'healthy' && notHealthySince === undefined;
}

function keyOf({ address, port }: Pick<Target, 'address' | 'port'>): string {
  return `${address}:${port}`;
}
