import { isUnresolved } from '../tokens/unresolved';
import type { Rule } from './rule';

/**
 * Periods in days for which CloudWatch Logs can keep logs.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** The rule about the retention of a log group, for that of one room. */
export function logRetentionRule<Input>(property: string, daysOf: (input: Input) => number | undefined): Rule<Input> {
  return {
    name: 'LogRetentionInvalid',
    because: 'CloudWatch Logs supports only certain retention periods.',
    see: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html',
    check: (input) => {
      const days = daysOf(input);
      return days === undefined || isUnresolved(days) || LOG_RETENTION_DAYS.includes(days)
        ? undefined
        : {
            property,
            value: days,
            reason: 'is not a retention period of CloudWatch Logs',
            remedy: `Write one of ${LOG_RETENTION_DAYS.join(', ')}.`,
          };
    },
  };
}
