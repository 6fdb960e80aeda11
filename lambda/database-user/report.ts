import type { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { NAMESPACE } from '../../lib/function/metrics';
import type { UserDescription } from '../../lib/users/description';
import { METRICS, SERVICE } from '../../lib/users/metrics';

/**
 * Does a task and sends what came of it as CloudWatch metrics with the dimension `user`. A function that is stopped at
 * its timeout sends nothing: its own metric `Errors` counts that.
 */
export async function measured<T extends object>(user: string, task: () => Promise<T>): Promise<T> {
  const metrics = new Metrics({ namespace: NAMESPACE, serviceName: SERVICE, defaultDimensions: { user } });
  const count = (name: keyof typeof METRICS, value: number) => metrics.addMetric(name, METRICS[name], value);
  try {
    const answer = await task();
    if (isDescription(answer)) count('UserDifferences', differencesIn(answer));
    count('UserDescribesFailed', 0);
    return answer;
  } catch (error) {
    count('UserDescribesFailed', 1);
    throw error;
  } finally {
    metrics.publishStoredMetrics();
  }
}

/** An event of CloudWatch holds 256 KB. */
const LOGGED = 100;

/** Logs a task's answer; of a description, which may be long, only what differs. */
export function logAnswer(logger: Logger, answer: object): void {
  if (!isDescription(answer)) {
    logger.info('The task is done', { ...answer });
    return;
  }
  const { user, differences } = answer;
  const count = differencesIn(answer);
  if (count === 0) logger.info('The user is as it is declared', { user });
  else logger.warn('The user is not as it is declared', { user, count, differences: differences.slice(0, LOGGED) });
}

function differencesIn({ differences, leftOut }: UserDescription): number {
  return differences.length + (leftOut?.differences ?? 0);
}

function isDescription(answer: object): answer is UserDescription {
  return 'differences' in answer;
}
