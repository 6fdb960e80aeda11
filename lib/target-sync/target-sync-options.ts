/**
 * How the function runs that keeps a target group in line with a name.
 *
 * Endpoints of one stack and VPC share one function, and must agree on its settings.
 */
export interface TargetSyncOptions {
  /**
   * Whether the endpoint has a function of its own: for other settings than those of its neighbours, or so that
   * nothing but this endpoint's configuration ever changes it.
   *
   * @default false, one function for all endpoints of the stack and VPC
   */
  readonly dedicated?: boolean;

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
   * Days for which logs are kept, one of the periods that CloudWatch Logs knows.
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
   * @default keys of AWS
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
}
