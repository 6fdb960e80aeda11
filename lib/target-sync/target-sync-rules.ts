import { AWS_IDS } from '../network/aws-ids';
import type { Problem } from '../rules/endpoint-error';
import { numberRange } from '../rules/number-range';
import type { Finding, Rule } from '../rules/rule';
import { subnetIdRule, VPC_ID_RULE } from '../rules/subnet-rules';
import { tagRule } from '../rules/tag-rule';
import { isUnknown, itemsOf } from '../tokens/unresolved';
import type { TargetSyncProps } from './target-sync-props';

/**
 * Periods in days for which CloudWatch Logs can keep logs.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Validation rules for the function that follows names. */
export const TARGET_SYNC_RULES: readonly Rule<TargetSyncProps>[] = [
  VPC_ID_RULE,
  subnetIdRule(({ subnetIds }) => subnetIds),
  {
    name: 'SyncSubnetsMissing',
    because: 'Security groups belong to network interfaces, which only an attached function has.',
    check: ({ subnetIds, securityGroupIds }) => {
      if (subnetIds?.length === 0 || (subnetIds === undefined && securityGroupIds !== undefined)) {
        return {
          property: 'subnetIds',
          value: subnetIds,
          reason: subnetIds === undefined ? 'is missing beside securityGroupIds' : 'names no subnet',
          remedy: 'Name the private subnets to attach the function to, or leave both out.',
        };
      }
      return undefined;
    },
  },
  {
    name: 'SyncSecurityGroupInvalid',
    because: 'Security groups are named by their ids, and an attached function has at least one.',
    check: ({ securityGroupIds: ids }): Finding | Finding[] => {
      if (ids === undefined) return [];
      const property = 'securityGroupIds';
      const remedy = 'Write ids like sg-0123456789abcdef0, or leave it out to have a group made.';
      if (ids.length === 0) return { property, value: [], reason: 'names no security group', remedy };
      return itemsOf(ids).flatMap((id, i) =>
        isUnknown(id) || AWS_IDS.securityGroup.test(id)
          ? []
          : { property: `${property}[${i}]`, value: id, reason: 'is not the id of a security group', remedy },
      );
    },
  },
  {
    name: 'LogRetentionInvalid',
    because: 'CloudWatch Logs supports certain retention periods only.',
    see: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html',
    check: ({ logRetentionDays: days }) =>
      days === undefined || isUnknown(days) || LOG_RETENTION_DAYS.includes(days)
        ? undefined
        : {
            property: 'logRetentionDays',
            value: days,
            reason: 'is not a retention period of CloudWatch Logs',
            remedy: `Write one of ${LOG_RETENTION_DAYS.join(', ')}.`,
          },
  },
  {
    name: 'SyncKmsKeyInvalid',
    because: 'CloudWatch Logs takes keys by their ARNs, not by aliases.',
    see: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_AssociateKmsKey.html',
    check: ({ kmsKeyArn }) =>
      arn(
        kmsKeyArn,
        'kmsKeyArn',
        /^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/,
        'arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9',
      ),
  },
  {
    name: 'SyncPermissionsBoundaryInvalid',
    because: 'A permissions boundary is a managed policy, named by its ARN.',
    check: ({ permissionsBoundaryArn }) =>
      arn(
        permissionsBoundaryArn,
        'permissionsBoundaryArn',
        /^arn:[\w-]+:iam::(\d{12}|aws):policy\/.+$/,
        'arn:aws:iam::123456789012:policy/Boundary',
      ),
  },
  numberRange(({ runSeconds, intervalSeconds }) => [
    { property: 'runSeconds', value: runSeconds, min: 1, max: 58, unit: ' seconds' },
    { property: 'intervalSeconds', value: intervalSeconds, min: 1, max: 60, unit: ' seconds' },
  ]),
  tagRule(({ tags }) => tags),
  {
    name: 'AcknowledgeUnknown',
    because: 'A misspelt name would keep the warning alive, and one that no longer exists hides nothing.',
    check: ({ acknowledge = [] }) => acknowledge.flatMap((name, i) => unknownWarning(name, i) ?? []),
  },
];

/** Warnings about the function that follows names. */
export const TARGET_SYNC_WARNINGS: readonly Rule<TargetSyncProps>[] = [
  {
    name: 'SyncNeedsWayOut',
    because: 'A function in a VPC reaches the load balancing API through a NAT gateway or an interface endpoint only.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/load-balancer-vpc-endpoints.html',
    check: ({ subnetIds }) =>
      subnetIds === undefined
        ? undefined
        : {
            property: 'subnetIds',
            reason: 'attaches the function to a VPC, where it cannot reach the load balancing API by itself',
            remedy:
              'Give these private subnets a route to a NAT gateway, or, outside the Regions of China, give the VPC an interface endpoint for elasticloadbalancing.',
          },
  },
];

function unknownWarning(name: string, index: number): Finding | undefined {
  const names = TARGET_SYNC_WARNINGS.map((rule) => rule.name);
  return names.includes(name)
    ? undefined
    : {
        property: `acknowledge[${index}]`,
        value: name,
        reason: 'is not the name of a warning',
        remedy: `Write one of ${names.join(', ')}.`,
      };
}

/** Where a construct belongs, as far as a function and its endpoints must have it in common. */
export interface Shared {
  readonly path: string;
  readonly stack: string;
  readonly vpc: string;
  /** Nothing for the default provider, whether it was named or not. */
  readonly provider: string;
}

/** What an endpoint and the function that follows its name have in common. */
export const SYNC_PLACEMENT_RULE = {
  name: 'SyncElsewhere',
  because: 'A function follows the names of endpoints in its own stack, VPC, account and Region.',
};

/** What keeps a function from following the name of an endpoint. */
export function syncProblems(endpoint: Shared, sync: Shared): Problem[] {
  const differing = (
    [
      ['stack', 'stack'],
      ['VPC', 'vpc'],
      ['provider', 'provider'],
    ] as const
  ).filter(([, part]) => endpoint[part] !== sync[part]);
  return differing.slice(0, 1).map(([what]) => ({
    rule: SYNC_PLACEMENT_RULE.name,
    property: 'target.sync',
    value: sync.path,
    reason: `belongs to another ${what} than the endpoint`,
    remedy: `Make a TargetSync for each ${what}, or leave sync out.`,
  }));
}

function arn(value: string | undefined, property: string, form: RegExp, example: string): Finding | undefined {
  return value === undefined || isUnknown(value) || form.test(value)
    ? undefined
    : {
        property,
        value,
        reason: 'is not the ARN that is needed here',
        remedy: `Write an ARN like ${example}.`,
      };
}
