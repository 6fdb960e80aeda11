import type { Metric } from './metrics';

/** Whether an alarm wakes somebody, or waits for the morning. */
export type Urgency = 'page' | 'ticket';

/** How an alarm compares with its threshold, in the words of CloudWatch. */
export type Comparison = 'GreaterThanOrEqualToThreshold' | 'GreaterThanThreshold' | 'LessThanThreshold';

/** What an alarm takes missing data for, in the words of CloudWatch. */
export type MissingData = 'breaching' | 'notBreaching' | 'ignore' | 'missing';

/** When an alarm goes off. */
export interface AlarmTiming {
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
}

/** One alarm, as data. */
export interface AlarmDefinition extends AlarmTiming {
  /** Id of the construct, from which the address of the resource derives. */
  readonly id: string;
  /** What its name says, in lower case. */
  readonly title: string;
  /** First sentence of its description. */
  readonly meaning: string;
  /** The section of the runbook about it. */
  readonly section: string;
  readonly urgency: Urgency;
  readonly metric: Metric;
  readonly comparison: Comparison;
  /** A number, or a band of so many standard deviations around what CloudWatch has learned to expect. */
  readonly threshold: number | { readonly standardDeviations: number };
  readonly missingData: MissingData;
  /** Why the numbers are what they are, for the documentation. */
  readonly because: string;
}
