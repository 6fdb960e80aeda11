import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import type { Construct } from 'constructs';
import { aws } from '../terraform/aws';
import { expressionOf, expressionToken } from '../tokens/expression';
import type { Following } from './following';
import { permissions, TRUST } from './permissions';
import type { TargetSyncProps } from './target-sync-props';

/** What the role is for. */
export interface RoleParts {
  readonly settings: TargetSyncProps;
  readonly logGroup: CloudwatchLogGroup;
  readonly deadLetterQueue: SqsQueue;
  readonly followed: () => readonly Following[];
  readonly tags: { [key: string]: string };
}

/** The function's role, with its only policy. */
export function createRole(scope: Construct, parts: RoleParts): { role: IamRole; policy: IamRolePolicy } {
  const { settings, logGroup, deadLetterQueue, followed, tags } = parts;
  const role = new aws.IamRole(scope, 'Role', {
    namePrefix: 'database-endpoint-sync-',
    description: 'Keeps target groups of database endpoints in line with the names of their databases',
    assumeRolePolicy: JSON.stringify(TRUST),
    permissionsBoundary: settings.permissionsBoundaryArn,
    tags,
  });
  const statements = () =>
    permissions({
      targetGroupArns: followed().map(({ targetGroupArn }) => targetGroupArn),
      logGroupArn: logGroup.arn,
      queueArn: deadLetterQueue.arn,
      // Functions take no prefix, so the function has the name of its role.
      functionName: role.name,
      kmsKeyArn: settings.kmsKeyArn,
      isAttached: settings.subnetIds !== undefined,
    });
  const policy = new aws.IamRolePolicy(scope, 'Policy', {
    namePrefix: 'target-sync-',
    role: role.name,
    policy: expressionToken(
      (context) => `jsonencode(${expressionOf({ Version: '2012-10-17', Statement: statements() }, context)})`,
    ),
  });
  return { role, policy };
}
