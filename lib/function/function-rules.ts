import { AWS_IDS } from '../network/aws-ids';
import { boundaryArnFinding, keyArnFinding } from '../rules/arn-finding';
import { logRetentionRule } from '../rules/log-retention-rule';
import type { Finding, Rule } from '../rules/rule';
import { subnetIdRule, VPC_ID_RULE } from '../rules/subnet-rules';
import { isUnresolved, itemsOf } from '../tokens/unresolved';
import type { FunctionSettings } from './function-settings';

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
  logRetentionRule('logRetentionDays', ({ logRetentionDays }) => logRetentionDays),
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
