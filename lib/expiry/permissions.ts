import type { Statement } from '../function/permissions';

/** What revocations act on; all values may be tokens. */
export interface RevocationResources {
  readonly securityGroupArns: readonly string[];
  readonly queueArn: string;
  readonly kmsKeyArn?: string;
}

/** What the role of the schedules may do: revoke in the load balancer's own groups, and keep what failed. */
export function revocationPermissions({ securityGroupArns, queueArn, kmsKeyArn }: RevocationResources): Statement[] {
  return [
    {
      // EC2 authorizes it for groups, not for single rules.
      // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
      Sid: 'RevokeExpiredRules',
      Effect: 'Allow',
      Action: ['ec2:RevokeSecurityGroupIngress'],
      Resource: securityGroupArns,
    },
    { Sid: 'KeepFailedRevocations', Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: queueArn },
    ...(kmsKeyArn === undefined
      ? []
      : [
          {
            Sid: 'UseKeyForQueue',
            Effect: 'Allow' as const,
            Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
            Resource: kmsKeyArn,
            Condition: { StringEquals: { 'kms:EncryptionContext:aws:sqs:arn': queueArn } },
          },
        ]),
  ];
}

/**
 * Who may take the role: EventBridge Scheduler, for the schedules of one group.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 */
export function trustFor({
  account,
  scheduleGroupArn,
}: {
  readonly account: string;
  readonly scheduleGroupArn: string;
}) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'scheduler.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': account, 'aws:SourceArn': scheduleGroupArn } },
      },
    ],
  };
}
