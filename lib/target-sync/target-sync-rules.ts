import type { DatabaseEndpointProps } from '../endpoint/database-endpoint-props';
import { isCidr, parseCidr } from '../network/cidr';
import { isPrivateDnsServer, parseDnsServer } from '../network/dns-server';
import type { Finding, Rule } from '../rules/rule';
import { isUnknown, itemsOf } from '../tokens/unresolved';

/**
 * Periods in days for which CloudWatch Logs can keep logs.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** What is refused about the function that follows names. */
export const TARGET_SYNC_RULES: readonly Rule<DatabaseEndpointProps>[] = [
  {
    name: 'SyncSubnetsMissing',
    because: 'Security groups belong to network interfaces, which only an attached function has.',
    check: ({ target: { _options: options } }) => {
      const { subnetIds, securityGroupIds } = options.sync ?? {};
      if (subnetIds?.length === 0 || (subnetIds === undefined && securityGroupIds !== undefined)) {
        return {
          property: 'target.sync.subnetIds',
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
    check: ({ target: { _options: options } }): Finding | Finding[] => {
      const ids = options.sync?.securityGroupIds ?? ['sg-0'];
      const property = 'target.sync.securityGroupIds';
      const remedy = 'Write ids like sg-0123456789abcdef0, or leave it out to have a group made.';
      if (ids.length === 0) return { property, value: [], reason: 'names no security group', remedy };
      return itemsOf(ids).flatMap((id, i) =>
        isUnknown(id) || /^sg-[\w-]+$/.test(id)
          ? []
          : { property: `${property}[${i}]`, value: id, reason: 'is not the id of a security group', remedy },
      );
    },
  },
  {
    name: 'LogRetentionInvalid',
    because: 'CloudWatch Logs knows certain periods alone.',
    see: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html',
    check: ({ target }) => {
      const days = target._options.sync?.logRetentionDays;
      return days === undefined || isUnknown(days) || LOG_RETENTION_DAYS.includes(days)
        ? undefined
        : {
            property: 'target.sync.logRetentionDays',
            value: days,
            reason: 'is not a period that CloudWatch Logs knows',
            remedy: `Write one of ${LOG_RETENTION_DAYS.join(', ')}.`,
          };
    },
  },
  {
    name: 'SyncKmsKeyInvalid',
    because: 'CloudWatch Logs takes keys by their ARNs, and no aliases.',
    see: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_AssociateKmsKey.html',
    check: ({ target }) =>
      arn(
        target._options.sync?.kmsKeyArn,
        'kmsKeyArn',
        /^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/,
        'arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9',
      ),
  },
  {
    name: 'SyncPermissionsBoundaryInvalid',
    because: 'A permissions boundary is a managed policy, named by its ARN.',
    check: ({ target }) =>
      arn(
        target._options.sync?.permissionsBoundaryArn,
        'permissionsBoundaryArn',
        /^arn:[\w-]+:iam::(\d{12}|aws):policy\/.+$/,
        'arn:aws:iam::123456789012:policy/Boundary',
      ),
  },
  {
    name: 'SyncTagsInvalid',
    because:
      'The function and its role carry the tags of the endpoint as well: 50 at most, and IAM ignores case in keys.',
    see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules',
    check: ({ target, tags = {} }): Finding[] => {
      if (target._name === undefined) return [];
      const own = target._options.sync?.tags ?? {};
      const keys = [...new Set(['Name', ...Object.keys(tags), ...Object.keys(own)])];
      const [property, remedy] = ['target.sync.tags', 'Write fewer tags for the endpoint or for its function.'];
      const twins = keys.filter((key, i) => keys.findIndex((other) => other.toLowerCase() === key.toLowerCase()) < i);
      const isMore =
        keys.length > Math.max(50, Object.keys({ Name: '', ...tags }).length, Object.keys({ Name: '', ...own }).length);
      return [
        ...(isMore
          ? [{ property, reason: `makes ${keys.length} tags with those of the endpoint, and AWS takes 50`, remedy }]
          : []),
        ...twins.map((key) => ({
          property: `${key in own ? property : 'tags'}[${JSON.stringify(key)}]`,
          reason: 'differs from another key by case only, which the role of the function cannot have',
          remedy: 'Write one of them.',
        })),
      ];
    },
  },
  {
    name: 'AnswersNeverMatch',
    because: 'An answer outside of the blocks that the database is in counts as failed.',
    check: ({ target }) => {
      if (target._name === undefined) return undefined;
      const property = target._cidrBlocks === undefined ? 'target.vpcCidrBlocks' : 'target.cidrBlocks';
      const blocks = target._cidrBlocks ?? target._options.vpcCidrBlocks;
      const family = target._options.ipv6 ? 6 : 4;
      if (blocks === undefined || isUnknown(blocks)) return undefined;
      // Others say so where it is not known at all where egress may lead, or what the VPC is.
      const { securityGroupId } = target._options;
      if (blocks.length === 0 && (target._cidrBlocks === undefined || securityGroupId === undefined)) return undefined;
      const parsed = blocks.map(parseCidr).filter(isCidr);
      return parsed.length < blocks.length || parsed.some((block) => block.family === family)
        ? undefined
        : {
            property,
            value: [...blocks],
            reason: `has no IPv${family} block, and the name's IPv${family} addresses are followed`,
            remedy: `Write the IPv${family} blocks of the subnets that the database may be in.`,
          };
    },
  },
];

/** What is worth knowing about it. */
export const TARGET_SYNC_WARNINGS: readonly Rule<DatabaseEndpointProps>[] = [
  {
    name: 'DnsServerPublic',
    because: 'DNS answers are not signed; on their way over the internet, others can forge them.',
    check: ({ target }) =>
      itemsOf(target._options.dnsServers ?? []).flatMap((server, i) =>
        isUnknown(server) || parseDnsServer(server) === undefined || isPrivateDnsServer(server)
          ? []
          : {
              property: `target.dnsServers[${i}]`,
              value: server,
              reason: 'is a public DNS server, whose answers say where database traffic goes',
              remedy:
                "Leave it out to ask the function's own servers, or write a server of your network and attach the function to the VPC.",
            },
      ),
  },
  {
    name: 'SyncNeedsWayOut',
    because: 'A function in a VPC reaches the load balancing API through a NAT gateway or an interface endpoint alone.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/load-balancer-vpc-endpoints.html',
    check: ({ target }) =>
      target._options.sync?.subnetIds === undefined
        ? undefined
        : {
            property: 'target.sync.subnetIds',
            reason: 'attaches the function to a VPC, where it cannot reach the load balancing API by itself',
            remedy: isInChina(target)
              ? 'Give these private subnets a route to a NAT gateway: load balancing has no interface endpoint in the Regions of China.'
              : 'Give these private subnets a route to a NAT gateway, or the VPC an interface endpoint for elasticloadbalancing.',
          },
  },
];

/** Endpoints that share a function, and do not agree on it. */
export const SYNC_SETTINGS_DIFFER = {
  name: 'SyncSettingsDiffer',
  because: 'One function follows the names of all endpoints of a stack and VPC, with one set of settings.',
};

/** As far as the name tells. */
function isInChina({ _name: name }: DatabaseEndpointProps['target']): boolean {
  return typeof name?.hostname === 'string' && /\.amazonaws\.com\.cn$/i.test(name.hostname);
}

function arn(value: string | undefined, property: string, form: RegExp, example: string): Finding | undefined {
  return value === undefined || isUnknown(value) || form.test(value)
    ? undefined
    : {
        property: `target.sync.${property}`,
        value,
        reason: 'is not the ARN that is needed here',
        remedy: `Write an ARN like ${example}.`,
      };
}
