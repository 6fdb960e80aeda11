import type { TerraformJson } from '../support/synthesis';

const bucket = '${aws_s3_bucket.Logs.id}';
const refuse = {
  Statement: [
    { Effect: 'Deny', Principal: '*', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
  ],
};

/** Resources that pass every rule about them, for the types that no configuration makes. */
export function samples(): TerraformJson {
  return {
    resource: {
      aws_s3_bucket: { Logs: { bucket_prefix: 'logs-' } },
      aws_s3_bucket_logging: { Logs: { bucket, target_bucket: 'other' } },
      aws_s3_bucket_versioning: { Logs: { bucket, versioning_configuration: { status: 'Enabled' } } },
      aws_s3_bucket_server_side_encryption_configuration: {
        Logs: { bucket, rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms' } }] },
      },
      aws_s3_bucket_public_access_block: {
        Logs: {
          bucket,
          ...{ block_public_acls: true, block_public_policy: true },
          ...{ ignore_public_acls: true, restrict_public_buckets: true },
        },
      },
      aws_s3_bucket_policy: { Logs: { bucket, policy: JSON.stringify(refuse) } },
      aws_s3_bucket_replication_configuration: { Logs: { bucket, rule: [{ status: 'Enabled' }] } },
      aws_s3_bucket_lifecycle_configuration: {
        Logs: {
          bucket,
          rule: [{ status: 'Enabled', abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }] }],
        },
      },
      aws_s3_bucket_ownership_controls: { Logs: { bucket, rule: { object_ownership: 'BucketOwnerEnforced' } } },
      aws_s3_bucket_notification: { Logs: { bucket } },
      aws_cloudwatch_metric_alarm: { Alarm: { alarm_actions: ['arn:aws:sns:eu-central-1:123456789012:alarms'] } },
      aws_scheduler_schedule: { End: { kms_key_arn: 'arn:aws:kms:eu-central-1:123456789012:key/1' } },
    },
  };
}
