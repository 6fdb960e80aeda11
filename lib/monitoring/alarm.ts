import type {
  CloudwatchMetricAlarm,
  CloudwatchMetricAlarmConfig,
} from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import { aws } from '../terraform/aws';
import { expressionText, inOrder } from '../tokens/resolved-text';
import { isUnresolved, isUnresolvedList } from '../tokens/unresolved';
import type { ResolvedActions } from './alarm-actions';
import { alarmName, shortened } from './alarm-name';
import { dimensionsOf, type Subject } from './metrics';
import type { ResolvedAlarm } from './resolve-alarm';
import { runbookSection } from './runbook';

/** What an alarm is about. */
export interface AlarmSubject {
  /** What its name begins with, and its description names. */
  readonly path: string;
  /** A name that is unique in the account and Region. May be a token. */
  readonly unique: string;
  readonly dimensions: Subject;
  readonly tags: { [key: string]: string };
}

/** Makes one alarm. */
export function createAlarm(
  scope: Construct,
  id: string,
  alarm: ResolvedAlarm,
  { path, unique, dimensions, tags }: AlarmSubject,
): CloudwatchMetricAlarm {
  return new aws.CloudwatchMetricAlarm(scope, id, {
    alarmName: alarmName(path, alarm.title, unique),
    tags,
    ...changeable(scope, alarm, path, dimensions),
  });
}

/** What of an alarm may change after it was made. */
export function changeable(scope: Construct, alarm: ResolvedAlarm, path: string, dimensions: Subject) {
  const { meaning, section, runbookUrl, missingData, evaluationPeriods, datapointsToAlarm, actions } = alarm;
  return {
    alarmDescription: `${shortened(path)}: ${meaning} What to do: ${runbookSection(runbookUrl, section)}`,
    evaluationPeriods,
    datapointsToAlarm,
    treatMissingData: missingData,
    ...actionLists(scope, actions),
    ...comparison(alarm, dimensions),
  };
}

function comparison(
  { metric, threshold, comparison: operator, periodSeconds: period }: ResolvedAlarm,
  subject: Subject,
): Pick<
  CloudwatchMetricAlarmConfig,
  | 'comparisonOperator'
  | 'threshold'
  | 'thresholdMetricId'
  | 'metricQuery'
  | 'metricName'
  | 'namespace'
  | 'statistic'
  | 'period'
  | 'dimensions'
> {
  const { name: metricName, namespace, statistic } = metric;
  const dimensions = dimensionsOf(metric, subject);
  if (typeof threshold === 'number') {
    return { comparisonOperator: operator, threshold, metricName, namespace, statistic, period, dimensions };
  }
  const { standardDeviations: deviations } = threshold;
  return {
    comparisonOperator: 'GreaterThanUpperThreshold',
    thresholdMetricId: 'usual',
    metricQuery: [
      {
        id: 'usual',
        expression: `ANOMALY_DETECTION_BAND(counted, ${isUnresolved(deviations) ? Token.asString(deviations) : deviations})`,
        label: 'usual',
        returnData: true,
      },
      { id: 'counted', returnData: true, metric: { metricName, namespace, stat: statistic, period, dimensions } },
    ],
  };
}

// Their order does not matter, so it must not show.
function actionLists(scope: Construct, { alarm, ok, insufficientData }: ResolvedActions) {
  return {
    alarmActions: unlessNone(eachOnce(scope, alarm)),
    okActions: unlessNone(eachOnce(scope, ok)),
    insufficientDataActions: unlessNone(eachOnce(scope, insufficientData)),
  };
}

function unlessNone(arns: string[]): string[] | undefined {
  return arns.length === 0 ? undefined : arns;
}

/** The same action may be two tokens of one expression. */
export function eachOnce(scope: Construct, arns: readonly string[]): string[] {
  if (isUnresolvedList(arns)) return arns as string[];
  return inOrder(scope, [...new Map(arns.map((arn) => [expressionText(scope, arn), arn])).values()]);
}
