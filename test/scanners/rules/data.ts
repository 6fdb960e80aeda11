import { nested, referringTo } from '../scanned-stack';
import { type ScannerRule, wantsValue } from '../scanner-rule';

const LOG_GROUP = ['aws_cloudwatch_log_group'];
const QUEUE = ['aws_sqs_queue'];
const SECRET = ['aws_secretsmanager_secret'];
const ROTATION = ['aws_secretsmanager_secret_rotation'];
const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/1';

const isEncrypted: ScannerRule['passes'] = ({ block }) =>
  block.sqs_managed_sse_enabled === true || Boolean(block.kms_master_key_id);
const withoutEncryption: ScannerRule['fail'] = (block) => {
  delete block.sqs_managed_sse_enabled;
  delete block.kms_master_key_id;
};
/** Forever, or a year. */
const aYear: ScannerRule['passes'] = ({ block }) =>
  block.retention_in_days === 0 || Number(block.retention_in_days ?? 1) >= 365;
const aMonth: ScannerRule['fail'] = (block) => {
  block.retention_in_days = 30;
};
const ownKey: ScannerRule['passes'] = ({ block }) =>
  Boolean(block.kms_key_id) && !String(block.kms_key_id).includes('aws/');
const rotatesWithin90Days: ScannerRule['passes'] = ({ block }) => {
  const { automatically_after_days: days, schedule_expression: schedule = '' } = nested(block, 'rotation_rules') ?? {};
  if (days !== undefined) return Number(days) <= 90;
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(String(schedule)) ?? [];
  const days90 = { minute: 129_600, hour: 2160, day: 90 }[unit];
  return days90 === undefined ? String(schedule).startsWith('cron(') : Number(count) <= days90;
};
const isRotated: ScannerRule['passes'] = (secret) =>
  referringTo(secret, 'aws_secretsmanager_secret_rotation').length > 0;
const unrotated: ScannerRule['fail'] = (_, { resource }) => {
  delete resource.aws_secretsmanager_secret_rotation;
};
const rarely: ScannerRule['fail'] = (block) => {
  block.rotation_rules = { automatically_after_days: 120 };
};

export const DATA_RULES: readonly ScannerRule[] = [
  wantsValue(
    { scanner: 'Checkov', id: 'CKV_AWS_66', wants: 'an end for what is kept in logs', types: LOG_GROUP },
    'retention_in_days',
    undefined,
    365,
  ),
  wantsValue(
    { scanner: 'Checkov', id: 'CKV_AWS_158', wants: 'a key of your own for logs', types: LOG_GROUP },
    'kms_key_id',
    undefined,
    KEY,
  ),
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_338',
    wants: 'logs of a year',
    types: LOG_GROUP,
    passes: aYear,
    fail: aMonth,
  },
  wantsValue(
    { scanner: 'Trivy', id: 'AVD-AWS-0017', wants: 'a key of your own for logs', types: LOG_GROUP },
    'kms_key_id',
    undefined,
    KEY,
  ),
  {
    scanner: 'Security Hub',
    id: 'CloudWatch.16',
    wants: 'logs of a year',
    types: LOG_GROUP,
    passes: aYear,
    fail: aMonth,
  },
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_27',
    wants: 'encrypted queues',
    types: QUEUE,
    passes: isEncrypted,
    fail: withoutEncryption,
  },
  {
    scanner: 'Checkov',
    id: 'CKV2_AWS_73',
    wants: 'no key that AWS manages, where a queue names one',
    types: QUEUE,
    passes: ({ block }) => block.kms_master_key_id !== 'alias/aws/sqs',
    fail: (block) => {
      block.kms_master_key_id = 'alias/aws/sqs';
    },
  },
  {
    scanner: 'Trivy',
    id: 'AVD-AWS-0096',
    wants: 'encrypted queues',
    types: QUEUE,
    passes: isEncrypted,
    fail: withoutEncryption,
  },
  {
    scanner: 'Trivy',
    id: 'AVD-AWS-0135',
    wants: 'no key that AWS manages, where a queue names one',
    types: QUEUE,
    passes: ({ block }) => block.kms_master_key_id !== 'alias/aws/sqs',
    fail: (block) => {
      block.kms_master_key_id = 'alias/aws/sqs';
    },
  },
  {
    scanner: 'Security Hub',
    id: 'SQS.1',
    wants: 'encrypted queues',
    types: QUEUE,
    passes: isEncrypted,
    fail: withoutEncryption,
  },
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_149',
    wants: 'a key of your own for secrets',
    types: SECRET,
    passes: ownKey,
    pass: (block) => {
      block.kms_key_id = KEY;
    },
    fail: (block) => {
      block.kms_key_id = 'alias/aws/secretsmanager';
    },
  },
  {
    scanner: 'Trivy',
    id: 'AVD-AWS-0098',
    wants: 'a key of your own for secrets',
    types: SECRET,
    passes: ownKey,
    pass: (block) => {
      block.kms_key_id = KEY;
    },
    fail: (block) => {
      delete block.kms_key_id;
    },
  },
  {
    scanner: 'Checkov',
    id: 'CKV2_AWS_57',
    wants: 'secrets that are rotated',
    types: SECRET,
    passes: isRotated,
    pass: (_, { resource }) => {
      const [id] = Object.keys(resource.aws_secretsmanager_secret);
      resource.aws_secretsmanager_secret_rotation = {
        Rotation: { secret_id: `\${aws_secretsmanager_secret.${id}.id}` },
      };
    },
    fail: unrotated,
  },
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_304',
    wants: 'a rotation within 90 days',
    types: ROTATION,
    passes: rotatesWithin90Days,
    fail: rarely,
  },
  {
    scanner: 'Security Hub',
    id: 'SecretsManager.1',
    wants: 'secrets that are rotated',
    types: SECRET,
    passes: isRotated,
    pass: (_, { resource }) => {
      const [id] = Object.keys(resource.aws_secretsmanager_secret);
      resource.aws_secretsmanager_secret_rotation = {
        Rotation: { secret_id: `\${aws_secretsmanager_secret.${id}.id}` },
      };
    },
    fail: unrotated,
  },
  {
    scanner: 'Security Hub',
    id: 'SecretsManager.4',
    wants: 'a rotation within 90 days',
    types: ROTATION,
    passes: rotatesWithin90Days,
    fail: rarely,
  },
];
