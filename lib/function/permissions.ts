/** A statement of an IAM policy. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: string } };
}

/** What belongs to a function; all values may be tokens. */
export interface Resources {
  readonly logGroupArn: string;
  readonly queueArn: string;
  readonly functionName: string;
  readonly kmsKeyArn?: string;
  readonly isAttached: boolean;
}

/** What the role of any function may do: what Lambda itself calls for it, and nothing else. */
export function functionPermissions(of: Resources): Statement[] {
  return [
    {
      // Without CreateLogGroup, a run that outlives the log group cannot recreate it.
      Sid: 'WriteLogs',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: `${of.logGroupArn}:*`,
    },
    { Sid: 'KeepFailedEvents', Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: of.queueArn },
    ...(of.kmsKeyArn === undefined ? [] : keyUse(of.kmsKeyArn, of)),
    ...(of.isAttached ? NETWORK_INTERFACES : []),
  ];
}

/**
 * A key that others share: the role may decrypt what is in its own queue and its own variables, and nothing else. The
 * services say in the encryption context whose it is.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
 */
function keyUse(keyArn: string, { queueArn, functionName }: Resources): Statement[] {
  return [
    {
      Sid: 'UseKeyForQueue',
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: keyArn,
      Condition: { StringEquals: { 'kms:EncryptionContext:aws:sqs:arn': queueArn } },
    },
    {
      // The function's ARN is not known before its role. The key belongs to one account and Region anyway.
      Sid: 'UseKeyForVariables',
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: keyArn,
      Condition: {
        StringLike: { 'kms:EncryptionContext:aws:lambda:FunctionArn': `arn:*:lambda:*:*:function:${functionName}` },
      },
    },
  ];
}

const ENI_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/**
 * Lambda attaches a function to its VPC with the function's own role, and requires these actions on everything. It does
 * not do so from within the function, so the function's code does not need them.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 * @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
const NETWORK_INTERFACES: readonly Statement[] = [
  { Sid: 'AttachToVpc', Effect: 'Allow', Action: ENI_ACTIONS, Resource: '*' },
  {
    Sid: 'AttachByLambdaOnly',
    Effect: 'Deny',
    Action: ENI_ACTIONS,
    Resource: '*',
    Condition: { Null: { 'lambda:SourceFunctionArn': 'false' } },
  },
];

/** Who may take the role. */
export const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
