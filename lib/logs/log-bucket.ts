import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import type { Construct } from 'constructs';
import { aws } from '../terraform/aws';
import { attributeOf, dataAttributeOf, expressionOf, expressionToken } from '../tokens/expression';
import type { AccessLogDestination, NewLogBucketOptions } from './access-logs';
import { partsOfArn } from './arn-parts';

/** Where a load balancer writes its access logs, as its resource takes it. */
export interface AccessLogBlock {
  readonly enabled: true;
  readonly bucket: string;
  readonly prefix?: string;
}

/** Days after which S3 drops what is left of an upload that was never finished. */
const UNFINISHED_DAYS = 7;

/** Makes the bucket for access logs where there is none yet. */
export function createAccessLogs(
  scope: Construct,
  destination: AccessLogDestination,
  tags: { [key: string]: string },
): { readonly block: AccessLogBlock; readonly bucket?: S3Bucket } {
  const { prefix } = destination.options ?? {};
  if (destination.kind === 'existing') return { block: { enabled: true, bucket: destination.bucketName, prefix } };
  const bucket = createBucket(scope, destination.options, tags);
  // Elastic Load Balancing writes a test file at once, which needs the policy. What AWS closes to the public first, it
  // does not mistake for public afterwards.
  const policy = new aws.S3BucketPolicy(scope, 'AccessLogBucketPolicy', {
    bucket: attributeOf(bucket.access, 'bucket'),
    policy: deliveryPolicy(scope, bucket.resource, prefix),
  });
  return { block: { enabled: true, bucket: attributeOf(policy, 'bucket'), prefix }, bucket: bucket.resource };
}

function createBucket(scope: Construct, options: NewLogBucketOptions = {}, tags: { [key: string]: string }) {
  const { bucketName, retentionDays = 365, kmsKeyArn } = options;
  const resource = new aws.S3Bucket(scope, 'AccessLogBucket', {
    ...(bucketName === undefined ? { bucketPrefix: 'database-endpoint-logs-' } : { bucket: bucketName }),
    tags,
  });
  const bucket = attributeOf(resource, 'id');
  const access = new aws.S3BucketPublicAccessBlock(scope, 'AccessLogBucketAccess', {
    bucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new aws.S3BucketOwnershipControls(scope, 'AccessLogBucketOwnership', {
    bucket,
    rule: { objectOwnership: 'BucketOwnerEnforced' },
  });
  new aws.S3BucketServerSideEncryptionConfigurationA(scope, 'AccessLogBucketEncryption', {
    bucket,
    rule: [
      kmsKeyArn === undefined
        ? { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }
        : {
            applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: kmsKeyArn },
            bucketKeyEnabled: true,
          },
    ],
  });
  new aws.S3BucketLifecycleConfiguration(scope, 'AccessLogBucketLifecycle', {
    bucket,
    rule: [
      {
        id: 'expire',
        status: 'Enabled',
        filter: [{ prefix: '' }],
        expiration: [{ days: retentionDays }],
        abortIncompleteMultipartUpload: [{ daysAfterInitiation: UNFINISHED_DAYS }],
      },
    ],
  });
  return { resource, access };
}

/**
 * Lets log delivery write for this account and Region, and nobody connect without TLS.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html
 */
function deliveryPolicy(scope: Construct, bucket: S3Bucket, prefix: string | undefined): string {
  const account = dataAttributeOf(new aws.DataAwsCallerIdentity(scope, 'AccessLogAccount', {}), 'account_id');
  const region = dataAttributeOf(new aws.DataAwsRegion(scope, 'AccessLogRegion', {}), 'id');
  const arn = attributeOf(bucket, 'arn');
  const { partition } = partsOfArn(arn);
  return expressionToken((context) => {
    const conditions = {
      StringEquals: { 'aws:SourceAccount': account },
      ArnLike: { 'aws:SourceArn': `arn:${partition}:logs:${region}:${account}:*` },
    };
    const delivery = { Effect: 'Allow', Principal: { Service: 'delivery.logs.amazonaws.com' } };
    const folder = prefix === undefined ? '' : `${prefix}/`;
    const policy = {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'RefusePlaintext',
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: [arn, `${arn}/*`],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
        { Sid: 'ReadAcl', ...delivery, Action: 's3:GetBucketAcl', Resource: arn, Condition: conditions },
        {
          Sid: 'WriteLogs',
          ...delivery,
          Action: 's3:PutObject',
          Resource: `${arn}/${folder}AWSLogs/${account}/*`,
          Condition: {
            ...conditions,
            StringEquals: { ...conditions.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' },
          },
        },
      ],
    };
    return `jsonencode(${expressionOf(policy, context)})`;
  });
}
