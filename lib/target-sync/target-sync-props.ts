import type { TerraformProvider } from 'cdktf';

/** How the function runs that keeps target groups in line with names. */
export interface TargetSyncProps {
  /** The VPC of the endpoints whose names are followed, and of the function where it is attached to one. May be a token. */
  readonly vpcId: string;

  /**
   * Subnets to attach the function to, for names that exist only inside the VPC. They must be private ones with a
   * route to a NAT gateway, or the VPC must have an interface endpoint for `elasticloadbalancing`, which there is not in
   * the Regions of China: a function in a public subnet gets no public address. Tokens and a token list work.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
   * @default the function is not attached to a VPC
   */
  readonly subnetIds?: string[];

  /**
   * Security groups of the attached function instead of one that is made for it. They must let out HTTPS, and DNS to
   * servers other than the VPC's own.
   *
   * @default a group that lets out HTTPS, and DNS to the VPC and to the `dnsServers`
   */
  readonly securityGroupIds?: string[];

  /**
   * Seconds of each minute during which names are followed, 1 to 58. Fewer cost less and notice a change later.
   *
   * @default 58
   */
  readonly runSeconds?: number;

  /**
   * Seconds between two questions to DNS, 1 to 60, where the TTL of the answer is not longer anyway.
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
   * @default keys that AWS owns
   */
  readonly kmsKeyArn?: string;

  /**
   * ARN of the policy that bounds the permissions of the function's role, where the organization asks for one.
   *
   * @default none
   */
  readonly permissionsBoundaryArn?: string;

  /**
   * Tags of the function and everything that belongs to it, beside those of its endpoints. A function that several
   * endpoints share has those tags that all of them have with the same value; what it must carry besides, such as a
   * cost center where endpoints differ, is written here and wins.
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
