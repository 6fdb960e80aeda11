import { createHash } from 'node:crypto';
import type { TerraformStack } from 'cdktf';
import { DatabaseEndpoint } from '../../lib';
import { createFunction } from '../../lib/function/function';
import { expressionToken } from '../../lib/tokens/expression';
import { validProps } from '../support/endpoint';
import { type Block, onlyResource, resources, synthesize, type TerraformJson } from '../support/synthesis';
import { FUNCTION, rdsInstance, reference, statements } from '../target-sync/synthesized-sync';
import { createReport, REPORT } from './synthesized-function';

const EGRESS = 'aws_vpc_security_group_egress_rule';
const ATTACHED = { subnetIds: ['subnet-0f', 'subnet-0e'] };
const report = (...how: [settings?: object, definition?: object]) => synthesize((stack) => createReport(stack, ...how));

describe('a function', () => {
  test('is what its definition says, and has a role, a log group and a queue of its own', () => {
    const tf = report();
    const [role, queue, logs] = ['aws_iam_role', 'aws_sqs_queue', 'aws_cloudwatch_log_group'];

    expect(onlyResource(tf, FUNCTION)).toEqual({
      function_name: reference(tf, role, 'name'),
      tracing_config: { mode: 'PassThrough' },
      role: reference(tf, role, 'arn'),
      description: 'Reports',
      runtime: 'nodejs22.x',
      architectures: ['arm64'],
      handler: 'index.handler',
      memory_size: 256,
      timeout: 30,
      filename: expect.stringMatching(/^assets\/Report_Code_\w+\/\w+\/report\.zip$/),
      source_code_hash: createHash('sha256').update('a program').digest('base64'),
      environment: { variables: { REPORT: 'daily' } },
      dead_letter_config: { target_arn: reference(tf, queue, 'arn') },
      logging_config: { log_format: 'Text', log_group: reference(tf, logs, 'name') },
      tags: { team: 'reports' },
      depends_on: [expect.stringMatching(/^aws_iam_role_policy\.Report_Policy_/)],
    });
    expect(onlyResource(tf, role)).toMatchObject({ name_prefix: 'database-endpoint-report-', description: 'Reports' });
    expect(onlyResource(tf, 'aws_iam_role_policy')).toMatchObject({ name_prefix: 'report-' });
    expect(onlyResource(tf, queue)).toMatchObject({ name_prefix: 'database-endpoint-report-' });
    expect(onlyResource(tf, logs)).toMatchObject({ name_prefix: '/aws/lambda/database-endpoint-report-' });
    expect(onlyResource(tf, 'aws_lambda_function_event_invoke_config')).toMatchObject({
      function_name: reference(tf, FUNCTION, 'function_name'),
      maximum_event_age_in_seconds: 3600,
      maximum_retry_attempts: 2,
    });
  });

  test('may do what its program calls, and what every function may do', () => {
    expect(statements(report()).map(({ Sid }) => Sid)).toEqual(['ReadSecret', 'WriteLogs', 'KeepFailedEvents']);
    expect(statements(report(ATTACHED)).map(({ Sid }) => Sid)).toEqual([
      ...['ReadSecret', 'WriteLogs', 'KeepFailedEvents', 'AttachToVpc', 'AttachByLambdaOnly'],
    ]);
  });

  test('has the conditions of its definition', () => {
    const condition = { condition: expressionToken('true'), errorMessage: 'never' };

    expect(onlyResource(report({}, { preconditions: [condition] }), FUNCTION).lifecycle).toEqual({
      precondition: [{ condition: '${true}', error_message: 'never' }],
    });
  });

  test('takes every setting', () => {
    const key = 'arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';
    const boundary = 'arn:aws:iam::123456789012:policy/Boundary';
    const tf = report({ kmsKeyArn: key, logRetentionDays: 30, permissionsBoundaryArn: boundary });

    expect(onlyResource(tf, FUNCTION)).toMatchObject({ kms_key_arn: key });
    expect(onlyResource(tf, 'aws_cloudwatch_log_group')).toMatchObject({ kms_key_id: key, retention_in_days: 30 });
    expect(onlyResource(tf, 'aws_sqs_queue')).toMatchObject({ kms_master_key_id: key });
    expect(onlyResource(tf, 'aws_iam_role')).toMatchObject({ permissions_boundary: boundary });
    expect(statements(tf).map(({ Sid }) => Sid)).toEqual(
      expect.arrayContaining(['UseKeyForQueue', 'UseKeyForVariables']),
    );
  });

  test('in a VPC has a security group, whose only rule is egress for HTTPS', () => {
    const tf = report(ATTACHED);
    const group = reference(tf, 'aws_security_group', 'id');

    expect(onlyResource(tf, FUNCTION).vpc_config).toEqual({
      subnet_ids: ['subnet-0e', 'subnet-0f'],
      security_group_ids: [group],
    });
    expect(onlyResource(tf, 'aws_security_group')).toEqual({
      name_prefix: 'database-endpoint-report-',
      description: 'The function that reports',
      vpc_id: 'vpc-0a1b2c3d',
      tags: { team: 'reports' },
      lifecycle: { create_before_destroy: true },
    });
    expect(onlyResource(tf, EGRESS)).toEqual({
      security_group_id: group,
      cidr_ipv4: '0.0.0.0/0',
      ip_protocol: 'tcp',
      from_port: 443,
      to_port: 443,
      description: 'Secrets Manager',
      tags: { team: 'reports' },
    });
    expect(resources(tf, 'aws_vpc_security_group_ingress_rule')).toEqual([]);
  });

  test('with security groups of the user has none of its own', () => {
    const tf = report({ ...ATTACHED, securityGroupIds: ['sg-0f'] });

    expect(onlyResource(tf, FUNCTION).vpc_config).toMatchObject({ security_group_ids: ['sg-0f'] });
    expect([...resources(tf, 'aws_security_group'), ...resources(tf, EGRESS)]).toEqual([]);
  });

  test('cannot share its scope with another, whose resources would have its addresses', () => {
    const parts = { definition: REPORT, settings: { vpcId: 'vpc-0a1b2c3d' }, tags: {} };
    const twice = (stack: TerraformStack) => [createFunction(stack, parts), createFunction(stack, parts)];

    expect(() => synthesize(twice)).toThrow("There is already a Construct with name 'LogGroup'");
  });
});

test('the role can be assumed only by Lambda', () => {
  const { assume_role_policy } = onlyResource(report(), 'aws_iam_role');

  expect(JSON.parse(String(assume_role_policy)).Statement).toEqual([
    { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ]);
});

describe('two functions with other programs in one stack', () => {
  const follow = (stack: TerraformStack) =>
    new DatabaseEndpoint(stack, 'Orders', validProps({ target: rdsInstance('orders') }));
  const sync = synthesize(follow);
  const both = synthesize((stack) => {
    createReport(stack, ATTACHED);
    follow(stack);
  });
  const all = (tf: TerraformJson) =>
    Object.entries(tf.resource ?? {}).flatMap(([type, blocks]) =>
      Object.entries(blocks).map(([id, block]): [address: string, block: Block] => [`${type}.${id}`, block]),
    );
  const isOfReport = ([address]: [string, Block]) => address.includes('.Report_');
  const ofReport = all(both).filter(isOfReport);
  const ofSync = all(both).filter((entry) => !isOfReport(entry));

  test('are each the same as without the other', () => {
    expect(Object.fromEntries(ofSync)).toEqual(Object.fromEntries(all(sync)));
    expect(Object.fromEntries(ofReport)).toEqual(Object.fromEntries(all(report(ATTACHED))));
  });

  test('refer only to what is their own', () => {
    const referred = (blocks: readonly [string, Block][]) =>
      [...JSON.stringify(blocks.map(([, block]) => block)).matchAll(/aws_[a-z_]+\.(\w+?)_/g)].map(([, scope]) => scope);

    expect([...new Set(referred(ofReport))]).toEqual(['Report']);
    expect(referred(ofSync)).not.toContain('Report');
  });

  test('have names and files that differ', () => {
    const files = resources(both, FUNCTION).map(({ filename }) => filename);
    const prefixes = (type: string) => resources(both, type).map(({ name_prefix }) => name_prefix);

    expect(new Set(files).size).toBe(2);
    for (const type of ['aws_iam_role', 'aws_iam_role_policy', 'aws_sqs_queue', 'aws_cloudwatch_log_group']) {
      expect([type, new Set(prefixes(type)).size]).toEqual([type, 2]);
    }
  });
});
