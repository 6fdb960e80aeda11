import type { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import type { Construct } from 'constructs';
import { aws } from '../terraform/aws';
import type { UserSettings } from './user-settings';

/**
 * The secret, which Terraform makes and deletes. Its versions are the function's, so that no password is ever in a plan
 * or a state.
 */
export function createSecret(
  scope: Construct,
  { props: { secret = {} } }: UserSettings,
  tags: { [key: string]: string },
): SecretsmanagerSecret {
  const { name, kmsKeyArn, resourcePolicy, recoveryWindowDays } = secret;
  const created = new aws.SecretsmanagerSecret(scope, 'Secret', {
    ...(name === undefined ? { namePrefix: 'database-endpoint-user-' } : { name }),
    description: 'A login of a database behind an endpoint',
    kmsKeyId: kmsKeyArn,
    recoveryWindowInDays: recoveryWindowDays,
    tags,
  });
  if (resourcePolicy !== undefined) {
    new aws.SecretsmanagerSecretPolicy(scope, 'SecretPolicy', {
      secretArn: created.arn,
      policy: resourcePolicy,
      blockPublicPolicy: true,
    });
  }
  return created;
}
