import type { Block } from './synthesis';

/** The states of an alarm. */
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** What of an alarm decides its state. */
export interface EvaluatedAlarm {
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly missingData: 'breaching' | 'notBreaching' | 'ignore' | 'missing';
  readonly statistic: string;
  readonly isBreaching: (value: number, before: readonly number[]) => boolean;
}

/** Values as they were measured; undefined where nothing was sent. */
export interface Samples {
  readonly everySeconds: number;
  readonly values: readonly (number | undefined)[];
}

/**
 * Data points that CloudWatch retrieves on top of the evaluation periods. AWS's examples have two for three periods; how
 * many others have is not published.
 */
const EXTRA = 2;

/**
 * The state that an alarm takes, from its data points, the oldest first: the most recent that CloudWatch retrieved.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function alarmState(
  range: readonly ('breaching' | 'good' | undefined)[],
  {
    evaluationPeriods,
    datapointsToAlarm,
    missingData,
  }: Omit<EvaluatedAlarm, 'isBreaching' | 'statistic' | 'periodSeconds'>,
  before: AlarmState,
): AlarmState {
  const real = range.filter((point) => point !== undefined);
  // Enough of them: what is missing does not matter, and those further back do.
  if (real.length >= evaluationPeriods) {
    return breachingIn(real.slice(-evaluationPeriods)) >= datapointsToAlarm ? 'ALARM' : 'OK';
  }
  const filled = evaluationPeriods - real.length;
  const breaching = breachingIn(real);
  if (missingData === 'breaching') return breaching + filled >= datapointsToAlarm ? 'ALARM' : 'OK';
  if (missingData === 'notBreaching' || breaching >= datapointsToAlarm) {
    return breaching >= datapointsToAlarm ? 'ALARM' : 'OK';
  }
  if (breaching < real.length) return 'OK';
  if (missingData === 'ignore') return before;
  // An alarm does not wait for data that may never come, if it has been bad for long enough.
  const age = range.length - range.indexOf('breaching');
  return breaching > 0 && age >= datapointsToAlarm ? 'ALARM' : 'INSUFFICIENT_DATA';
}

/** The state after each period. */
export function statesOver(alarm: EvaluatedAlarm, samples: Samples, start: AlarmState = 'OK'): AlarmState[] {
  const points = pointsOf(alarm, samples);
  const states: AlarmState[] = [];
  for (let end = 1; end <= points.length; end++) {
    const range = points.slice(Math.max(0, end - alarm.evaluationPeriods - EXTRA), end);
    states.push(alarmState(range, alarm, states.at(-1) ?? start));
  }
  return states;
}

/** What each period comes to. What was unusual is not learned from. */
function pointsOf(alarm: EvaluatedAlarm, samples: Samples): ('breaching' | 'good' | undefined)[] {
  const learned: number[] = [];
  return dataPoints(alarm, samples).map((value) => {
    if (value === undefined) return undefined;
    if (alarm.isBreaching(value, learned)) return 'breaching';
    learned.push(value);
    return 'good';
  });
}

/** An alarm as Terraform is told to make it. */
export function evaluated(block: Block): EvaluatedAlarm {
  const query = block['metric_query'] as { readonly metric?: Block; readonly expression?: string }[] | undefined;
  const metric = query?.find((each) => each.metric)?.metric;
  const deviations = Number(/ANOMALY_DETECTION_BAND\(\w+, ([\d.]+)\)/.exec(query?.[0].expression ?? '')?.[1]);
  const threshold = Number(block['threshold']);
  return {
    periodSeconds: Number(metric?.['period'] ?? block['period']),
    evaluationPeriods: Number(block['evaluation_periods']),
    datapointsToAlarm: Number(block['datapoints_to_alarm']),
    missingData: block['treat_missing_data'] as EvaluatedAlarm['missingData'],
    statistic: String(metric?.['stat'] ?? block['statistic']),
    isBreaching: {
      LessThanThreshold: (value: number) => value < threshold,
      GreaterThanThreshold: (value: number) => value > threshold,
      GreaterThanOrEqualToThreshold: (value: number) => value >= threshold,
      GreaterThanUpperThreshold: (value: number, before: readonly number[]) => value > usual(before, deviations),
    }[String(block['comparison_operator'])]!,
  };
}

/** How CloudWatch learns is not published: this is a band around the mean of what was before. Without any, nothing is too much. */
function usual(before: readonly number[], deviations: number): number {
  if (before.length < 3) return Number.POSITIVE_INFINITY;
  const mean = before.reduce((sum, value) => sum + value, 0) / before.length;
  const variance = before.reduce((sum, value) => sum + (value - mean) ** 2, 0) / before.length;
  return mean + deviations * Math.sqrt(variance);
}

function dataPoints({ periodSeconds, statistic }: EvaluatedAlarm, { everySeconds, values }: Samples) {
  const size = Math.max(1, periodSeconds / everySeconds);
  return Array.from({ length: Math.floor(values.length / size) }, (_, i) => {
    const sent = values.slice(i * size, (i + 1) * size).filter((value): value is number => value !== undefined);
    return sent.length === 0 ? undefined : STATISTICS[statistic](sent);
  });
}

const STATISTICS: { readonly [statistic: string]: (values: readonly number[]) => number } = {
  Maximum: (values) => Math.max(...values),
  Minimum: (values) => Math.min(...values),
  Sum: (values) => values.reduce((sum, value) => sum + value, 0),
};

function breachingIn(points: readonly (string | undefined)[]): number {
  return points.filter((point) => point === 'breaching').length;
}
