import { arnFinding, boundaryArnFinding, keyArnFinding } from '../rules/arn-finding';
import { logRetentionRule } from '../rules/log-retention-rule';
import type { Finding, Rule } from '../rules/rule';
import { isUnresolved, isUnresolvedList } from '../tokens/unresolved';
import type { AccessLogDestination } from './access-logs';
import type { FlowLogDestination } from './flow-logs';
import type { LogSettings } from './log-settings';

const ACCESS_LOGS = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html';
const BUCKET_NAMES = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html';

/** Validation rules for the logs of a load balancer. */
export const LOG_RULES: readonly Rule<LogSettings>[] = [
  {
    name: 'LogBucketNameInvalid',
    because: 'S3 accepts 3 to 63 lowercase letters, digits, hyphens and dots, with a letter or digit at both ends.',
    see: BUCKET_NAMES,
    check: ({ accessLogs }) => {
      const name = bucketNameOf(accessLogs?._accessLogDestination);
      return name === undefined || isUnresolved(name) || /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)
        ? undefined
        : {
            property: 'accessLogs.bucketName',
            value: name,
            reason: 'is not a name that S3 accepts for a bucket',
            remedy:
              'Write 3 to 63 lowercase letters, digits, hyphens and dots, with a letter or digit at both ends. The name of a bucket, not its ARN.',
          };
    },
  },
  {
    name: 'LogBucketArnInvalid',
    because: 'Flow logs name a bucket by its ARN.',
    see: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html',
    check: ({ flowLogs }) => {
      const destination = flowLogs?._flowLogDestination;
      if (destination?.kind !== 'bucket') return undefined;
      const form = /^arn:aws[\w-]*:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
      return arnFinding(destination.bucketArn, 'flowLogs.bucketArn', form, 'arn:aws:s3:::example-flow-logs');
    },
  },
  {
    name: 'LogPrefixInvalid',
    because: 'AWS adds /AWSLogs/ and the account after the prefix, and refuses a prefix that says it already.',
    see: ACCESS_LOGS,
    check: ({ accessLogs, flowLogs }) => [
      ...prefixFinding('accessLogs.prefix', accessLogs?._accessLogDestination.options?.prefix),
      ...prefixFinding('flowLogs.prefix', bucketOptions(flowLogs?._flowLogDestination)?.prefix),
    ],
  },
  {
    name: 'LogBucketRetentionInvalid',
    because: 'S3 deletes objects after whole days, one at the least.',
    see: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleExpiration.html',
    check: ({ accessLogs }) => {
      const days = newBucketOptions(accessLogs?._accessLogDestination)?.retentionDays;
      return days === undefined || isUnresolved(days) || (Number.isSafeInteger(days) && days >= 1)
        ? undefined
        : {
            property: 'accessLogs.retentionDays',
            value: days,
            reason: 'is not a number of whole days',
            remedy: 'Write 1 or more, such as 365.',
          };
    },
  },
  logRetentionRule(
    'flowLogs.retentionDays',
    ({ flowLogs }) => groupOptions(flowLogs?._flowLogDestination)?.retentionDays,
  ),
  {
    name: 'LogKmsKeyInvalid',
    because: 'Log delivery runs in the services of AWS, where aliases of this account mean nothing.',
    see: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_AssociateKmsKey.html',
    check: ({ accessLogs, flowLogs }) =>
      [
        keyArnFinding('accessLogs.kmsKeyArn', newBucketOptions(accessLogs?._accessLogDestination)?.kmsKeyArn) ?? [],
        keyArnFinding('flowLogs.kmsKeyArn', groupOptions(flowLogs?._flowLogDestination)?.kmsKeyArn) ?? [],
      ].flat(),
  },
  {
    name: 'LogPermissionsBoundaryInvalid',
    because: 'A permissions boundary is a managed policy, identified by its ARN.',
    check: ({ flowLogs }) =>
      boundaryArnFinding(
        'flowLogs.permissionsBoundaryArn',
        groupOptions(flowLogs?._flowLogDestination)?.permissionsBoundaryArn,
      ),
  },
  {
    name: 'FlowLogSubnetsUnknown',
    because:
      'A load balancer has a network interface in each of its subnets, and each has a flow log of its own, which must be told apart when the stack is written.',
    see: 'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-basics.html',
    check: ({ flowLogs, subnetIds }) =>
      flowLogs && isUnresolvedList(subnetIds)
        ? {
            property: 'subnetIds',
            reason: 'is a list that is known after apply, and flowLogs needs the interface in each subnet',
            remedy: 'Write the subnets one by one; each id may be a token.',
          }
        : undefined,
  },
];

/** What a load balancer logs, and what its listeners do. */
export interface AccessLogInput extends Pick<LogSettings, 'accessLogs'> {
  readonly protocols: readonly ('TCP' | 'TLS')[];
}

/** The rule about access logs that would stay empty. */
export const ACCESS_LOG_RULE: Rule<AccessLogInput> = {
  name: 'AccessLogsNeedTls',
  because: 'A network load balancer writes access logs for TLS listeners only.',
  see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html',
  check: ({ accessLogs, protocols }) =>
    accessLogs && !protocols.includes('TLS')
      ? {
          property: 'accessLogs',
          reason: 'would stay empty: no TLS connection ends at the load balancer',
          remedy: 'Use flowLogs, which record every connection, or tls: EndpointTls.terminate(...).',
        }
      : undefined,
};

function bucketNameOf(destination: AccessLogDestination | undefined): string | undefined {
  return destination?.kind === 'existing' ? destination.bucketName : newBucketOptions(destination)?.bucketName;
}

function newBucketOptions(destination: AccessLogDestination | undefined) {
  return destination?.kind === 'new' ? destination.options : undefined;
}

function groupOptions(destination: FlowLogDestination | undefined) {
  return destination?.kind === 'logGroup' ? destination.options : undefined;
}

function bucketOptions(destination: FlowLogDestination | undefined) {
  return destination?.kind === 'bucket' ? destination.options : undefined;
}

// Keys may hold more than this, and prefixes that need it do not read well in queries.
function prefixFinding(property: string, prefix: string | undefined): Finding[] {
  if (prefix === undefined || isUnresolved(prefix)) return [];
  const isValid = /^[\w!.*'()-]+(\/[\w!.*'()-]+)*$/.test(prefix) && !prefix.includes('AWSLogs');
  return isValid
    ? []
    : [
        {
          property,
          value: prefix,
          reason: 'is not a prefix that AWS accepts for logs',
          remedy: 'Write letters, digits and slashes, no slash at either end and no AWSLogs, such as databases/orders.',
        },
      ];
}
