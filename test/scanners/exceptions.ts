import type { Configuration } from './configurations';

/** Rules that some configurations do not pass, and why that is accepted. */
export interface ScannerException {
  readonly ids: readonly string[];
  readonly type: string;
  readonly in: readonly Configuration[];
  /** As docs/security.md says it: why, and with which property it passes. */
  readonly because: string;
}

const USERS = ['database user', 'database user that does not rotate', 'database user with keys'] as const;
const IN_VPC = ['followed target, in the VPC', 'followed target, in the VPC with a key'] as const;
const FUNCTIONS = ['followed target', ...IN_VPC, ...USERS] as const;
/** With a load balancer on the internet and TLS that ends at the database. */
const PUBLIC_PASSTHROUGH = [
  'default endpoint',
  'shared load balancer',
  'dual stack with addresses that stay',
  'endpoint for two databases of one stack',
  'flow logs',
  'monitored endpoint',
  'access that ends on its day',
  ...FUNCTIONS,
] as const;
const PASSTHROUGH = [...PUBLIC_PASSTHROUGH, 'internal endpoint', 'PrivateLink service'] as const;
/** With TLS that ends at the load balancer. */
const TERMINATED = ['issued certificate', 'access logs', 'access logs with a key'] as const;
/** With a bucket for access logs. */
const BUCKETS = ['access logs', 'access logs with a key'] as const;
/** With a function that has no key of its own. */
const KEYLESS = ['followed target', 'followed target, in the VPC', ...USERS] as const;
/** With a function outside of any VPC: the one of the stack that follows names. */
const OUTSIDE_VPC = ['followed target', ...USERS] as const;

export const EXCEPTIONS: readonly ScannerException[] = [
  {
    ids: ['CKV_AWS_91'],
    type: 'aws_lb',
    in: [...PASSTHROUGH, 'issued certificate'],
    because:
      'a Network Load Balancer writes access logs of TLS listeners only, so passthrough has none: `flowLogs` say who connected. Where TLS ends at the listener, logs cost money and hold the addresses of clients, so they are not on by default. Passes with `accessLogs`',
  },
  {
    ids: ['AVD-AWS-0053'],
    type: 'aws_lb',
    in: [...PUBLIC_PASSTHROUGH, ...TERMINATED],
    because:
      'to be on the internet is what an endpoint is for; its allowlist says for whom. Passes with `internetFacing: false`',
  },
  {
    ids: ['ELB.18'],
    type: 'aws_lb_listener',
    in: PASSTHROUGH,
    because:
      'engines that negotiate TLS inside of their protocol need a TCP listener; the database encrypts, and must be set to refuse plaintext. Passes with `EndpointTls.terminate`',
  },
  {
    ids: ['ELB.22'],
    type: 'aws_lb_target_group',
    in: PASSTHROUGH,
    because:
      'what is encrypted between client and database goes through as it is. Passes with `EndpointTls.terminate`, which encrypts again',
  },
  {
    ids: ['ELB.21'],
    type: 'aws_lb_target_group',
    in: [...PASSTHROUGH, ...TERMINATED],
    because: 'databases answer no health check by HTTPS; one by TCP carries no data',
  },
  {
    ids: ['CKV_AWS_115'],
    type: 'aws_lambda_function',
    in: FUNCTIONS,
    because:
      'what is reserved is taken from the account, where 100 must stay; new accounts cannot reserve any, and an apply that invokes the function could be throttled',
  },
  {
    ids: ['CKV_AWS_117', 'Lambda.3'],
    type: 'aws_lambda_function',
    in: OUTSIDE_VPC,
    because:
      'the function that follows names needs nothing inside of the VPC, and so no NAT gateway. Passes with `subnetIds` of a `TargetSync`; the function of a user always passes',
  },
  {
    ids: ['CKV_AWS_173'],
    type: 'aws_lambda_function',
    in: KEYLESS,
    because: 'the environment holds no secret, and Lambda encrypts it. Passes with `kmsKeyArn`',
  },
  {
    ids: ['CKV_AWS_158', 'AVD-AWS-0017'],
    type: 'aws_cloudwatch_log_group',
    in: [...KEYLESS, 'flow logs'],
    because: 'the logs hold no secret, and CloudWatch encrypts them. Passes with `kmsKeyArn`',
  },
  {
    ids: ['CKV_AWS_272'],
    type: 'aws_lambda_function',
    in: FUNCTIONS,
    because:
      'needs a signing profile in your account; the plan shows the hash of the code, and the code is part of the package',
  },
  {
    ids: ['AVD-AWS-0066', 'Lambda.7'],
    type: 'aws_lambda_function',
    in: FUNCTIONS,
    because:
      'traces need permissions on everything (`xray:PutTraceSegments`); what they would show is in the logs and metrics',
  },
  {
    ids: ['CKV_AWS_290', 'CKV_AWS_355'],
    type: 'aws_iam_role_policy',
    in: [...IN_VPC, ...USERS],
    because:
      'Lambda wants the network interface actions of a function in a VPC on everything; a second statement denies them to the code of the function',
  },
  {
    ids: ['AVD-AWS-0104'],
    type: 'aws_vpc_security_group_egress_rule',
    in: ['followed target, in the VPC', ...USERS],
    because:
      'HTTPS of a function in a VPC to the APIs of AWS, whose addresses are not known. Passes with `securityGroupIds` of groups that lead to your interface endpoint only',
  },
  {
    ids: ['CKV_AWS_149', 'AVD-AWS-0098'],
    type: 'aws_secretsmanager_secret',
    in: ['database user', 'database user that does not rotate'],
    because:
      'Secrets Manager encrypts with the key of the account; a key of your own costs money. Passes with `secret.kmsKeyArn`',
  },
  {
    ids: ['CKV2_AWS_57', 'SecretsManager.1'],
    type: 'aws_secretsmanager_secret',
    in: ['database user that does not rotate'],
    because:
      'whoever uses the login must read the secret again after a rotation, which not every tool does. Passes with `rotateEveryDays`',
  },
  {
    ids: ['CKV2_AWS_19'],
    type: 'aws_eip',
    in: ['dual stack with addresses that stay'],
    because: 'the rule knows addresses of instances, NAT gateways and file servers, and not those of load balancers',
  },
  {
    ids: ['CKV_AWS_18', 'AVD-AWS-0089', 'S3.9'],
    type: 'aws_s3_bucket',
    in: BUCKETS,
    because:
      'a log of who reads the logs needs another bucket, or data events of CloudTrail: yours, with `AccessLogs.toBucket`',
  },
  {
    ids: ['CKV_AWS_21', 'AVD-AWS-0090', 'CKV_AWS_144', 'CKV2_AWS_62'],
    type: 'aws_s3_bucket',
    in: BUCKETS,
    because:
      'log delivery writes every object once and the lifecycle deletes it: versions, copies in another Region and events would cost money and change nothing',
  },
  {
    ids: ['CKV_AWS_145', 'AVD-AWS-0132'],
    type: 'aws_s3_bucket',
    in: ['access logs'],
    because: 'S3 encrypts with keys of its own. Passes with `kmsKeyArn` of `AccessLogs.toNewBucket`',
  },
  {
    ids: ['CKV_AWS_297'],
    type: 'aws_scheduler_schedule',
    in: ['access that ends on its day'],
    because:
      'a schedule holds the id of a rule and an instant. Passes with `kmsKeyArn` of `ExpiryEnforcement.onItsDay`',
  },
];
