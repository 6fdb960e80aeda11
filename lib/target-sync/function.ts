import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import type { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { AssetType, type IResolveContext, TerraformAsset, TerraformLocal, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { CODE_FILE } from '../assets';
import { aws } from '../terraform/aws';
import { Deferred } from '../tokens/deferred';
import { expressionOf, expressionToken } from '../tokens/expression';
import { isUnknown } from '../tokens/unresolved';
import { VARIABLES } from './contract';
import { configurationOf } from './following';
import type { Attachment } from './network';
import type { RoleParts } from './role';

interface FunctionParts extends RoleParts {
  readonly role: IamRole;
  readonly policy: IamRolePolicy;
  readonly attachment?: Attachment;
  /** The code's hash. */
  readonly code: string;
}

/** A run of 58 seconds, 15 for a last look in which everything times out, and room. */
const TIMEOUT_SECONDS = 80;

/** Seconds after which an event that waits for its run is of no use: another schedule has come since. */
const EVENT_AGE_SECONDS = 60;

/** All variables of a function's environment take 4 KB at most; this leaves room for the short ones. */
const LONGEST_CONFIGURATION = 3900;

/** The function itself. */
export function createFunction(scope: Construct, parts: FunctionParts): LambdaFunction {
  const { settings, logGroup, deadLetterQueue, role, policy, attachment, code, tags } = parts;
  const asset = new TerraformAsset(scope, 'Code', { path: CODE_FILE, type: AssetType.FILE });
  const packed = (context: IResolveContext) =>
    `\${base64gzip(jsonencode(${expressionOf(parts.followed().map(configurationOf), context)}))}`;
  const configuration = new TerraformLocal(scope, 'Configuration', new Deferred(packed));
  const lambda = new aws.LambdaFunction(scope, 'Function', {
    // Functions take no prefix; the role's name is made by Terraform, and unique.
    functionName: role.name,
    description: 'Keeps target groups of database endpoints in line with the names of their databases',
    runtime: 'nodejs22.x',
    architectures: ['arm64'],
    handler: 'index.handler',
    memorySize: 128,
    timeout: TIMEOUT_SECONDS,
    filename: asset.path,
    sourceCodeHash: code,
    role: role.arn,
    environment: {
      variables: {
        [VARIABLES.endpoints]: configuration.asString,
        ...variable(VARIABLES.runSeconds, settings.runSeconds),
        ...variable(VARIABLES.intervalSeconds, settings.intervalSeconds),
      },
    },
    kmsKeyArn: settings.kmsKeyArn,
    // Powertools writes JSON by itself, and metrics in lines of their own.
    loggingConfig: { logFormat: 'Text', logGroup: logGroup.name },
    deadLetterConfig: { targetArn: deadLetterQueue.arn },
    vpcConfig: attachment && { subnetIds: attachment.subnetIds, securityGroupIds: attachment.securityGroupIds },
    tags,
    // A function that runs without its permissions fails, and one in a VPC cannot even be made.
    dependsOn: [policy],
    lifecycle: {
      precondition: [
        {
          condition: expressionToken(
            (context) => `length(${expressionOf(configuration.fqn, context)}) <= ${LONGEST_CONFIGURATION}`,
          ),
          errorMessage: `${scope.node.path}: follows too many endpoints for the 4 KB of a function's environment. Give some of them a TargetSync of their own as sync, or move them to another stack. [SyncConfigurationTooLong]`,
        },
      ],
    },
  });
  new aws.LambdaFunctionEventInvokeConfig(scope, 'EventInvokeConfig', {
    functionName: lambda.functionName,
    maximumEventAgeInSeconds: EVENT_AGE_SECONDS,
    maximumRetryAttempts: 0,
  });
  return lambda;
}

function variable(name: string, value: number | undefined): { [name: string]: string } {
  return value === undefined ? {} : { [name]: isUnknown(value) ? Token.asString(value) : `${value}` };
}
