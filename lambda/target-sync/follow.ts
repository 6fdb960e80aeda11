import type { Clock } from './clock';
import type { Endpoint } from './configuration';
import { look, type Services, unanswered } from './look';
import type { Memory } from './memory';
import type { Progress } from './progress';
import { ailmentsOf, watchHealth } from './watch-health';

/** How long an endpoint is followed, and how closely. */
export interface Span {
  /** After this time no look begins, ... */
  readonly end: number;
  /** ... unless the last one changed something that must be verified. */
  readonly verifiedBy: number;
  /** The shortest pause between two looks; a longer TTL makes it longer. */
  readonly intervalMs: number;
  /** Whether to stop as soon as all is in place, as an apply does. */
  readonly onlyUntilDone: boolean;
}

export interface Outcome {
  /** What the next run of this process may know. */
  readonly memory: Memory;
  /** What is wrong at the end. Failures in between that a later try fixed are only in the metrics. */
  readonly failures: readonly string[];
}

/** Looks at an endpoint again and again, and so brings its target group into line and keeps it there. */
export async function follow(endpoint: Endpoint, memory: Memory, span: Span, services: Services): Promise<Outcome> {
  const { clock, report } = services;
  let progress: Progress = { ...START, memory };
  for (let looks = 1; ; looks++) {
    const before = progress;
    progress = await look(endpoint, before, services);
    // An apply cannot wait for it: the listener comes after the targets, and no group is checked before it has one.
    if (!span.onlyUntilDone) progress = await watchHealth(endpoint, progress, before, services);
    report.flush();
    if (span.onlyUntilDone && isDone(endpoint, progress) && looks >= looksNeeded(endpoint)) break;
    const pause = pauseAfter(progress, span, clock);
    const isChanging = progress.unverified.length > 0 && progress.failure === undefined;
    if (clock.now() + pause >= (isChanging ? span.verifiedBy : span.end)) break;
    await clock.sleep(pause);
  }
  const ailing = span.onlyUntilDone ? [] : ailmentsOf(endpoint, progress);
  const failures = [...failuresOf(progress), ...unjudged(progress), ...ailing.map(({ text }) => text)];
  report.ended(progress, failures, ailing);
  return { memory: progress.memory, failures };
}

const START: Omit<Progress, 'memory'> = {
  answers: new Map(),
  observed: [],
  describeAt: 0,
  wait: [],
  unverified: [],
  setbacks: 0,
};

/** A reader's apply waits for some more answers, so that most of what answers in rotation is registered. */
function looksNeeded({ role }: Endpoint): number {
  return role === 'writer' ? 1 : 5;
}

function isDone({ role }: Endpoint, progress: Progress): boolean {
  return failuresOf(progress).length === 0 && (role === 'reader' || progress.wait.length === 0);
}

function failuresOf(progress: Progress): string[] {
  if (progress.failure !== undefined) return [`${progress.failure}`];
  const invisible = progress.unverified.map(
    ({ action, target }) => `${action} ${target.address}:${target.port} has had no effect in the group`,
  );
  return [...unanswered(progress), ...invisible];
}

function unjudged({ failure, healthFailure }: Progress): string[] {
  return failure === undefined && healthFailure !== undefined ? [`${healthFailure}`] : [];
}

function pauseAfter(progress: Progress, { intervalMs }: Span, clock: Clock): number {
  const { setbacks, unverified, wait, describeAt, memory } = progress;
  if (setbacks > 0) {
    return Math.max(MIN_PAUSE_MS, clock.random() * Math.min(LONGEST_SETBACK_MS, MIN_PAUSE_MS * 2 ** setbacks));
  }
  if (unverified.length > 0) return 0;
  const now = clock.now();
  const appointments = [describeAt, ...wait.map(({ until }) => until)].filter((time) => time > now);
  return Math.max(MIN_PAUSE_MS, Math.min(Math.max(now + intervalMs, memory.repeatedUntil), ...appointments) - now);
}

const MIN_PAUSE_MS = 100;

/** Calls are rationed for the whole account, so the pauses after failed ones grow, and differ from run to run. */
const LONGEST_SETBACK_MS = 5000;
