import type { GroupPart } from '../../lib/targets/group-parts';
import type { Clock } from './clock';
import type { Configuration, Endpoint } from './configuration';
import type { Lookup } from './dns';
import type { Trigger } from './event';
import { follow, type Span } from './follow';
import { type Memory, NOTHING } from './memory';
import type { Report } from './report';
import { retire } from './retire';
import type { TargetGroup } from './target-groups';

/** What a run works with; the handler gives the real ones. */
export interface Surroundings {
  readonly clock: Clock;
  readonly lookupFor: (endpoint: Endpoint) => Lookup;
  /** One of the groups of an endpoint: the one that the ARN names. */
  readonly groupFor: (endpoint: Endpoint, targetGroupArn: string) => TargetGroup;
  readonly reportFor: (endpoint: Endpoint, part: GroupPart) => Report;
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
  const jobs = chosen.flatMap((endpoint) => jobsOf(endpoint, trigger));
  const runs = jobs.map(async ({ endpoint, part, arn }, i) => {
    await clock.sleep(i * STAGGER_MS);
    const group = groupFor(endpoint, arn);
    const services = { clock, lookup: lookupFor(endpoint), group, report: reportFor(endpoint, part) };
    if (part === 'retired') {
      const { serves, failures } = await retire(endpoint, span, trigger.kind === 'end', services);
      if (!serves || trigger.kind === 'end') return failures;
    }
    // Only an apply knows that its configuration is the latest.
    const mayFill = trigger.kind === 'apply' || part === 'standby' || endpoint.retiredArn === undefined;
    const guarded = mayFill ? services : { ...services, group: onlyWhereSent(group) };
    const outcome = await follow(endpoint, memories.get(arn) ?? NOTHING, span, guarded);
    memories.set(arn, outcome.memory);
    return outcome.failures;
  });
  const failures = (await Promise.allSettled(runs)).flatMap((result, i) => {
    const found = result.status === 'fulfilled' ? result.value : [`${result.reason}`];
    return found.map((failure) => `${jobs[i].endpoint.name}: ${failure}`);
  });
  if (failures.length > 0) throw new Error(failures.join('; '));
  return { synced: chosen.map(({ name }) => name) };
}

/** One of the groups of an endpoint. */
interface Job {
  readonly endpoint: Endpoint;
  readonly part: GroupPart;
  readonly arn: string;
}

/** Before the listener moves, an apply fills groups; afterwards it empties the one that the listener has left. */
function jobsOf(endpoint: Endpoint, { kind }: Trigger): Job[] {
  const { name, targetGroupArn, standbyArn, retiredArn } = endpoint;
  const retired = retiredArn === undefined ? [] : [{ endpoint, part: 'retired' as const, arn: retiredArn }];
  if (kind === 'end') {
    if (retiredArn === undefined) throw new Error(`The configuration of ${name} has no target group to empty`);
    return retired;
  }
  const standby = standbyArn === undefined ? [] : [{ endpoint, part: 'standby' as const, arn: standbyArn }];
  const active = { endpoint, part: 'active' as const, arn: targetGroupArn };
  return [active, ...standby, ...(kind === 'apply' ? [] : retired)];
}

/**
 * A run may have begun with the configuration before, and another one may have emptied the group since. Targets that came
 * back to it before their connections have ended would keep them.
 */
function onlyWhereSent(group: TargetGroup): TargetGroup {
  return {
    describe: () => group.describe(),
    isInUse: () => group.isInUse(),
    receives: () => group.receives(),
    deregister: (targets) => group.deregister(targets),
    register: async (targets) => {
      if ((await group.isInUse()) && !(await group.receives())) throw new Error('no listener gives the group weight');
      await group.register(targets);
    },
  };
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
