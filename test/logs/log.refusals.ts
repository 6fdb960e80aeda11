import { ref, Token } from 'cdktf';
import { AccessLogs, type DatabaseEndpointProps, FlowLogs } from '../../lib';
import { terminatingProps, validProps } from '../support/endpoint';
import { type Mistake, mistake } from '../support/mistake';

const accessLogs = (logs: AccessLogs) => terminatingProps({ accessLogs: logs });
const flowLogs = (logs: FlowLogs, overrides: Partial<DatabaseEndpointProps> = {}) =>
  validProps({ flowLogs: logs, ...overrides });

/** What is refused about the logs of a load balancer. */
export const LOG_MISTAKES: readonly Mistake[] = [
  ...['Logs', 'lo', 'a..b', '-logs', 'arn:aws:s3:::logs', 'l'.repeat(64)].flatMap((name) =>
    [AccessLogs.toBucket(name), AccessLogs.toNewBucket({ bucketName: name })].map((logs, i) =>
      mistake('LogBucketNameInvalid', `a bucket is named ${name}${i === 0 ? '' : ' and made'}`, accessLogs(logs), {
        property: 'accessLogs.bucketName',
        value: name,
        reason: /S3 accepts/,
        remedy: /3 to 63 lowercase/,
      }),
    ),
  ),
  mistake('LogBucketArnInvalid', 'flow logs name a bucket without its ARN', flowLogs(FlowLogs.toBucket('flow-logs')), {
    property: 'flowLogs.bucketArn',
    value: 'flow-logs',
    reason: /kind of ARN/,
    remedy: /arn:aws:s3:::/,
  }),
  ...['/logs', 'logs/', 'a//b', 'AWSLogs', 'x/AWSLogs/y', '', 'a b'].flatMap((prefix) => [
    mistake(
      'LogPrefixInvalid',
      `access logs have the prefix '${prefix}'`,
      accessLogs(AccessLogs.toBucket('logs', { prefix })),
      { property: 'accessLogs.prefix', value: prefix, reason: /not a prefix/, remedy: /no AWSLogs/ },
    ),
    mistake(
      'LogPrefixInvalid',
      `flow logs have the prefix '${prefix}'`,
      flowLogs(FlowLogs.toBucket('arn:aws:s3:::logs', { prefix })),
      { property: 'flowLogs.prefix', value: prefix, reason: /not a prefix/, remedy: /no AWSLogs/ },
    ),
  ]),
  ...[0, -1, 1.5, Number.NaN].map((days) =>
    mistake(
      'LogBucketRetentionInvalid',
      `the bucket keeps logs for ${days} days`,
      accessLogs(AccessLogs.toNewBucket({ retentionDays: days })),
      { property: 'accessLogs.retentionDays', value: days, reason: /whole days/, remedy: /1 or more/ },
    ),
  ),
  mistake(
    'LogRetentionInvalid',
    'a log group keeps flow logs for 100 days',
    flowLogs(FlowLogs.toNewLogGroup({ retentionDays: 100 })),
    { property: 'flowLogs.retentionDays', value: 100, reason: /retention period/, remedy: /90, 120/ },
  ),
  mistake(
    'LogKmsKeyInvalid',
    'an alias stands for the key of a bucket',
    accessLogs(AccessLogs.toNewBucket({ kmsKeyArn: 'alias/logs' })),
    { property: 'accessLogs.kmsKeyArn', value: 'alias/logs', reason: /kind of ARN/, remedy: /arn:aws:kms/ },
  ),
  mistake(
    'LogKmsKeyInvalid',
    'an alias stands for the key of a log group',
    flowLogs(FlowLogs.toNewLogGroup({ kmsKeyArn: 'alias/logs' })),
    { property: 'flowLogs.kmsKeyArn', value: 'alias/logs', reason: /kind of ARN/, remedy: /arn:aws:kms/ },
  ),
  mistake(
    'LogPermissionsBoundaryInvalid',
    'a permissions boundary is a name',
    flowLogs(FlowLogs.toNewLogGroup({ permissionsBoundaryArn: 'Boundary' })),
    { property: 'flowLogs.permissionsBoundaryArn', value: 'Boundary', reason: /kind of ARN/, remedy: /:policy\// },
  ),
  mistake(
    'FlowLogSubnetsUnknown',
    'flow logs are wanted for subnets that are known after apply',
    flowLogs(FlowLogs.toNewLogGroup(), { subnetIds: Token.asList(ref('var.subnets')) }),
    { property: 'subnetIds', reason: /known after apply/, remedy: /one by one/ },
  ),
  mistake(
    'AccessLogsNeedTls',
    'access logs are wanted where no TLS ends',
    validProps({ accessLogs: AccessLogs.toNewBucket() }),
    { property: 'accessLogs', reason: /would stay empty/, remedy: /flowLogs.*EndpointTls\.terminate/ },
  ),
  mistake(
    'PropertyTypeInvalid',
    'flow logs stand in place of access logs',
    terminatingProps({ accessLogs: FlowLogs.toNewLogGroup() as never }),
    { property: 'accessLogs', reason: /not made by AccessLogs/, remedy: /made by AccessLogs/ },
  ),
  mistake('PropertyMissing', 'a bucket has no name', accessLogs(AccessLogs.toBucket(undefined as never)), {
    property: 'accessLogs.bucketName',
    reason: /is missing/,
    remedy: /Name the bucket/,
  }),
];
