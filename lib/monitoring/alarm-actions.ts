/** What CloudWatch does when an alarm changes its state. Each list takes up to five ARNs, which may be tokens. */
export interface AlarmActions {
  /**
   * What happens when the alarm goes off: ARNs of SNS topics, of Lambda functions, or of whatever else an alarm can
   * start. The topic must be in the Region of the endpoint, and its policy and KMS key must admit CloudWatch
   * (`cloudwatch.amazonaws.com`).
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
   */
  readonly alarm: string[];

  /**
   * What happens when it is over.
   *
   * @default the same as in `alarm`, so that whoever was woken learns of it
   */
  readonly ok?: string[];

  /**
   * What happens when there is no data to decide from.
   *
   * @default nothing: where missing data means trouble, the alarm goes off
   */
  readonly insufficientData?: string[];
}

/** Every action that is written out. */
export interface ResolvedActions {
  readonly alarm: readonly string[];
  readonly ok: readonly string[];
  readonly insufficientData: readonly string[];
}

/** @internal */
export function resolveActions({ alarm, ok = alarm, insufficientData = [] }: AlarmActions): ResolvedActions {
  return { alarm, ok, insufficientData };
}
