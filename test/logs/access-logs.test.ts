import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { AccessLogs, DatabaseEndpoint, EndpointLoadBalancer } from '../../lib';
import { terminatingProps, validProps } from '../support/endpoint';
import { expression } from '../support/expression';
import { loadBalancerProps } from '../support/shared-load-balancer';
import { addresses, onlyResource, synthesize, type TerraformJson } from '../support/synthesis';

const logging = (accessLogs: AccessLogs): TerraformJson =>
  synthesize((stack) => new DatabaseEndpoint(stack, 'Orders', terminatingProps({ accessLogs })));
const sourceOf = (tf: TerraformJson, type: string) => `data.${type}.${Object.keys(tf.data?.[type] ?? {})[0]}`;

test('an existing bucket is named, and nothing is made', () => {
  const tf = logging(AccessLogs.toBucket('central-logs', { prefix: 'databases' }));

  expect(onlyResource(tf, 'aws_lb').access_logs).toEqual({
    enabled: true,
    bucket: 'central-logs',
    prefix: 'databases',
  });
  expect(tf.resource).not.toHaveProperty('aws_s3_bucket');
});

test('its name may be known after apply', () => {
  const tf = logging(AccessLogs.toBucket(expression('aws_s3_bucket.mine.id')));

  expect(onlyResource(tf, 'aws_lb').access_logs).toEqual({ enabled: true, bucket: '${aws_s3_bucket.mine.id}' });
});

test('without logs there is nothing about them', () => {
  const tf = synthesize((stack) => new DatabaseEndpoint(stack, 'Orders', terminatingProps()));

  expect(onlyResource(tf, 'aws_lb')).not.toHaveProperty('access_logs');
  expect(tf).not.toHaveProperty('data');
});

describe('a new bucket', () => {
  const tf = logging(AccessLogs.toNewBucket({ prefix: 'orders' }));

  test('is written to only when log delivery may write there', () => {
    const [policy] = addresses(tf, 'aws_s3_bucket_policy');

    expect(onlyResource(tf, 'aws_lb').access_logs).toEqual({
      enabled: true,
      bucket: `\${${policy}.bucket}`,
      prefix: 'orders',
    });
  });

  test('is closed to the public, owned by the account and encrypted', () => {
    expect(onlyResource(tf, 'aws_s3_bucket_public_access_block')).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(onlyResource(tf, 'aws_s3_bucket_ownership_controls').rule).toEqual({
      object_ownership: 'BucketOwnerEnforced',
    });
    expect(onlyResource(tf, 'aws_s3_bucket_server_side_encryption_configuration').rule).toEqual([
      { apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } },
    ]);
  });

  test('keeps logs for a year, and nothing of unfinished uploads', () => {
    expect(onlyResource(tf, 'aws_s3_bucket_lifecycle_configuration').rule).toEqual([
      {
        id: 'expire',
        status: 'Enabled',
        filter: [{ prefix: '' }],
        expiration: [{ days: 365 }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      },
    ]);
  });

  test('is written to for this account and Region only, and read by nobody without TLS', () => {
    const bucket = `${addresses(tf, 'aws_s3_bucket')[0]}.arn`;
    const account = `${sourceOf(tf, 'aws_caller_identity')}.account_id`;
    const region = `${sourceOf(tf, 'aws_region')}.id`;
    const policy = onlyResource(tf, 'aws_s3_bucket_policy').policy as string;
    const statements = JSON.parse(
      policy
        .replace(/^\$\{jsonencode\((.*)\)\}$/, '$1')
        .replace(/\$\{split\(":", (.*?)\)\[1\]\}/g, 'PARTITION')
        .replaceAll(`\${${bucket}}`, 'BUCKET')
        .replaceAll(bucket, '"BUCKET"')
        .replaceAll(`\${${account}}`, 'ACCOUNT')
        .replaceAll(account, '"ACCOUNT"')
        .replaceAll(`\${${region}}`, 'REGION'),
    ).Statement;
    const Principal = { Service: 'delivery.logs.amazonaws.com' };
    const ArnLike = { 'aws:SourceArn': 'arn:PARTITION:logs:REGION:ACCOUNT:*' };

    expect(statements).toEqual([
      {
        Sid: 'RefusePlaintext',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: ['BUCKET', 'BUCKET/*'],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      {
        Sid: 'ReadAcl',
        Effect: 'Allow',
        Principal,
        Action: 's3:GetBucketAcl',
        Resource: 'BUCKET',
        Condition: { StringEquals: { 'aws:SourceAccount': 'ACCOUNT' }, ArnLike },
      },
      {
        Sid: 'WriteLogs',
        Effect: 'Allow',
        Principal,
        Action: 's3:PutObject',
        Resource: 'BUCKET/orders/AWSLogs/ACCOUNT/*',
        Condition: {
          StringEquals: { 'aws:SourceAccount': 'ACCOUNT', 's3:x-amz-acl': 'bucket-owner-full-control' },
          ArnLike,
        },
      },
    ]);
  });

  test('has a name and a key of its own if wanted', () => {
    const kmsKeyArn = 'arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';
    const own = logging(AccessLogs.toNewBucket({ bucketName: 'orders-logs', retentionDays: 30, kmsKeyArn }));

    expect(onlyResource(own, 'aws_s3_bucket')).toMatchObject({ bucket: 'orders-logs' });
    expect(onlyResource(own, 'aws_s3_bucket')).not.toHaveProperty('bucket_prefix');
    expect(onlyResource(own, 'aws_s3_bucket_server_side_encryption_configuration').rule).toEqual([
      {
        apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms', kms_master_key_id: kmsKeyArn },
        bucket_key_enabled: true,
      },
    ]);
    expect(onlyResource(own, 'aws_s3_bucket_lifecycle_configuration').rule).toMatchObject([
      { expiration: [{ days: 30 }] },
    ]);
  });
});

describe('a load balancer that endpoints share', () => {
  const sharing = (endpoints: (loadBalancer: EndpointLoadBalancer) => void) => {
    const stack = new TerraformStack(Testing.app(), 'prod');
    new AwsProvider(stack, 'aws', {});
    const accessLogs = AccessLogs.toNewBucket();
    const loadBalancer = new EndpointLoadBalancer(stack, 'Partners', loadBalancerProps({ accessLogs }));
    endpoints(loadBalancer);
    return { loadBalancer, synth: () => JSON.parse(Testing.synth(stack, true)) as TerraformJson };
  };
  const { engine, tls, target, allow } = terminatingProps();

  test('logs where TLS of one of them ends there', () => {
    const { loadBalancer, synth } = sharing((shared) => {
      shared.addEndpoint('Cache', { engine, tls, target, allow });
      const { engine: postgres } = validProps();
      shared.addEndpoint('Orders', { engine: postgres, target, allow });
    });

    expect(onlyResource(synth(), 'aws_lb').access_logs).toMatchObject({ enabled: true });
    expect(loadBalancer.accessLogBucket?.terraformResourceType).toBe('aws_s3_bucket');
  });

  test('is refused when the stack is written where none does', () => {
    const { engine: postgres } = validProps();
    const { synth } = sharing((shared) => {
      shared.addEndpoint('Orders', { engine: postgres, target, allow });
    });

    expect(synth).toThrow(/prod\/Partners[\s\S]*accessLogs would stay empty[\s\S]*AccessLogsNeedTls/);
  });
});
