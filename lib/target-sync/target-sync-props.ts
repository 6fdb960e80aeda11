import type { TerraformProvider } from 'cdktf';

/** Properties of the function that keeps target groups in sync with DNS names. */
export interface TargetSyncProps {
  /** The VPC of the endpoints whose names are followed, and of the function if it is in a VPC. May be a token. */
  readonly vpcId: string;

  /**
   * Subnets to attach the function to, for names that resolve only inside the VPC. They must be private subnets with a
   * route to a NAT gateway, or the VPC must have an interface endpoint for `elasticloadbalancing`, which is not
   * available in the China Regions: a function in a public subnet gets no public address. Tokens and a token list work.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
   * @default the function is not attached to a VPC
   */
  readonly subnetIds?: string[];

  /**
   * Security groups for a function in a VPC, instead of one that is created for it. They must allow egress for HTTPS,
   * and for DNS to servers other than the VPC's own.
   *
   * @default a group that allows egress for HTTPS, and for DNS to the VPC and to the `dnsServers`
   */
  readonly securityGroupIds?: string[];

  /**
   * Seconds of each minute during which names are followed, 1 to 58. Fewer seconds cost less, but changes are noticed
   * later.
   *
   * @default 58
   */
  readonly runSeconds?: number;

  /**
   * Minimum seconds between two DNS queries, 1 to 60; a longer TTL of the answer takes precedence.
   *
   * @default 1
   */
  readonly intervalSeconds?: number;

  /**
   * Days for which logs are kept, one of the periods that CloudWatch Logs supports.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
   * @default 365, the least that Checkov's CKV_AWS_338 accepts; a year of one endpoint is about 0.9 GB
   */
  readonly logRetentionDays?: number;

  /**
   * ARN of a KMS key for the logs, the dead-letter queue and the function's environment. Its policy must let
   * CloudWatch Logs of the Region use it.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   * @default AWS owned keys
   */
  readonly kmsKeyArn?: string;

  /**
   * ARN of the permissions boundary of the function's role, if the organization requires one.
   *
   * @default none
   */
  readonly permissionsBoundaryArn?: string;

  /**
   * Tags of the function and everything that belongs to it, in addition to those of its endpoints. A function that
   * several endpoints share gets the tags that all of them have with the same value; set other required tags here, such
   * as a cost center in which endpoints differ. They take precedence.
   *
   * @default `Name`, the construct's path, and the tags of the endpoint, or those that all of its endpoints share
   */
  readonly tags?: { [key: string]: string };

  /**
   * Provider of the function and everything that belongs to it: that of its endpoints.
   *
   * @default the default provider of the stack
   */
  readonly provider?: TerraformProvider;

  /**
   * Names of warnings that have been read and accepted, such as `SyncNeedsWayOut`. They are not shown again.
   *
   * @default every warning is shown at each synthesis
   */
  readonly acknowledge?: string[];
}
