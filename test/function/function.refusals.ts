import type { FunctionSettings } from '../../lib/function/function-settings';
import type { ExpectedProblem } from '../support/mistake';

/** One row of the table of what the settings of any function are refused with. */
export interface FunctionMistake {
  readonly rule: string;
  readonly where: string;
  readonly props: Partial<FunctionSettings>;
  readonly problem: ExpectedProblem;
}

function refused(
  rule: string,
  where: string,
  props: Partial<FunctionSettings>,
  problem: ExpectedProblem,
): FunctionMistake {
  return { rule, where, props, problem };
}

const attached = { subnetIds: ['subnet-0e'] };

/** What the settings of any function are refused with. */
export const FUNCTION_REFUSALS: readonly FunctionMistake[] = [
  refused(
    'VpcIdInvalid',
    'it has the id of something else',
    { vpcId: 'subnet-0a' },
    { property: 'vpcId', value: 'subnet-0a', reason: /not the id of a VPC/, remedy: /vpc-0123456789abcdef0/ },
  ),
  refused(
    'SubnetIdInvalid',
    'the function is attached to a VPC',
    { subnetIds: ['subnet-0e', 'vpc-0a'] },
    {
      property: 'subnetIds[1]',
      value: 'vpc-0a',
      reason: /not the id of a subnet/,
      remedy: /subnet-0123456789abcdef0/,
    },
  ),
  refused(
    'FunctionSubnetsMissing',
    'it is attached to no subnet',
    { subnetIds: [] },
    {
      property: 'subnetIds',
      value: [],
      reason: /names no subnet/,
      remedy: /private subnets/,
    },
  ),
  refused(
    'FunctionSubnetsMissing',
    'it has security groups alone',
    { securityGroupIds: ['sg-0f'] },
    {
      property: 'subnetIds',
      reason: /required with securityGroupIds/,
      remedy: /needs neither/,
    },
  ),
  refused(
    'FunctionSecurityGroupInvalid',
    'a group is none',
    { ...attached, securityGroupIds: ['sg-0f', 'default'] },
    {
      property: 'securityGroupIds[1]',
      value: 'default',
      reason: /not the id of a security group/,
      remedy: /sg-0123456789abcdef0/,
    },
  ),
  refused(
    'FunctionSecurityGroupInvalid',
    'there is none',
    { ...attached, securityGroupIds: [] },
    {
      property: 'securityGroupIds',
      value: [],
      reason: /names no security group/,
      remedy: /have a group created/,
    },
  ),
  ...[0, 31, 366, 10_000].map((logRetentionDays) =>
    refused(
      'LogRetentionInvalid',
      `logs are kept for ${logRetentionDays} days`,
      { logRetentionDays },
      {
        property: 'logRetentionDays',
        value: logRetentionDays,
        reason: /not a retention period/,
        remedy: /\b365\b/,
      },
    ),
  ),
  ...['alias/logs', 'arn:aws:kms:eu-central-1:123456789012:alias/logs', '0a1b2c3d'].map((kmsKeyArn) =>
    refused(
      'FunctionKmsKeyInvalid',
      `the key is ${kmsKeyArn}`,
      { kmsKeyArn },
      {
        property: 'kmsKeyArn',
        value: kmsKeyArn,
        reason: /not the kind of ARN/,
        remedy: /arn:aws:kms/,
      },
    ),
  ),
  refused(
    'FunctionPermissionsBoundaryInvalid',
    'it is a name',
    { permissionsBoundaryArn: 'Boundary' },
    {
      property: 'permissionsBoundaryArn',
      value: 'Boundary',
      reason: /not the kind of ARN/,
      remedy: /arn:aws:iam/,
    },
  ),
];
