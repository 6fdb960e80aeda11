import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { readConfiguration } from '../../lambda/target-sync/configuration';
import {
  DatabaseEndpoint,
  type DatabaseEndpointProps,
  DatabaseRole,
  DatabaseTarget,
  type HostnameTargetOptions,
  TargetSync,
  type TargetSyncProps,
} from '../../lib';
import { CODE_FILE } from '../../lib/assets';
import { endpoint, followedBy, validProps } from '../support/endpoint';
import { expression } from '../support/expression';
import { addresses, type Block, onlyResource, resources, synthesize, type TerraformJson } from '../support/synthesis';
import { configuration, encoded, followed, named, ownFunction, stackOf, statements } from './synthesized-sync';

const FUNCTION = 'aws_lambda_function';
const INVOCATION = 'aws_lambda_invocation';
const VPC_BLOCKS =
  /^concat\(data\.aws_vpc\.\S+\.cidr_block_associations\[\*\]\.cidr_block, compact\(\[data\.aws_vpc\.\S+\.ipv6_cidr_block\]\)\)$/;

const rdsInstance = (identifier: string) =>
  DatabaseTarget.rdsInstance({
    identifier,
    address: `${identifier}.abc123.eu-central-1.rds.amazonaws.com`,
    securityGroupId: 'sg-0d',
  });

const PROXY = 'orders.proxy-abc123.eu-central-1.rds.amazonaws.com';
const proxy = (role?: DatabaseRole) => DatabaseTarget.rdsProxy({ endpoint: PROXY, role, securityGroupId: 'sg-0d' });

function reference(tf: TerraformJson, type: string, attribute: string): string {
  return `\${${addresses(tf, type)[0]}.${attribute}}`;
}

describe('the configuration of the function', () => {
  test('says of a name all that the program needs', () => {
    const tf = followed({ role: DatabaseRole.READER, graceSeconds: 60, dnsServers: ['8.8.8.8'], port: 6432 });

    expect(configuration(tf)).toEqual([
      {
        name: 'prod/Orders',
        targetGroupArn: `${addresses(tf, 'aws_lb_target_group')[0]}.arn`,
        port: 6432,
        names: [{ hostname: 'db.example.com' }],
        role: 'reader',
        family: 4,
        quota: 500,
        graceSeconds: 60,
        dnsServers: ['8.8.8.8'],
        vpcCidrs: expect.stringMatching(VPC_BLOCKS),
      },
    ]);
    expect(tf.data?.['aws_vpc']).toEqual({
      'TargetSync-vpc-0a1b2c3d_Vpc_DA7B0817': expect.objectContaining({ id: 'vpc-0a1b2c3d' }),
    });
  });

  test('is what the program accepts, once Terraform has filled in what it knows', () => {
    const tf = followed({ vpcCidrBlocks: ['10.0.0.0/16'] });
    const [written] = configuration(tf) as object[];
    const targetGroupArn = 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/dbep-1/0123456789abcdef';

    const { endpoints } = readConfiguration({
      TARGET_SYNC_ENDPOINTS: JSON.stringify([{ ...written, targetGroupArn }]),
    });

    expect(endpoints).toMatchObject([{ name: 'prod/Orders', role: 'writer', vpcCidrs: ['10.0.0.0/16'] }]);
  });

  test('says which blocks the addresses of the database come from, as far as that was said', () => {
    const tf = stackOf({
      A: { target: named({ cidrBlocks: ['10.0.2.0/24', '10.0.1.0/24'] }) },
      B: { target: named() },
    });

    expect(configuration(tf)).toMatchObject([{ cidrBlocks: ['10.0.1.0/24', '10.0.2.0/24'] }, {}]);
    expect(configuration(tf)[1]).not.toHaveProperty('cidrBlocks');
  });

  test.each<[string, HostnameTargetOptions, Partial<DatabaseEndpointProps>, number | undefined]>([
    ['nothing where health checks are fast', {}, {}, undefined],
    ['what was said', { healthyWithinSeconds: 900 }, { healthCheck: { intervalSeconds: 300 } }, 900],
    ['the time of slow health checks', {}, { healthCheck: { intervalSeconds: 300, healthyThreshold: 3 } }, 1500],
    ['the same with the default threshold', {}, { healthCheck: { intervalSeconds: 100 } }, 800],
  ])('says of the time to become healthy %s', (_, options, props, seconds) => {
    const [{ healthySeconds }] = configuration(followed(options, props)) as { healthySeconds?: number }[];

    expect(healthySeconds).toBe(seconds);
  });

  test('leaves it to Terraform to add the time of health checks that only it knows', () => {
    const tf = synthesize((stack) => {
      const intervalSeconds = new TerraformVariable(stack, 'interval', { type: 'number' }).numberValue;
      new DatabaseEndpoint(stack, 'Orders', validProps({ target: named(), healthCheck: { intervalSeconds } }));
    });

    expect(configuration(tf)).toMatchObject([{ healthySeconds: 'var.interval * 2 + 600' }]);
  });

  test('has blocks of a token where the program wants a list', () => {
    const tf = synthesize((stack) => {
      const blocks = new TerraformVariable(stack, 'blocks', { type: 'list(string)' }).listValue;
      new DatabaseEndpoint(stack, 'Orders', validProps({ target: named({ cidrBlocks: blocks }) }));
    });

    expect(configuration(tf)).toMatchObject([{ cidrBlocks: 'var.blocks' }]);
  });

  test('names the identifier of an RDS database, for its events', () => {
    const tf = stackOf({ Orders: { target: rdsInstance('orders') } });

    expect(configuration(tf)).toMatchObject([
      { names: [{ hostname: 'orders.abc123.eu-central-1.rds.amazonaws.com', identifier: 'orders' }] },
    ]);
  });

  test.each<[string, Partial<DatabaseEndpointProps>, object]>([
    ['IPv6 where that is asked for', { target: named({ ipv6: true }), dualStack: true }, { family: 6 }],
    ['the larger quota of targets in their own zones', { crossZone: false }, { quota: 3000 }],
    [
      'the blocks that it was told, looking nothing up',
      { target: named({ vpcCidrBlocks: ['10.0.0.0/16'] }) },
      {
        vpcCidrs: ['10.0.0.0/16'],
      },
    ],
  ])('says %s', (_, props, expected) => {
    expect(configuration(stackOf({ Orders: { target: named(), ...props } }))).toMatchObject([expected]);
  });

  test('has numbers and texts of tokens where the program wants numbers and texts', () => {
    const tf = synthesize((stack) => {
      const variable = (name: string) => new TerraformVariable(stack, name, { type: 'any' });
      const target = DatabaseTarget.rdsInstance({
        identifier: variable('id').stringValue,
        address: variable('address').stringValue,
        port: variable('port').numberValue,
        vpcCidrBlocks: variable('blocks').listValue,
        securityGroupId: 'sg-0d',
      });
      new DatabaseEndpoint(stack, 'Orders', validProps({ target }));
    });

    expect(configuration(tf)).toMatchObject([
      { names: [{ hostname: 'var.address', identifier: 'var.id' }], port: 'var.port', vpcCidrs: 'var.blocks' },
    ]);
    expect(onlyResource(tf, INVOCATION).lifecycle).toEqual({
      precondition: [
        {
          condition: '${can(regex("^[a-zA-Z0-9_-]+([.][a-zA-Z0-9_-]+)+$", var.address))}',
          error_message: expect.stringMatching(/^prod\/Orders: target\.address .*\[TargetHostnameInvalid\]$/),
        },
        ...['RdsNameOfOtherKind', 'RdsNameOfOtherKind', 'RdsNameOfOtherKind', 'TargetRoleMismatch'].map((rule) => ({
          condition: expect.stringMatching(/^\$\{!can\(regex\("\(\?i\).*", var\.address\)\)\}$/),
          error_message: expect.stringMatching(new RegExp(`^prod/Orders: target\\..*\\[${rule}\\]$`)),
        })),
      ],
    });
  });

  test.each<[what: string, DatabaseRole | undefined, string]>([
    ['its writer', undefined, 'writer'],
    ['readers', DatabaseRole.READER, 'reader'],
  ])('follows a proxy by its name: for %s', (_, role, expected) => {
    const tf = stackOf({ Orders: { target: proxy(role) } });

    expect(configuration(tf)).toMatchObject([{ names: [{ hostname: PROXY }], role: expected }]);
  });

  test('may not outgrow the environment of a function, and the error says what helps', () => {
    const { lifecycle } = onlyResource(followed(), FUNCTION);

    expect(lifecycle).toEqual({
      precondition: [
        {
          condition: expect.stringMatching(/^\$\{length\(local\.\S+\) <= 3900\}$/),
          error_message: expect.stringMatching(
            /^prod\/TargetSync-vpc-0a1b2c3d: .*4 KB.*TargetSync of their own.*\[SyncConfigurationTooLong\]$/,
          ),
        },
      ],
    });
  });
});

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
    expect(source_code_hash).toBe(createHash('sha256').update(readFileSync(CODE_FILE)).digest('base64'));
  });

  test('has names that Terraform makes, so that nothing collides with what it replaces', () => {
    const tf = stackOf({ Orders: { target: rdsInstance('orders') } });
    const types = ['aws_iam_role', 'aws_iam_role_policy', 'aws_sqs_queue', 'aws_cloudwatch_log_group'];

    for (const block of [...types, 'aws_cloudwatch_event_rule'].flatMap((type) => resources(tf, type))) {
      expect(block).not.toHaveProperty('name');
      // A role's prefix may have 38 characters.
      expect(String(block.name_prefix)).toMatch(/^[\w/-]{1,38}$/);
    }
  });

  test('starts every minute, invoked by its rule alone', () => {
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

  test('may be set up as one wishes', () => {
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

  test('may be set up with tokens', () => {
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

describe('the role', () => {
  test('may change the target groups of the endpoints that it follows', () => {
    const tf = stackOf({ Orders: { target: named() }, Users: { target: named() }, Fixed: {} });
    const groups = addresses(tf, 'aws_lb_target_group').filter((group) => !group.includes('Fixed'));

    expect(statements(tf)[0]).toMatchObject({
      Action: ['elasticloadbalancing:RegisterTargets', 'elasticloadbalancing:DeregisterTargets'],
      Resource: groups.map((group) => `${group}.arn`),
    });
    expect(statements(tf).map(({ Sid }) => Sid)).toEqual([
      'ChangeTargets',
      'SeeTargets',
      'WriteLogs',
      'KeepFailedEvents',
    ]);
  });

  test('is taken by Lambda alone', () => {
    const { assume_role_policy } = onlyResource(followed(), 'aws_iam_role');

    expect(JSON.parse(String(assume_role_policy)).Statement).toEqual([
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]);
  });
});

describe('events of RDS', () => {
  const pattern = (tf: TerraformJson) => {
    const rule = resources(tf, 'aws_cloudwatch_event_rule').find(({ event_pattern }) => event_pattern !== undefined);
    const { detail, ...rest } = encoded(rule?.event_pattern) as {
      detail: { $or: { SourceIdentifier?: string[]; EventID: string[] }[] };
    };
    return { ...rest, detail: detail.$or[0] };
  };

  test('start a run at once, those of the databases that are followed', () => {
    const cluster = DatabaseTarget.rdsCluster({
      identifier: 'main',
      endpoint: 'main.cluster-abc123.eu-central-1.rds.amazonaws.com',
      role: DatabaseRole.WRITER,
      securityGroupId: 'sg-0d',
    });
    const tf = stackOf({
      Users: { target: rdsInstance('users') },
      Main: { target: cluster },
      Other: { target: named() },
    });

    expect(pattern(tf)).toMatchObject({
      source: ['aws.rds'],
      'detail-type': expect.arrayContaining(['RDS DB Instance Event', 'RDS DB Cluster Event']),
      detail: { SourceIdentifier: ['main', 'rds:main', 'users', 'rds:users'] },
    });
    expect(pattern(tf).detail.EventID).toEqual(
      expect.arrayContaining(['RDS-EVENT-0013', 'RDS-EVENT-0049', 'RDS-EVENT-0071', 'RDS-EVENT-0073']),
    );
    expect(resources(tf, 'aws_lambda_permission')).toHaveLength(2);
    expect(resources(tf, 'aws_cloudwatch_event_target')).toHaveLength(2);
  });

  test('of a database are named once, however many endpoints lead to it', () => {
    const tf = stackOf({ A: { target: rdsInstance('orders') }, B: { target: rdsInstance('orders') } });

    expect(pattern(tf).detail.SourceIdentifier).toEqual(['orders', 'rds:orders']);
  });

  test('are not listened to where no target is one of RDS', () => {
    expect(resources(followed(), 'aws_cloudwatch_event_rule')).toHaveLength(1);
  });

  test('are not listened to for a proxy, which stays where it is when its database fails over', () => {
    expect(resources(stackOf({ Orders: { target: proxy() } }), 'aws_cloudwatch_event_rule')).toHaveLength(1);
  });

  test('of identifiers that are known after apply are listened to as well', () => {
    const tf = synthesize((stack) => {
      const identifier = new TerraformVariable(stack, 'id', { type: 'string' }).stringValue;
      const target = DatabaseTarget.rdsInstance({ identifier, address: 'db.example.com', securityGroupId: 'sg-0d' });
      new DatabaseEndpoint(stack, 'Orders', validProps({ target }));
    });

    expect(pattern(tf).detail.SourceIdentifier).toEqual(['var.id', 'rds:${var.id}']);
  });
});

describe('the zones of the database', () => {
  const zoned = (stack: TerraformStack, dbSubnetGroupName: string) => {
    const target = DatabaseTarget.rdsCluster({
      identifier: 'main',
      endpoint: 'main.cluster-abc123.eu-central-1.rds.amazonaws.com',
      role: DatabaseRole.WRITER,
      dbSubnetGroupName,
      securityGroupId: 'sg-0d',
    });
    new DatabaseEndpoint(stack, 'Orders', validProps({ target, subnetIds: ['subnet-0b', 'subnet-0a'] }));
  };

  test.each([
    ['written out', () => 'main', 'main'],
    [
      'a token',
      (stack: TerraformStack) => new TerraformVariable(stack, 'group', { type: 'string' }).stringValue,
      '${var.group}',
    ],
  ])('are looked up by its subnet group, which is %s', (_, name, written) => {
    const tf = synthesize((stack) => zoned(stack, name(stack)));
    const { aws_db_subnet_group: groups, aws_subnets: subnets } = tf.data as Record<string, Record<string, Block>>;

    expect(Object.values(groups)).toEqual([expect.objectContaining({ name: written })]);
    expect(Object.values(subnets).map(({ filter }) => (filter as Block[])[0].values)).toEqual([
      expect.stringMatching(/^\$\{data\.aws_db_subnet_group\.Orders_DatabaseSubnetGroup_\w+\.subnet_ids\}$/),
      ['subnet-0a', 'subnet-0b'],
    ]);
    expect(onlyResource(tf, INVOCATION).lifecycle).toEqual({
      precondition: [
        expect.objectContaining({
          error_message: expect.stringMatching(/^prod\/Orders: .*\[DatabaseZoneUncovered\]$/),
        }),
      ],
    });
  });

  test('are not looked up where the group is not given', () => {
    const data = JSON.stringify(stackOf({ Orders: { target: rdsInstance('orders') } }).data);

    expect(data).not.toMatch(/aws_subnets|aws_availability_zones|aws_db_subnet_group/);
  });
});

describe('the first registration', () => {
  test('happens during the apply, and the listener waits for it', () => {
    const tf = followed();
    const [invocation] = addresses(tf, INVOCATION);

    expect(invocation).toMatch(/^aws_lambda_invocation\.Orders_FirstTargets_/);
    expect(onlyResource(tf, INVOCATION)).toMatchObject({
      function_name: reference(tf, FUNCTION, 'function_name'),
      lifecycle_scope: 'CREATE_ONLY',
    });
    expect(onlyResource(tf, 'aws_lb_listener').depends_on).toEqual([invocation]);
    expect(resources(tf, 'aws_lb_target_group_attachment')).toEqual([]);
  });

  test('is due again when group, port, name, role, family, blocks, servers, code or network change', () => {
    const tf = followed({ dnsServers: ['8.8.8.8'], cidrBlocks: ['10.0.1.0/24'] });

    expect(encoded(onlyResource(tf, INVOCATION).input)).toEqual({
      source: 'terraform',
      endpoints: ['prod/Orders'],
      because: {
        targetGroupArn: `${addresses(tf, 'aws_lb_target_group')[0]}.arn`,
        port: 5432,
        hostname: 'db.example.com',
        role: 'writer',
        family: 4,
        cidrBlocks: ['10.0.1.0/24'],
        dnsServers: ['8.8.8.8'],
        code: onlyResource(tf, FUNCTION).source_code_hash,
        subnetIds: [],
      },
    });
  });

  test.each<[string, Partial<TargetSyncProps>]>([
    ['how long a run takes', { runSeconds: 25 }],
    ['how long logs are kept', { logRetentionDays: 30 }],
  ])('is not due because of %s', (_, sync) => {
    const input = (tf: TerraformJson) => onlyResource(tf, INVOCATION).input;

    expect(input(ownFunction(sync))).toBe(input(followed()));
  });
});

describe('a function in a VPC', () => {
  const sync = { subnetIds: ['subnet-0f', 'subnet-0e'] };

  test('has a group that lets out HTTPS, and DNS to the servers that it asks', () => {
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

  test('takes groups of your own instead', () => {
    const tf = ownFunction({ ...sync, securityGroupIds: ['sg-0f', 'sg-0e'] });

    expect(onlyResource(tf, FUNCTION).vpc_config).toMatchObject({ security_group_ids: ['sg-0e', 'sg-0f'] });
    expect(resources(tf, 'aws_security_group')).toHaveLength(1);
  });
});

describe('endpoints of one stack', () => {
  test('share one function for each VPC, whose address says which', () => {
    const tf = stackOf({
      Orders: { target: named() },
      Users: { target: named() },
      Elsewhere: { target: named(), vpcId: 'vpc-0b' },
      Fixed: {},
    });

    expect(addresses(tf, FUNCTION).sort()).toEqual([
      'aws_lambda_function.TargetSync-vpc-0a1b2c3d_Function_069E489C',
      expect.stringMatching(/^aws_lambda_function\.TargetSync-vpc-0b_Function_/),
    ]);
    expect(resources(tf, INVOCATION)).toHaveLength(3);
  });

  test('know the VPC of a token by its expression', () => {
    const tf = synthesize((stack) => {
      const vpc = new Vpc(stack, 'Main', { cidrBlock: '10.0.0.0/16' });
      for (const id of ['Orders', 'Users']) {
        new DatabaseEndpoint(stack, id, validProps({ target: named(), vpcId: vpc.id }));
      }
    });

    expect(addresses(tf, FUNCTION)).toEqual([
      expect.stringMatching(/^aws_lambda_function\.TargetSync-aws_vpc-Main-id_Function_/),
    ]);
  });

  test('share one wherever they stand in the stack', () => {
    const tf = synthesize((stack) => {
      new DatabaseEndpoint(new Construct(stack, 'A'), 'Orders', validProps({ target: named() }));
      new DatabaseEndpoint(new Construct(stack, 'B'), 'Orders', validProps({ target: named() }));
    });

    expect(configuration(tf)).toMatchObject([{ name: 'prod/A/Orders' }, { name: 'prod/B/Orders' }]);
  });

  test('may be written in any order', () => {
    const forwards = stackOf({ A: { target: rdsInstance('a') }, B: { target: rdsInstance('b') } });
    const backwards = stackOf({ B: { target: rdsInstance('b') }, A: { target: rdsInstance('a') } });

    expect(backwards).toEqual(forwards);
  });

  test('may have functions of their own', () => {
    const tf = stackOf({
      Orders: { target: named() },
      Users: { target: followedBy(named(), { runSeconds: 25 }) },
    });

    expect(addresses(tf, FUNCTION).sort()).toEqual([
      expect.stringMatching(/^aws_lambda_function\.Sync_Function_/),
      'aws_lambda_function.TargetSync-vpc-0a1b2c3d_Function_069E489C',
    ]);
  });

  test('never share the function of another VPC, however alike the expressions are', () => {
    const stack = new TerraformStack(Testing.app(), 'prod');
    new DatabaseEndpoint(stack, 'Orders', validProps({ target: named(), vpcId: expression('module.a.b_id') }));

    expect(
      () => new DatabaseEndpoint(stack, 'Users', validProps({ target: named(), vpcId: expression('module.a-b_id') })),
    ).toThrow(/belongs to another VPC.*SyncElsewhere/);
  });

  test('share a function of yours, and its settings', () => {
    const tf = synthesize((stack) => {
      const runSeconds = new TerraformVariable(stack, 'seconds', { type: 'number' }).numberValue;
      const sync = new TargetSync(stack, 'Sync', { vpcId: 'vpc-0a1b2c3d', runSeconds });
      for (const id of ['Orders', 'Users']) {
        new DatabaseEndpoint(stack, id, validProps({ target: named({ sync }) }));
      }
    });

    expect(addresses(tf, FUNCTION)).toEqual([expect.stringMatching(/^aws_lambda_function\.Sync_Function_/)]);
    expect(configuration(tf)).toMatchObject([{ name: 'prod/Orders' }, { name: 'prod/Users' }]);
  });

  test('may name the default provider, or not', () => {
    const stack = new TerraformStack(Testing.app(), 'prod');
    const provider = new AwsProvider(stack, 'aws', {});
    const sync = new TargetSync(stack, 'Sync', { vpcId: 'vpc-0a1b2c3d' });

    new DatabaseEndpoint(stack, 'Orders', validProps({ target: named({ sync }), provider }));
    new DatabaseEndpoint(stack, 'Stock', validProps({ target: named(), provider }));
    new DatabaseEndpoint(stack, 'Users', validProps({ target: named() }));

    expect(stack.node.children.filter((child) => child instanceof TargetSync)).toHaveLength(2);
  });

  test.each<[string, (stack: TerraformStack) => TargetSync]>([
    ['VPC', (stack) => new TargetSync(stack, 'Sync', { vpcId: 'vpc-0b' })],
    ['stack', ({ node }) => new TargetSync(new TerraformStack(node.root, 'test'), 'Sync', { vpcId: 'vpc-0a1b2c3d' })],
    [
      'provider',
      (stack) => {
        const provider = new AwsProvider(stack, 'west', { alias: 'west' });
        return new TargetSync(stack, 'Sync', { vpcId: 'vpc-0a1b2c3d', provider });
      },
    ],
  ])('are refused the function of another %s', (what, sync) => {
    const stack = new TerraformStack(Testing.app(), 'prod');
    const target = named({ sync: sync(stack) });

    expect(() => new DatabaseEndpoint(stack, 'Orders', validProps({ target }))).toThrow(
      new RegExp(`^prod/Orders: target\\.sync '\\w+/Sync' belongs to another ${what} .*\\[SyncElsewhere\\]$`),
    );
    expect(stack.node.findChild('Orders').node.children).toEqual([]);
  });
});

describe('what the endpoint says of it', () => {
  test('are the resources that alarms are put on', () => {
    const { targetSync } = endpoint(validProps({ target: named() }));

    expect(targetSync?.node.path).toBe('prod/TargetSync-vpc-0a1b2c3d');
    expect(targetSync?.lambdaFunction.functionName).toEqual(expect.any(String));
    expect(targetSync?.role.arn).toEqual(expect.any(String));
    expect(targetSync?.logGroup.name).toEqual(expect.any(String));
    expect(targetSync?.deadLetterQueue.arn).toEqual(expect.any(String));
    expect(targetSync?.securityGroup).toBeUndefined();
  });

  test('is nothing where the addresses stay the same', () => {
    expect(endpoint(validProps()).targetSync).toBeUndefined();
  });
});
