import { AWS_IDS } from '../network/aws-ids';
import type { Finding, Rule } from '../rules/rule';
import { subnetIdRule, VPC_ID_RULE } from '../rules/subnet-rules';
import { isUnresolved, itemsOf } from '../tokens/unresolved';
import type { FunctionSettings } from './function-settings';

/**
 * Periods in days for which CloudWatch Logs can keep logs.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Validation rules for the settings of any function. */
export const FUNCTION_RULES: readonly Rule<FunctionSettings>[] = [
  VPC_ID_RULE,
  subnetIdRule(({ subnetIds }) => subnetIds),
  {
    name: 'FunctionSubnetsMissing',
    because: 'Security groups belong to network interfaces, which only a function in a VPC has.',
    check: ({ subnetIds, securityGroupIds }) => {
      if (subnetIds?.length === 0 || (subnetIds === undefined && securityGroupIds !== undefined)) {
        return {
          property: 'subnetIds',
          value: subnetIds,
          reason: subnetIds === undefined ? 'is required with securityGroupIds' : 'names no subnet',
          remedy: 'List the private subnets to attach the function to. A function outside of a VPC needs neither.',
        };
      }
      return undefined;
    },
  },
  {
    name: 'FunctionSecurityGroupInvalid',
    because: 'Security groups are identified by their ids, and a function in a VPC has at least one.',
    check: ({ securityGroupIds: ids }): Finding | Finding[] => {
      if (ids === undefined) return [];
      const property = 'securityGroupIds';
      const remedy = 'Write ids like sg-0123456789abcdef0, or leave it out to have a group created.';
      if (ids.length === 0) return { property, value: [], reason: 'names no security group', remedy };
      return itemsOf(ids).flatMap((id, i) =>
        isUnresolved(id) || AWS_IDS.securityGroup.test(id)
          ? []
          : { property: `${property}[${i}]`, value: id, reason: 'is not the id of a security group', remedy },
      );
    },
  },
  {
    name: 'LogRetentionInvalid',
    because: 'CloudWatch Logs supports only certain retention periods.',
    see: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html',
    check: ({ logRetentionDays: days }) =>
      days === undefined || isUnresolved(days) || LOG_RETENTION_DAYS.includes(days)
        ? undefined
        : {
            property: 'logRetentionDays',
            value: days,
            reason: 'is not a retention period of CloudWatch Logs',
            remedy: `Write one of ${LOG_RETENTION_DAYS.join(', ')}.`,
          },
  },
  {
    name: 'FunctionKmsKeyInvalid',
    because: 'CloudWatch Logs accepts key ARNs, not aliases.',
    see: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_AssociateKmsKey.html',
    check: ({ kmsKeyArn }) => keyArnFinding('kmsKeyArn', kmsKeyArn),
  },
  {
    name: 'FunctionPermissionsBoundaryInvalid',
    because: 'A permissions boundary is a managed policy, identified by its ARN.',
    check: ({ permissionsBoundaryArn }) => boundaryArnFinding('permissionsBoundaryArn', permissionsBoundaryArn),
  },
];

/** What is wrong with a permissions boundary. */
export function boundaryArnFinding(property: string, value: string | undefined): Finding | undefined {
  return arn(value, property, /^arn:[\w-]+:iam::(\d{12}|aws):policy\/.+$/, 'arn:aws:iam::123456789012:policy/Boundary');
}

/** What is wrong with a key that must be named by its ARN. */
export function keyArnFinding(property: string, value: string | undefined): Finding | undefined {
  return arn(
    value,
    property,
    /^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/,
    'arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9',
  );
}

function arn(value: string | undefined, property: string, form: RegExp, example: string): Finding | undefined {
  return value === undefined || isUnresolved(value) || form.test(value)
    ? undefined
    : {
        property,
        value,
        reason: 'is not the kind of ARN that is needed here',
        remedy: `Write an ARN like ${example}.`,
      };
}
