import type { Clock } from './clock';
import type { Configuration, Endpoint } from './configuration';
import type { Lookup } from './dns';
import type { Trigger } from './event';
import { follow, type Span } from './follow';
import { type Memory, NOTHING } from './memory';
import type { Report } from './report';
import type { TargetGroup } from './target-groups';

/** What a run works with; the handler gives the real ones. */
export interface Surroundings {
  readonly clock: Clock;
  readonly lookupFor: (endpoint: Endpoint) => Lookup;
  readonly groupFor: (endpoint: Endpoint) => TargetGroup;
  readonly reportFor: (endpoint: Endpoint) => Report;
  /** What earlier runs of this process learned, by target group. */
  readonly memories: Map<string, Memory>;
}

export interface Summary {
  /** The endpoints that were looked at. */
  readonly synced: readonly string[];
}

/** The time that one look may take when everything times out: asking, describing and acting. */
const LOOK_MS = 15_000;

/** The time between the starts of two endpoints: the account may describe ten target groups a second. */
const STAGGER_MS = 100;

/** Follows the endpoints that the trigger is about, all at once, and fails at the end if any of them did. */
export async function run(
  trigger: Trigger,
  { endpoints, runSeconds, intervalSeconds }: Configuration,
  remainingMs: number,
  { clock, memories, lookupFor, groupFor, reportFor }: Surroundings,
): Promise<Summary> {
  const chosen = endpointsOf(trigger, endpoints);
  const verifiedBy = clock.now() + remainingMs - LOOK_MS;
  const span: Span = {
    end: Math.min(clock.now() + runSeconds * 1000, verifiedBy),
    verifiedBy,
    intervalMs: intervalSeconds * 1000,
    onlyUntilDone: trigger.kind === 'apply',
  };
  const runs = chosen.map(async (endpoint, i) => {
    await clock.sleep(i * STAGGER_MS);
    const memory = memories.get(endpoint.targetGroupArn) ?? NOTHING;
    const services = { clock, lookup: lookupFor(endpoint), group: groupFor(endpoint), report: reportFor(endpoint) };
    const outcome = await follow(endpoint, memory, span, services);
    memories.set(endpoint.targetGroupArn, outcome.memory);
    return outcome.failures;
  });
  const failures = (await Promise.allSettled(runs)).flatMap((result, i) => {
    const found = result.status === 'fulfilled' ? result.value : [`${result.reason}`];
    return found.map((failure) => `${chosen[i].name}: ${failure}`);
  });
  if (failures.length > 0) throw new Error(failures.join('; '));
  return { synced: chosen.map(({ name }) => name) };
}

/** An event about a database that no name belongs to may still be about one of them: a cluster's instance, say. */
function endpointsOf(trigger: Trigger, endpoints: readonly Endpoint[]): readonly Endpoint[] {
  if (trigger.kind === 'database') {
    const named = endpoints.filter(({ names }) => names.some(({ identifier }) => identifier === trigger.identifier));
    return named.length > 0 ? named : endpoints;
  }
  if (trigger.kind === 'schedule' || trigger.endpoints === undefined) return endpoints;
  // If it were listed twice, an endpoint would be followed twice at once, by one process with one memory.
  return [...new Set(trigger.endpoints)].map((name) => {
    const found = endpoints.find((endpoint) => endpoint.name === name);
    if (found === undefined) throw new Error(`The configuration has no endpoint ${name}`);
    return found;
  });
}
