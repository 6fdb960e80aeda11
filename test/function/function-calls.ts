import type { Resources } from '../../lib/function/permissions';
import { type Call, FUNCTION_ARN } from '../support/iam-simulator';

const LOGS = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/database-endpoint-sync-1';
const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:database-endpoint-sync-1';
const KEY = 'arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';
const ENI = 'arn:aws:ec2:us-east-1:123456789012:network-interface/eni-0a';

const PLAIN: Resources = {
  logGroupArn: LOGS,
  queueArn: QUEUE,
  functionName: 'database-endpoint-sync',
  isAttached: false,
};
export const ATTACHED: Resources = { ...PLAIN, isAttached: true };
/** A function that has everything that a function can have. */
export const FULL: Resources = { ...ATTACHED, kmsKeyArn: KEY };

const OF_QUEUE = { 'aws:sqs:arn': QUEUE };
const OF_VARIABLES = { 'aws:lambda:FunctionArn': FUNCTION_ARN };

const OF_LAMBDA: readonly Call[] = [
  ...['CreateLogStream', 'PutLogEvents'].map((name) => ({
    action: `logs:${name}`,
    resource: `${LOGS}:log-stream:2026/01/01/[$LATEST]0`,
  })),
  { action: 'sqs:SendMessage', resource: QUEUE, isOfLambda: true },
];
const WITH_A_KEY: readonly Call[] = [
  { action: 'kms:Decrypt', resource: KEY, isOfLambda: true, encryptionContext: OF_QUEUE },
  { action: 'kms:GenerateDataKey', resource: KEY, isOfLambda: true, encryptionContext: OF_QUEUE },
  { action: 'kms:Decrypt', resource: KEY, isOfLambda: true, encryptionContext: OF_VARIABLES },
];
export const TO_ATTACH: readonly Call[] = [
  ...['CreateNetworkInterface', 'DeleteNetworkInterface', 'AssignPrivateIpAddresses', 'UnassignPrivateIpAddresses'].map(
    (name) => ({ action: `ec2:${name}`, resource: ENI, isOfLambda: true }),
  ),
  ...['DescribeNetworkInterfaces', 'DescribeSubnets'].map((name) => ({
    action: `ec2:${name}`,
    resource: '*',
    isOfLambda: true,
  })),
];

/** Functions, and what is called for each of them. */
export const FUNCTIONS: readonly (readonly [string, Resources, readonly Call[]])[] = [
  ['a function outside of a VPC', PLAIN, OF_LAMBDA],
  ['a function with a key', { ...PLAIN, kmsKeyArn: KEY }, [...OF_LAMBDA, ...WITH_A_KEY]],
  ['a function in a VPC', ATTACHED, [...OF_LAMBDA, ...TO_ATTACH]],
  ['a function in a VPC with a key', FULL, [...OF_LAMBDA, ...TO_ATTACH, ...WITH_A_KEY]],
];

/** What no function is let do by what every function may do. */
export const FORBIDDEN: readonly Call[] = [
  { action: 'logs:CreateLogGroup', resource: `${LOGS}:*` },
  { action: 'logs:PutLogEvents', resource: `${LOGS}-of-another:log-stream:x` },
  { action: 'logs:DeleteLogStream', resource: `${LOGS}:log-stream:x` },
  { action: 'sqs:ReceiveMessage', resource: QUEUE },
  { action: 'sqs:SendMessage', resource: `${QUEUE}-of-another` },
  { action: 'kms:Encrypt', resource: KEY, encryptionContext: OF_QUEUE },
  { action: 'kms:Decrypt', resource: KEY },
  { action: 'kms:GenerateDataKey', resource: KEY },
  { action: 'kms:GenerateDataKey', resource: KEY, encryptionContext: OF_VARIABLES },
  { action: 'kms:Decrypt', resource: KEY, encryptionContext: { 'aws:sqs:arn': `${QUEUE}-of-another` } },
  { action: 'kms:Decrypt', resource: KEY, encryptionContext: { 'aws:lambda:FunctionArn': `${FUNCTION_ARN}-2` } },
  { action: 'kms:Decrypt', resource: KEY, encryptionContext: { SecretARN: 'arn:aws:secretsmanager:x' } },
  { action: 'kms:Decrypt', resource: `${KEY}0`, encryptionContext: OF_QUEUE },
  { action: 'ec2:CreateNetworkInterface', resource: ENI },
  { action: 'ec2:DescribeSubnets', resource: '*' },
  { action: 'ec2:DescribeInstances', resource: '*', isOfLambda: true },
  { action: 'rds:DescribeDBInstances', resource: 'arn:aws:rds:us-east-1:123456789012:db:orders' },
  { action: 'iam:PassRole', resource: 'arn:aws:iam::123456789012:role/admin' },
];
