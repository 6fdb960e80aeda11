import { nested } from '../scanned-stack';
import { type ScannerRule, wantsValue } from '../scanner-rule';

const FUNCTION = ['aws_lambda_function'];
const PERMISSION = ['aws_lambda_permission'];

/** Keys as AWS writes them, and what is named like a secret. */
const SECRET = /\bAKIA[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY|(password|secret|token)\s*[:=]\s*\S{8,}/i;

/** Runtimes that Checkov 3.3.13 and AWS call deprecated; what is not a runtime of Node.js is not ours. */
const DEPRECATED = /^nodejs(4\.3|6\.10|8\.10|10\.x|12\.x|14\.x|16\.x|18\.x)?$/;

const service = (principal: unknown) => String(principal).endsWith('.amazonaws.com');
const isActive = (block: { readonly [name: string]: unknown }) => nested(block, 'tracing_config')?.mode === 'Active';

const tracing = (scanner: ScannerRule['scanner'], id: string): ScannerRule => ({
  scanner,
  id,
  wants: 'a trace of every run in X-Ray',
  types: FUNCTION,
  passes: ({ block }) => isActive(block),
  pass: (block) => {
    block.tracing_config = { mode: 'Active' };
  },
  fail: (block) => {
    block.tracing_config = { mode: 'PassThrough' };
  },
});

export const FUNCTION_RULES: readonly ScannerRule[] = [
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_45',
    wants: 'no secret in the environment',
    types: FUNCTION,
    passes: ({ block }) => !SECRET.test(JSON.stringify(block.environment ?? {})),
    fail: (block) => {
      block.environment = { variables: { KEY: 'AKIAIOSFODNN7EXAMPLE' } };
    },
  },
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_50',
    wants: 'a mode of tracing that is written out',
    types: FUNCTION,
    passes: ({ block }) => ['Active', 'PassThrough'].includes(String(nested(block, 'tracing_config')?.mode)),
    fail: (block) => {
      delete block.tracing_config;
    },
  },
  wantsValue(
    { scanner: 'Checkov', id: 'CKV_AWS_115', wants: 'reserved concurrency', types: FUNCTION },
    'reserved_concurrent_executions',
    undefined,
    1,
  ),
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_116',
    wants: 'a dead-letter queue',
    types: FUNCTION,
    passes: ({ block }) => Boolean(nested(block, 'dead_letter_config')?.target_arn),
    fail: (block) => {
      delete block.dead_letter_config;
    },
  },
  wantsValue(
    { scanner: 'Checkov', id: 'CKV_AWS_117', wants: 'a function in a VPC', types: FUNCTION },
    'vpc_config',
    undefined,
    { subnet_ids: ['subnet-0a'], security_group_ids: ['sg-0a'] },
  ),
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_173',
    wants: 'a key of your own for the environment',
    types: FUNCTION,
    passes: ({ block }) => Boolean(block.kms_key_arn),
    pass: (block) => {
      block.kms_key_arn = 'arn:aws:kms:eu-central-1:123456789012:key/1';
    },
    fail: (block) => {
      delete block.kms_key_arn;
    },
  },
  wantsValue(
    { scanner: 'Checkov', id: 'CKV_AWS_272', wants: 'signed code', types: FUNCTION },
    'code_signing_config_arn',
  ),
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_363',
    wants: 'a runtime that is not deprecated',
    types: FUNCTION,
    passes: ({ block }) => !DEPRECATED.test(String(block.runtime)),
    fail: (block) => {
      block.runtime = 'nodejs16.x';
    },
  },
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_364',
    wants: 'permissions of services for one source',
    types: PERMISSION,
    passes: ({ block }) => (service(block.principal) ? Boolean(block.source_arn ?? block.source_account) : undefined),
    fail: (block) => {
      delete block.source_arn;
      delete block.source_account;
    },
  },
  {
    scanner: 'Checkov',
    id: 'CKV_AWS_301',
    wants: 'no permission for everybody',
    types: PERMISSION,
    passes: ({ block }) => block.principal !== '*',
    fail: (block) => {
      block.principal = '*';
    },
  },
  tracing('Trivy', 'AVD-AWS-0066'),
  {
    scanner: 'Trivy',
    id: 'AVD-AWS-0067',
    wants: 'permissions of services for one source ARN',
    types: PERMISSION,
    passes: ({ block }) => (service(block.principal) ? Boolean(block.source_arn) : undefined),
    fail: (block) => {
      delete block.source_arn;
    },
  },
  {
    scanner: 'Security Hub',
    id: 'Lambda.1',
    wants: 'no access for the public',
    types: PERMISSION,
    passes: ({ block }) => block.principal !== '*',
    fail: (block) => {
      block.principal = '*';
    },
  },
  {
    scanner: 'Security Hub',
    id: 'Lambda.2',
    wants: 'a runtime that AWS supports',
    types: FUNCTION,
    passes: ({ block }) => !DEPRECATED.test(String(block.runtime)),
    fail: (block) => {
      block.runtime = 'nodejs18.x';
    },
  },
  wantsValue(
    { scanner: 'Security Hub', id: 'Lambda.3', wants: 'a function in a VPC', types: FUNCTION },
    'vpc_config',
    undefined,
    { subnet_ids: ['subnet-0a'], security_group_ids: ['sg-0a'] },
  ),
  {
    scanner: 'Security Hub',
    id: 'Lambda.5',
    wants: 'a function in a VPC to have two Availability Zones',
    types: FUNCTION,
    passes: ({ block }) => {
      const { subnet_ids: subnets } = nested(block, 'vpc_config') ?? {};
      return subnets === undefined ? undefined : [subnets].flat().length >= 2;
    },
    fail: (block) => {
      block.vpc_config = { subnet_ids: ['subnet-0a'], security_group_ids: ['sg-0a'] };
    },
  },
  tracing('Security Hub', 'Lambda.7'),
];
