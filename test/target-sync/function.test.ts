import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { TerraformVariable } from 'cdktf';
import { DatabaseEndpoint, TargetSync } from '../../lib';
import { CODE_FILES } from '../../lib/assets';
import { validProps } from '../support/endpoint';
import { addresses, type Block, onlyResource, resources, synthesize } from '../support/synthesis';
import {
  encoded,
  FUNCTION,
  followed,
  INVOCATION,
  named,
  ownFunction,
  rdsInstance,
  reference,
  stackOf,
  statements,
} from './synthesized-sync';

describe('the function', () => {
  test('is small, runs on arm64, keeps failed events and logs into its own group', () => {
    const tf = followed();

    expect(onlyResource(tf, FUNCTION)).toMatchObject({
      runtime: 'nodejs22.x',
      architectures: ['arm64'],
      handler: 'index.handler',
      memory_size: 128,
      timeout: 80,
      function_name: reference(tf, 'aws_iam_role', 'name'),
      role: reference(tf, 'aws_iam_role', 'arn'),
      dead_letter_config: { target_arn: reference(tf, 'aws_sqs_queue', 'arn') },
      logging_config: { log_format: 'Text', log_group: reference(tf, 'aws_cloudwatch_log_group', 'name') },
      environment: { variables: { TARGET_SYNC_ENDPOINTS: expect.stringMatching(/^\$\{local\.\S+\}$/) } },
      depends_on: addresses(tf, 'aws_iam_role_policy'),
    });
    expect(onlyResource(tf, FUNCTION)).not.toHaveProperty('reserved_concurrent_executions');
    expect(onlyResource(tf, FUNCTION)).not.toHaveProperty('vpc_config');
    expect(onlyResource(tf, 'aws_cloudwatch_log_group')).toMatchObject({ retention_in_days: 365 });
    expect(onlyResource(tf, 'aws_sqs_queue')).toMatchObject({
      message_retention_seconds: 1_209_600,
      sqs_managed_sse_enabled: true,
    });
    expect(onlyResource(tf, 'aws_lambda_function_event_invoke_config')).toMatchObject({
      maximum_event_age_in_seconds: 60,
      maximum_retry_attempts: 0,
    });
  });

  test('is deployed from the archive of the build, whose hash stands in the plan', () => {
    const { filename, source_code_hash } = onlyResource(followed(), FUNCTION);

    expect(filename).toMatch(/^assets\/TargetSync-vpc-0a1b2c3d_Code_[0-9A-F]{8}\/[0-9A-F]{32}\/target-sync\.zip$/);
    expect(source_code_hash).toBe(createHash('sha256').update(readFileSync(CODE_FILES.targetSync)).digest('base64'));
  });

  test('has names that Terraform generates, so that nothing collides with what it replaces', () => {
    const tf = stackOf({ Orders: { target: rdsInstance('orders') } });
    const types = ['aws_iam_role', 'aws_iam_role_policy', 'aws_sqs_queue', 'aws_cloudwatch_log_group'];

    for (const block of [...types, 'aws_cloudwatch_event_rule'].flatMap((type) => resources(tf, type))) {
      expect(block).not.toHaveProperty('name');
      // A role's prefix may have 38 characters.
      expect(String(block.name_prefix)).toMatch(/^[\w/-]{1,38}$/);
    }
  });

  test('starts every minute and can be invoked only by its rule', () => {
    const tf = followed();

    expect(onlyResource(tf, 'aws_cloudwatch_event_rule')).toMatchObject({ schedule_expression: 'rate(1 minute)' });
    expect(onlyResource(tf, 'aws_cloudwatch_event_target')).toMatchObject({
      rule: reference(tf, 'aws_cloudwatch_event_rule', 'name'),
      arn: reference(tf, FUNCTION, 'arn'),
      retry_policy: { maximum_event_age_in_seconds: 60, maximum_retry_attempts: 3 },
      depends_on: addresses(tf, 'aws_lambda_permission'),
    });
    expect(onlyResource(tf, 'aws_lambda_permission')).toMatchObject({
      action: 'lambda:InvokeFunction',
      principal: 'events.amazonaws.com',
      source_arn: reference(tf, 'aws_cloudwatch_event_rule', 'arn'),
    });
  });

  test('takes every setting', () => {
    const key = 'arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';
    const tf = ownFunction({
      runSeconds: 25,
      intervalSeconds: 2,
      logRetentionDays: 30,
      kmsKeyArn: key,
      permissionsBoundaryArn: 'arn:aws:iam::123456789012:policy/Boundary',
      tags: { team: 'data' },
    });

    expect(onlyResource(tf, FUNCTION)).toMatchObject({
      environment: { variables: { TARGET_SYNC_RUN_SECONDS: '25', TARGET_SYNC_INTERVAL_SECONDS: '2' } },
      kms_key_arn: key,
      tags: { Name: 'prod/Sync', team: 'data' },
    });
    expect(onlyResource(tf, 'aws_cloudwatch_log_group')).toMatchObject({ retention_in_days: 30, kms_key_id: key });
    expect(onlyResource(tf, 'aws_sqs_queue')).toMatchObject({ kms_master_key_id: key });
    expect(onlyResource(tf, 'aws_sqs_queue')).not.toHaveProperty('sqs_managed_sse_enabled');
    expect(onlyResource(tf, 'aws_iam_role')).toMatchObject({
      permissions_boundary: 'arn:aws:iam::123456789012:policy/Boundary',
    });
    expect(statements(tf)).toContainEqual({
      Sid: 'UseKeyForQueue',
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: key,
      Condition: { StringEquals: { 'kms:EncryptionContext:aws:sqs:arn': `${addresses(tf, 'aws_sqs_queue')[0]}.arn` } },
    });
    expect(statements(tf)).toContainEqual({
      Sid: 'UseKeyForVariables',
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: key,
      Condition: {
        StringLike: {
          'kms:EncryptionContext:aws:lambda:FunctionArn': `arn:*:lambda:*:*:function:\${${addresses(tf, 'aws_iam_role')[0]}.name}`,
        },
      },
    });
  });

  test('takes settings that are tokens', () => {
    const tf = synthesize((stack) => {
      const variable = (name: string) => new TerraformVariable(stack, name, { type: 'any' });
      const sync = new TargetSync(stack, 'Sync', {
        vpcId: 'vpc-0a1b2c3d',
        subnetIds: variable('subnets').listValue,
        securityGroupIds: variable('groups').listValue,
        runSeconds: variable('run').numberValue,
        logRetentionDays: variable('days').numberValue,
        kmsKeyArn: variable('key').stringValue,
      });
      new DatabaseEndpoint(stack, 'Orders', validProps({ target: named({ sync }) }));
    });

    expect(onlyResource(tf, FUNCTION)).toMatchObject({
      environment: { variables: { TARGET_SYNC_RUN_SECONDS: '${var.run}' } },
      kms_key_arn: '${var.key}',
      vpc_config: { subnet_ids: '${var.subnets}', security_group_ids: '${var.groups}' },
    });
    expect(onlyResource(tf, 'aws_cloudwatch_log_group')).toMatchObject({ retention_in_days: '${var.days}' });
    expect(encoded(onlyResource(tf, INVOCATION).input)).toMatchObject({ because: { subnetIds: 'var.subnets' } });
  });
});

describe('a function in a VPC', () => {
  const sync = { subnetIds: ['subnet-0f', 'subnet-0e'] };

  test('has a security group with egress for HTTPS, and for DNS to the servers that it asks', () => {
    const tf = ownFunction(sync, { dnsServers: ['10.0.0.2', '10.0.0.3:5353', '[fd00::2]:53'] });
    const [, group] = addresses(tf, 'aws_security_group').sort();
    const egress = resources(tf, 'aws_vpc_security_group_egress_rule').filter(
      ({ security_group_id }) => security_group_id === `\${${group}.id}`,
    );

    expect(onlyResource(tf, FUNCTION).vpc_config).toEqual({
      subnet_ids: ['subnet-0e', 'subnet-0f'],
      security_group_ids: [`\${${group}.id}`],
    });
    expect(egress).toHaveLength(2);
    expect(egress).toContainEqual(
      expect.objectContaining({ cidr_ipv4: '0.0.0.0/0', ip_protocol: 'tcp', from_port: 443, to_port: 443 }),
    );
    const dns = egress.find(({ for_each }) => for_each !== undefined) as Block;
    expect(dns).toMatchObject({ from_port: '${each.value.port}', ip_protocol: '${each.value.protocol}' });
    expect(Object.keys(dns.for_each as object)).toEqual([
      '10.0.0.2/32 tcp 53',
      '10.0.0.2/32 udp 53',
      '10.0.0.3/32 tcp 5353',
      '10.0.0.3/32 udp 5353',
      'fd00::2/128 tcp 53',
      'fd00::2/128 udp 53',
    ]);
    expect(resources(tf, 'aws_vpc_security_group_ingress_rule').map((rule) => rule.security_group_id)).not.toContain(
      `\${${group}.id}`,
    );
  });

  test('takes your own security groups instead', () => {
    const tf = ownFunction({ ...sync, securityGroupIds: ['sg-0f', 'sg-0e'] });

    expect(onlyResource(tf, FUNCTION).vpc_config).toMatchObject({ security_group_ids: ['sg-0e', 'sg-0f'] });
    expect(resources(tf, 'aws_security_group')).toHaveLength(1);
  });
});
