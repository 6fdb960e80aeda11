import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { Lb } from '@cdktf/provider-aws/lib/lb';
import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import type { IConstruct } from 'constructs';
import type { ExposedPrivateLink } from '../exposure/exposure';
import type { LoadBalancerAttributes } from './load-balancer-attributes';

/** The load balancer in front of an endpoint: one of its own, or an `EndpointLoadBalancer` that it shares with others. */
export interface IEndpointLoadBalancer extends IConstruct {
  /** Its DNS name, to which records of your own must point. */
  readonly dnsName: string;

  /**
   * The ids of its security groups, in the order in which they are attached. The first one always exists, and is the one
   * that the database's own security group should admit.
   */
  readonly securityGroupIds: string[];

  /**
   * Its IPv4 addresses in the order of `subnetIds`, where `addresses` gives it some that never change; none where AWS
   * assigns them. Who writes subnets in the order of their zones has the addresses in that order.
   */
  readonly ipAddresses: string[];

  /**
   * The load balancer itself.
   *
   * Throws an error where it was not made by this app.
   */
  readonly resource: Lb;

  /** The security groups themselves; none where the load balancer was not made by this app. */
  readonly securityGroups: SecurityGroup[];

  /** The bucket that `AccessLogs.toNewBucket` made. */
  readonly accessLogBucket?: S3Bucket;

  /** The log group that `FlowLogs.toNewLogGroup` made. */
  readonly flowLogGroup?: CloudwatchLogGroup;

  /**
   * Where revocations are kept that failed on the last day of an allowlist entry; undefined where no entry of an allowlist
   * expires so far. Whoever wants to know sets an alarm on its metric `ApproximateNumberOfMessagesVisible`.
   */
  readonly expiryDeadLetterQueue?: SqsQueue;

  /** @internal */
  readonly _attributes: LoadBalancerAttributes;

  /**
   * How it is shared over PrivateLink, if it is.
   *
   * @internal
   */
  readonly _privateLink?: ExposedPrivateLink;
}
