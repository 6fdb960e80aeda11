import type { Endpoint } from './configuration';
import { type Ailment, ailments, isPending, isPuzzling, observe } from './health';
import type { Services } from './look';
import type { Progress } from './progress';

/**
 * How soon the group is looked at again while a target may still become healthy. Calls are rationed for the whole
 * account, so those of many endpoints that failed over together do not stay together.
 */
const WATCH_MS = 10_000;
const SPREAD = 0.2;

/**
 * Takes from a look at the group how its targets are. AWS lets no connection through to a new target for minutes, so
 * nothing waits here: what was seen is remembered, and the looks of this run and the next ones add to it.
 */
export async function watchHealth(
  { healthySeconds }: Pick<Endpoint, 'healthySeconds'>,
  progress: Progress,
  before: Progress,
  { clock, group, report }: Services,
): Promise<Progress> {
  const { observed, observedAt, memory } = progress;
  if (observedAt === undefined || observedAt === before.observedAt) return progress;
  report.saw(observed);
  let isInUse = true;
  try {
    if (isPuzzling(observed)) isInUse = await group.isInUse();
  } catch (failure) {
    report.failed(failure);
    return { ...progress, healthFailure: failure };
  }
  const now = clock.now();
  const { health, recoveries } = observe(memory.health, observed, isInUse, now);
  report.recovered(recoveries);
  const isOpen = isPending(health, wanted(progress), healthySeconds, now);
  return {
    ...progress,
    memory: { ...memory, health },
    healthFailure: undefined,
    describeAt: isOpen
      ? Math.min(progress.describeAt, now + WATCH_MS * (1 + SPREAD * clock.random()))
      : progress.describeAt,
  };
}

/** What is wrong with targets that the names stand for, as it was when the group was last looked at. */
export function ailmentsOf({ healthySeconds }: Pick<Endpoint, 'healthySeconds'>, progress: Progress): Ailment[] {
  const { health } = progress.memory;
  return health === undefined ? [] : ailments(health, wanted(progress), healthySeconds, health.at);
}

function wanted({ memory }: Progress): ReadonlySet<string> {
  return new Set([...memory.sightings].flatMap(([address, { state }]) => (state === 'answered' ? [address] : [])));
}
