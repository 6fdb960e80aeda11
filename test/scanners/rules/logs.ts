import { nested, referringTo, type ScannedResource, statementsOf } from '../scanned-stack';
import type { Edit, Scanner, ScannerRule } from '../scanner-rule';

const BUCKET = ['aws_s3_bucket'];
const ACCESS = ['aws_s3_bucket_public_access_block'];
const ALARM = ['aws_cloudwatch_metric_alarm'];

/** A rule about a bucket that another resource makes it pass. */
function wantsBeside(
  scanner: Scanner,
  id: string,
  wants: string,
  type: string,
  holds: (beside: ScannedResource) => boolean = () => true,
): ScannerRule {
  return {
    scanner,
    id,
    wants,
    types: BUCKET,
    passes: (bucket) => referringTo(bucket, type).some(holds),
    fail: (_, { resource }) => {
      delete resource[type];
    },
  };
}

const algorithm = (encryption: ScannedResource) => {
  const byDefault = nested(nested(encryption.block, 'rule') ?? {}, 'apply_server_side_encryption_by_default');
  return String(byDefault?.sse_algorithm);
};
const ENCRYPTION = 'aws_s3_bucket_server_side_encryption_configuration';
const isVersioned = ({ block }: ScannedResource) => nested(block, 'versioning_configuration')?.status === 'Enabled';

function wantsBlocked(scanner: Scanner, id: string, attribute: string): ScannerRule {
  return {
    scanner,
    id,
    wants: `a bucket with ${attribute}`,
    types: ACCESS,
    passes: ({ block }) => block[attribute] === true,
    fail: (block) => {
      block[attribute] = false;
    },
  };
}

const publicAcl: Edit = (block) => {
  block.acl = 'public-read-write';
};
const withoutPublicAcl: ScannerRule['passes'] = ({ block }) => !String(block.acl ?? '').startsWith('public');

function noPublicAcl(scanner: Scanner, id: string, wants: string): ScannerRule {
  return { scanner, id, wants, types: BUCKET, passes: withoutPublicAcl, fail: publicAcl };
}

const refusesPlaintext = ({ block }: ScannedResource) =>
  statementsOf(block.policy).some(({ effect, hasCondition }) => effect === 'Deny' && hasCondition) &&
  String(block.policy).includes('aws:SecureTransport');

/** Buckets of access logs, alarms and schedules. */
export const LOG_RULES: readonly ScannerRule[] = [
  wantsBeside('Checkov', 'CKV_AWS_18', 'a log of who reads the bucket', 'aws_s3_bucket_logging'),
  noPublicAcl('Checkov', 'CKV_AWS_20', 'nobody to read by an ACL'),
  noPublicAcl('Checkov', 'CKV_AWS_57', 'nobody to write by an ACL'),
  wantsBeside('Checkov', 'CKV_AWS_21', 'versions', 'aws_s3_bucket_versioning', isVersioned),
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_70',
    wants: 'no statement that allows everybody something',
    types: ['aws_s3_bucket_policy'],
    passes: ({ block }) =>
      !statementsOf(block.policy).some(
        ({ effect, principal }) => effect === 'Allow' && /"\*"/.test(JSON.stringify(principal)),
      ),
    fail: (block) => {
      block.policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject' }] });
    },
  },
  wantsBeside(
    'Checkov',
    'CKV_AWS_144',
    'a copy in another Region',
    'aws_s3_bucket_replication_configuration',
    ({ block }) => nested(block, 'rule')?.status === 'Enabled',
  ),
  wantsBeside('Checkov', 'CKV_AWS_145', 'a key of KMS', ENCRYPTION, (beside) => algorithm(beside) === 'aws:kms'),
  wantsBeside('Checkov', 'CKV2_AWS_6', 'public access blocked', ACCESS[0], ({ block }) =>
    [block.block_public_acls, block.block_public_policy].every((each) => each === true),
  ),
  wantsBeside('Checkov', 'CKV2_AWS_61', 'a lifecycle', 'aws_s3_bucket_lifecycle_configuration'),
  wantsBeside('Checkov', 'CKV2_AWS_62', 'events', 'aws_s3_bucket_notification'),
  wantsBlocked('Checkov', 'CKV_AWS_53', 'block_public_acls'),
  wantsBlocked('Checkov', 'CKV_AWS_54', 'block_public_policy'),
  wantsBlocked('Checkov', 'CKV_AWS_55', 'ignore_public_acls'),
  wantsBlocked('Checkov', 'CKV_AWS_56', 'restrict_public_buckets'),
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_300',
    wants: 'an end for uploads that were not finished',
    types: ['aws_s3_bucket_lifecycle_configuration'],
    passes: ({ block }) => {
      const rule = nested(block, 'rule') ?? {};
      return rule.abort_incomplete_multipart_upload !== undefined && !nested(rule, 'filter')?.prefix;
    },
    fail: (block) => {
      block.rule = [{ status: 'Enabled' }];
    },
  },
  {
    scanner: 'Checkov',
    id: 'CKV2_AWS_65',
    wants: 'ACLs to be off',
    types: ['aws_s3_bucket_ownership_controls'],
    passes: ({ block }) => nested(block, 'rule')?.object_ownership === 'BucketOwnerEnforced',
    fail: (block) => {
      block.rule = { object_ownership: 'ObjectWriter' };
    },
  },
  wantsBlocked('Trivy', 'AVD-AWS-0086', 'block_public_acls'),
  wantsBlocked('Trivy', 'AVD-AWS-0087', 'block_public_policy'),
  wantsBlocked('Trivy', 'AVD-AWS-0091', 'ignore_public_acls'),
  wantsBlocked('Trivy', 'AVD-AWS-0093', 'restrict_public_buckets'),
  wantsBeside('Trivy', 'AVD-AWS-0088', 'encryption', ENCRYPTION),
  wantsBeside('Trivy', 'AVD-AWS-0089', 'a log of who reads the bucket', 'aws_s3_bucket_logging'),
  wantsBeside('Trivy', 'AVD-AWS-0090', 'versions', 'aws_s3_bucket_versioning', isVersioned),
  noPublicAcl('Trivy', 'AVD-AWS-0092', 'no ACL for the public'),
  wantsBeside('Trivy', 'AVD-AWS-0094', 'public access blocked', ACCESS[0]),
  wantsBeside('Trivy', 'AVD-AWS-0132', 'a key of KMS', ENCRYPTION, (beside) => algorithm(beside) === 'aws:kms'),
  wantsBeside('Security Hub', 'S3.5', 'requests without TLS refused', 'aws_s3_bucket_policy', refusesPlaintext),
  wantsBeside('Security Hub', 'S3.8', 'public access blocked', ACCESS[0]),
  wantsBeside('Security Hub', 'S3.9', 'a log of who reads the bucket', 'aws_s3_bucket_logging'),
  wantsBeside('Security Hub', 'S3.13', 'a lifecycle', 'aws_s3_bucket_lifecycle_configuration'),
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_319',
    wants: 'alarms that act',
    types: ALARM,
    passes: ({ block }) => block.actions_enabled !== false,
    fail: (block) => {
      block.actions_enabled = false;
    },
  },
  {
    scanner: 'Security Hub',
    id: 'CloudWatch.15',
    wants: 'an action of every alarm',
    types: ALARM,
    passes: ({ block }) => [block.alarm_actions ?? []].flat().length > 0,
    fail: (block) => {
      delete block.alarm_actions;
    },
  },
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_297',
    wants: 'a key of your own for schedules',
    types: ['aws_scheduler_schedule'],
    passes: ({ block }) => Boolean(block.kms_key_arn),
    fail: (block) => {
      delete block.kms_key_arn;
    },
  },
];
