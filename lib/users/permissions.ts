import type { Statement } from '../function/permissions';

/** Secrets that the function uses; all values may be tokens. */
export interface UsedSecrets {
  readonly adminArn: string;
  readonly adminKeyArn?: string;
  /** The user's own; none where IAM signs its tokens. */
  readonly ownArn?: string;
  readonly ownKeyArn?: string;
  readonly rotates: boolean;
}

/**
 * What the program calls, and nothing else.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html
 */
export function permissions({ adminArn, adminKeyArn, ownArn, ownKeyArn, rotates }: UsedSecrets): Statement[] {
  return [
    { Sid: 'ReadAdmin', Effect: 'Allow', Action: ['secretsmanager:GetSecretValue'], Resource: adminArn },
    ...keyUse('DecryptAdmin', adminKeyArn, adminArn, ['kms:Decrypt']),
    ...(ownArn === undefined
      ? []
      : [
          {
            Sid: 'KeepPassword',
            Effect: 'Allow' as const,
            Action: [
              'secretsmanager:GetSecretValue',
              'secretsmanager:PutSecretValue',
              'secretsmanager:UpdateSecretVersionStage',
              // Each step of a rotation asks first whether it is still due.
              ...(rotates ? ['secretsmanager:DescribeSecret'] : []),
            ],
            Resource: ownArn,
          },
          ...keyUse('EncryptPassword', ownKeyArn, ownArn, ['kms:Decrypt', 'kms:GenerateDataKey']),
        ]),
  ];
}

/**
 * A key that others share: it is used for this secret only. Secrets Manager says in the encryption context for which.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
function keyUse(Sid: string, key: string | undefined, secret: string, Action: readonly string[]): Statement[] {
  if (key === undefined) return [];
  const Condition = { StringEquals: { 'kms:EncryptionContext:SecretARN': secret } };
  return [{ Sid, Effect: 'Allow', Action, Resource: key, Condition }];
}
