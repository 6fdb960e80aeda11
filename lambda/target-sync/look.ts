import { usable } from './answer';
import type { Clock } from './clock';
import type { Endpoint } from './configuration';
import type { Lookup } from './dns';
import { learn } from './memory';
import { type Plan, plan, type Step } from './plan';
import type { Change, Progress } from './progress';
import type { Report } from './report';
import type { Target } from './target';
import type { TargetGroup } from './target-groups';

export interface Services {
  readonly clock: Clock;
  readonly lookup: Lookup;
  readonly group: TargetGroup;
  readonly report: Report;
}

/** How soon the health of targets is looked at again while something waits for it. */
const HEALTH_MS = 5000;

/**
 * Looks at the names, and at the group where they call for a change, and takes one step: registers what is missing or
 * removes what is superfluous. Whether that worked, the next look tells.
 */
export async function look(endpoint: Endpoint, before: Progress, services: Services): Promise<Progress> {
  const { clock, group, report } = services;
  let progress: Progress = { ...before, failure: undefined };
  try {
    if (clock.now() < before.describeAt) {
      progress = await ask(endpoint, progress, services);
      const todo = decide(endpoint, progress, services);
      if (isSettled(todo, before)) return counted({ ...progress, wait: todo.wait }, before);
    }
    // The group first and the names after it: an answer must not be older than what it is compared with, or a run
    // that was overtaken by another would undo its work.
    const observed = await group.describe();
    const seen = { ...progress, observed, observedAt: clock.now(), describeAt: 0 };
    progress = await ask(endpoint, seen, services, observed.filter(isFailing));
    report.changed(
      before.unverified.filter((change) => isVisible(change, observed)),
      clock.now(),
    );

    const todo = decide(endpoint, progress, services);
    progress = { ...progress, ...intend(todo, clock.now()) };
    report.waits(todo.wait);
    if (todo.refusal !== undefined) throw new Error(todo.refusal);
    const [action, steps] = nextStep(todo);
    if (steps.length > 0) {
      report.acts(action, steps);
      await group[action](steps.map(({ target }) => target));
    }
    return counted(progress, before);
  } catch (failure) {
    report.failed(failure);
    return counted({ ...progress, failure }, before);
  }
}

/** The names whose last answer was of no use, and why. */
export function unanswered({ answers }: Pick<Progress, 'answers'>): string[] {
  return [...answers].flatMap(([name, answer]) => {
    if (answer.kind === 'addresses') return [];
    return [`${name}: ${answer.kind === 'empty' ? 'the answer is empty' : answer.reason}`];
  });
}

async function ask(
  endpoint: Endpoint,
  progress: Progress,
  { clock, lookup, report }: Services,
  failing: readonly Target[] = [],
): Promise<Progress> {
  const names = endpoint.names.map(({ hostname }) => hostname);
  const found = names.map(async (name) => [name, usable(await lookup(name, endpoint.family), endpoint)] as const);
  const answers = new Map(await Promise.all(found));
  report.answered(answers);
  const registered = progress.observed.filter(isLive).map(({ address }) => address);
  const memory = learn(progress.memory, {
    now: clock.now(),
    role: endpoint.role,
    names,
    answers,
    registered,
    failing: failing.map(({ address }) => address),
    absentMs: endpoint.graceSeconds * 1000,
  });
  return { ...progress, answers, memory };
}

function decide(endpoint: Endpoint, { memory, observed }: Progress, { clock }: Services): Plan {
  return plan(observed, { ...memory, now: clock.now() }, endpoint);
}

/** Whether there is nothing to do, and nothing to wait for that was not waited for before. */
function isSettled({ register, deregister, wait, refusal }: Plan, before: Progress): boolean {
  const isKnown = (delay: Step) => before.wait.some((other) => isSame(other, delay));
  return register.length === 0 && deregister.length === 0 && refusal === undefined && wait.every(isKnown);
}

function nextStep({ register, deregister }: Plan): readonly [Change['action'], readonly Step[]] {
  return register.length > 0 ? ['register', register] : ['deregister', deregister];
}

function intend(todo: Plan, now: number): Pick<Progress, 'wait' | 'unverified' | 'describeAt'> {
  const [action, steps] = nextStep(todo);
  const settledUntil = todo.wait.length > 0 ? now + HEALTH_MS : Number.POSITIVE_INFINITY;
  return {
    wait: todo.wait,
    unverified: steps.map((step) => ({ ...step, action })),
    describeAt: steps.length > 0 ? 0 : settledUntil,
  };
}

function isVisible({ action, target }: Change, observed: readonly Target[]): boolean {
  const isThere = observed
    .filter(isLive)
    .some(({ address, port }) => address === target.address && port === target.port);
  return isThere === (action === 'register');
}

// One that is `unused` says nothing: the group may have no listener yet.
function isFailing({ state }: Target): boolean {
  return state === 'unhealthy' || state === 'unhealthy.draining';
}

function isLive({ state }: Target): boolean {
  return state !== 'draining';
}

function counted(progress: Progress, before: Progress): Progress {
  const isRepeated = progress.unverified.some((change) =>
    before.unverified.some((earlier) => earlier.action === change.action && isSame(earlier, change)),
  );
  const isSetback = progress.failure !== undefined || isRepeated;
  return { ...progress, setbacks: isSetback ? before.setbacks + 1 : 0 };
}

function isSame({ target: a }: Step, { target: b }: Step): boolean {
  return a.address === b.address && a.port === b.port;
}
