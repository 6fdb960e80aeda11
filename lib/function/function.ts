import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import type { Construct } from 'constructs';
import { aws } from '../terraform/aws';
import { attach } from './attachment';
import { codeHash } from './code';
import type { FunctionParts } from './function-definition';
import { createLambda } from './lambda';
import { createRole } from './role';

/** A function and everything that belongs to it. */
export interface CreatedFunction {
  readonly lambdaFunction: LambdaFunction;
  readonly role: IamRole;
  readonly logGroup: CloudwatchLogGroup;
  readonly deadLetterQueue: SqsQueue;
  /** The group that was created for a function in a VPC. */
  readonly securityGroup?: SecurityGroup;
  readonly codeHash: string;
}

/** Days for which failed invocations are kept: as long as SQS can. */
const DEAD_LETTER_DAYS = 14;

/** Creates a function and everything that belongs to it. A scope can have one. */
export function createFunction(scope: Construct, parts: FunctionParts): CreatedFunction {
  const { definition, settings, tags } = parts;
  const { namePrefix, codeFile } = definition;
  const { kmsKeyArn, logRetentionDays = 365 } = settings;
  const code = codeHash(codeFile);
  const logGroup = new aws.CloudwatchLogGroup(scope, 'LogGroup', {
    namePrefix: `/aws/lambda/${namePrefix}`,
    retentionInDays: logRetentionDays,
    kmsKeyId: kmsKeyArn,
    tags,
  });
  const deadLetterQueue = new aws.SqsQueue(scope, 'DeadLetterQueue', {
    namePrefix,
    messageRetentionSeconds: DEAD_LETTER_DAYS * 24 * 60 * 60,
    ...(kmsKeyArn === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: kmsKeyArn }),
    tags,
  });
  const attachment = attach(scope, parts);
  const { role, policy } = createRole(scope, parts, { logGroup, deadLetterQueue });
  const uses = { logGroup, deadLetterQueue, role, policy, attachment, code };
  const lambdaFunction = createLambda(scope, parts, uses);
  const securityGroup = attachment?.securityGroup;
  return { lambdaFunction, role, logGroup, deadLetterQueue, securityGroup, codeHash: code };
}
