import type { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { NAMESPACE } from '../../lib/function/metrics';
import { METRICS, SERVICE } from '../../lib/target-sync/metrics';
import type { GroupPart } from '../../lib/targets/group-parts';
import type { Answer } from './answer';
import type { Ailment, Recovery } from './health';
import type { Delay, Step } from './plan';
import type { Change, Progress } from './progress';
import type { Target } from './target';
import { isThrottling } from './target-groups';

/** What happened to one endpoint in one run, for logs and metrics. */
export interface Report {
  answered(answers: ReadonlyMap<string, Answer>): void;
  acts(action: Change['action'], steps: readonly Step[]): void;
  /** The group shows what was done. */
  changed(changes: readonly Change[], now: number): void;
  /** The group was looked at. */
  saw(observed: readonly Target[]): void;
  /** Targets have become healthy. */
  recovered(recoveries: readonly Recovery[]): void;
  waits(delays: readonly Delay[]): void;
  failed(failure: unknown): void;
  ended(progress: Progress, failures: readonly string[], ailing?: readonly Ailment[]): void;
  /** Writes the metrics so far: what is not written is lost when the process is killed. */
  flush(): void;
}

/** Reports as structured logs and, through the same log, as CloudWatch metrics with the dimension `endpoint`. */
export function reportOn(endpoint: string, logger: Logger, part: GroupPart = 'active'): Report {
  const metrics = new Metrics({ namespace: NAMESPACE, serviceName: SERVICE, defaultDimensions: { endpoint } });
  const log = logger.createChild({
    persistentKeys: part === 'active' ? { endpoint } : { endpoint, targetGroup: part },
  });
  const count = (name: keyof typeof METRICS, value = 1) => metrics.addMetric(name, METRICS[name], value);
  const isNews = rememberLast();
  // Powertools warns when there is nothing to write, which is the rule here.
  const flush = () => {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  };

  return {
    answered: (answers) => {
      for (const [name, answer] of answers) {
        if (answer.kind === 'empty') count('EmptyAnswers');
        if (answer.kind === 'failed') count('FailedLookups');
        const { addresses, reason } = { addresses: undefined, reason: undefined, ...answer };
        if (!isNews(name, [answer.kind, addresses, reason])) continue;
        if (answer.kind === 'addresses') log.info('The name answers', { name, addresses });
        else log.warn('The name has no usable answer; its targets are kept', { name, answer: answer.kind, reason });
      }
    },
    acts: (action, steps) => log.info(`Going to ${action} targets`, { targets: steps.map(shown) }),
    changed: (changes, now) => {
      for (const change of changes) {
        const seconds = (now - change.since) / 1000;
        const [counted, timed] = CHANGES[change.action];
        count(counted);
        count(timed, seconds);
        log.info(`The target is ${change.action}ed`, { target: shown(change), seconds });
      }
    },
    saw: (observed) => {
      // What is healthy is said at the end; a run in which all is well has one line.
      const ailing = observed.filter(({ state }) => state !== 'healthy').map(stated);
      if (isNews('targets', ailing) && ailing.length > 0) log.info('Not healthy yet, or no longer healthy', { ailing });
    },
    recovered: (recoveries) => {
      for (const { address, port, seconds } of recoveries) {
        count('SecondsUntilHealthy', seconds);
        log.info('The target is healthy', { target: { address, port }, seconds });
      }
    },
    waits: (delays) => {
      if (
        isNews(
          'wait',
          delays.map(({ target }) => target),
        ) &&
        delays.length > 0
      ) {
        log.info('Waiting', { targets: delays.map((delay) => ({ ...shown(delay), until: new Date(delay.until) })) });
      }
    },
    failed: (failure) => {
      count(isThrottling(failure) ? 'ThrottledCalls' : 'FailedLooks');
      log.warn('A look broke off', failure instanceof Error ? failure : new Error(String(failure)));
    },
    ended: (progress, failures, ailing = []) => {
      const isUnanswered = [...progress.answers.values()].some(({ kind }) => kind !== 'addresses');
      if (isUnanswered) count('RunsUnanswered');
      if (failures.length > 0) count('RunsFailed');
      for (const [kind, name] of AILING) {
        const found = ailing.filter((each) => each.kind === kind).length;
        if (found > 0) count(name, found);
      }
      const registered = progress.observed.map(stated);
      if (failures.length > 0) log.error('The run failed', { failures, registered });
      else log.info('The run is over', { registered });
      flush();
    },
    flush,
  };
}

const CHANGES = {
  register: ['TargetsRegistered', 'SecondsToRegister'],
  deregister: ['TargetsDeregistered', 'SecondsToDeregister'],
} as const;

const AILING = [
  ['unused', 'TargetsUnused'],
  ['unhealthy', 'TargetsUnhealthy'],
] as const;

function stated({ address, state, reason }: Target): string {
  return reason === undefined ? `${address} ${state}` : `${address} ${state} (${reason})`;
}

function shown({ target: { address, port, zone }, because }: Step) {
  return { address, port, zone, because };
}

/** Logs once that something differs from what was logged about it before. */
function rememberLast(): (subject: string, value: unknown) => boolean {
  const last = new Map<string, string>();
  return (subject, value) => {
    const text = JSON.stringify(value);
    if (last.get(subject) === text) return false;
    last.set(subject, text);
    return true;
  };
}
