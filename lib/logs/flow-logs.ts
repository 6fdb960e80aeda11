/** A log group that is made for flow logs. */
export interface FlowLogGroupOptions {
  /**
   * Days for which CloudWatch Logs keeps the records, one of the periods that it supports.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
   * @default 365
   */
  readonly retentionDays?: number;

  /**
   * ARN of a customer managed key for the records. Its policy has to let CloudWatch Logs use it.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   * @default encryption with keys that CloudWatch Logs manages
   */
  readonly kmsKeyArn?: string;

  /**
   * ARN of the permissions boundary of the role that writes the records.
   *
   * @default no boundary
   */
  readonly permissionsBoundaryArn?: string;

  /**
   * Whether to save queries for the console of CloudWatch Logs Insights: who connected, who was refused, how much.
   *
   * @default true
   * @deciding
   */
  readonly savedQueries?: boolean;
}

/** Where flow logs go in a bucket that exists already. */
export interface FlowLogBucketOptions {
  /**
   * What the keys of the log files begin with, without a slash at either end and without `AWSLogs`, which AWS adds itself.
   *
   * @default keys begin with AWSLogs/
   */
  readonly prefix?: string;
}

/**
 * Where the records go.
 *
 * @internal
 */
export type FlowLogDestination =
  | { readonly kind: 'logGroup'; readonly options?: FlowLogGroupOptions }
  | { readonly kind: 'bucket'; readonly bucketArn: string; readonly options?: FlowLogBucketOptions };

/**
 * Flow logs of the network interfaces of a load balancer, and of nothing else in the VPC: who connected, who was refused by
 * the allowlist, and how much went through, whatever the protocol.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html
 */
export class FlowLogs {
  /**
   * Writes to a log group of CloudWatch Logs that is made for them, with a role that can write there and nowhere else.
   *
   * @param options how long records are kept, and their key.
   */
  public static toNewLogGroup(options?: FlowLogGroupOptions): FlowLogs {
    return new FlowLogs({ kind: 'logGroup', options });
  }

  /**
   * Writes to a bucket that exists already. Its policy has to let `delivery.logs.amazonaws.com` write there: see
   * docs/logs.md.
   *
   * @param bucketArn ARN of the bucket. May be a token.
   * @param options where in the bucket.
   */
  public static toBucket(bucketArn: string, options?: FlowLogBucketOptions): FlowLogs {
    return new FlowLogs({ kind: 'bucket', bucketArn, options });
  }

  /** @internal */
  public readonly _flowLogDestination: FlowLogDestination;

  private constructor(destination: FlowLogDestination) {
    this._flowLogDestination = destination;
  }
}
