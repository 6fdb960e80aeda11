import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import type { Construct } from 'constructs';
import { aws } from '../terraform/aws';
import { expressionOf, expressionToken } from '../tokens/expression';
import type { FunctionParts } from './function-definition';
import { functionPermissions, TRUST } from './permissions';

/** Where a function writes to. */
export interface Destinations {
  readonly logGroup: CloudwatchLogGroup;
  readonly deadLetterQueue: SqsQueue;
}

/** The function's role, with its only policy. */
export function createRole(
  scope: Construct,
  { definition, settings, tags }: FunctionParts,
  { logGroup, deadLetterQueue }: Destinations,
): { role: IamRole; policy: IamRolePolicy } {
  const role = new aws.IamRole(scope, 'Role', {
    namePrefix: definition.namePrefix,
    description: definition.description,
    assumeRolePolicy: JSON.stringify(TRUST),
    permissionsBoundary: settings.permissionsBoundaryArn,
    tags,
  });
  const statements = () => [
    ...definition.statements(),
    ...functionPermissions({
      logGroupArn: logGroup.arn,
      queueArn: deadLetterQueue.arn,
      // Functions have no name prefix, so the function has the name of its role.
      functionName: role.name,
      kmsKeyArn: settings.kmsKeyArn,
      isAttached: settings.subnetIds !== undefined,
    }),
  ];
  const policy = new aws.IamRolePolicy(scope, 'Policy', {
    namePrefix: definition.policyNamePrefix,
    role: role.name,
    policy: expressionToken(
      (context) => `jsonencode(${expressionOf({ Version: '2012-10-17', Statement: statements() }, context)})`,
    ),
  });
  return { role, policy };
}
