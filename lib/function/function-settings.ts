/** What users may set of a function, whatever it does. Values may be tokens. */
export interface FunctionSettings {
  /** The VPC of the security group that is created for the function. */
  readonly vpcId: string;
  /** Subnets to attach the function to. Without them, it is not attached to a VPC. */
  readonly subnetIds?: readonly string[];
  /** Security groups in place of the one that is created. */
  readonly securityGroupIds?: readonly string[];
  /** @default 365 */
  readonly logRetentionDays?: number;
  /** ARN of the key for the logs, the dead-letter queue and the environment. @default AWS owned keys */
  readonly kmsKeyArn?: string;
  readonly permissionsBoundaryArn?: string;
}
