import type { TerraformStack } from 'cdktf';
import { DatabaseEndpoint, type DatabaseEndpointProps, EndpointLoadBalancer, FlowLogs } from '../../lib';
import { FLOW_LOG_FIELDS } from '../../lib/logs/saved-queries';
import { validProps } from '../support/endpoint';
import { expression, expressionNumber } from '../support/expression';
import { loadBalancerProps } from '../support/shared-load-balancer';
import { addresses, onlyResource, resources, synthesize, type TerraformJson } from '../support/synthesis';

const logging = (flowLogs: FlowLogs, overrides: Partial<DatabaseEndpointProps> = {}): TerraformJson =>
  synthesize((stack) => new DatabaseEndpoint(stack, 'Orders', validProps({ flowLogs, ...overrides })));

describe('to a new log group', () => {
  const tf = logging(FlowLogs.toNewLogGroup());
  const group = addresses(tf, 'aws_cloudwatch_log_group')[0];

  test('logs all traffic of the interface in each subnet, minute by minute', () => {
    const found = Object.keys(tf.data?.['aws_network_interface'] ?? {});
    const logs = resources(tf, 'aws_flow_log');
    expect(logs.map(({ eni_id: id }) => id)).toEqual(found.map((id) => `\${data.aws_network_interface.${id}.id}`));
    for (const log of logs)
      expect(log).toMatchObject({
        traffic_type: 'ALL',
        max_aggregation_interval: 60,
        log_destination_type: 'cloud-watch-logs',
        log_destination: `\${${group}.arn}`,
        log_format: FLOW_LOG_FIELDS.map((field) => `$\${${field}}`).join(' '),
      });
  });

  test('finds an interface by what is known when it is there', () => {
    const lb = addresses(tf, 'aws_lb')[0];
    const keys = addresses(tf, 'terraform_data');

    expect(resources(tf, 'terraform_data').map(({ input }) => input)).toEqual(
      ['subnet-0a', 'subnet-0b'].map((subnet) => ({ subnet, loadBalancer: `\${${lb}.arn_suffix}` })),
    );
    expect(Object.values(tf.data?.['aws_network_interface'] ?? {}).map(({ filter }) => filter)).toEqual(
      keys.map((key) => [
        { name: 'subnet-id', values: [`\${${key}.output.subnet}`] },
        { name: 'description', values: [`ELB \${${key}.output.loadBalancer}`] },
      ]),
    );
  });

  test('keeps records for a year', () => {
    expect(onlyResource(tf, 'aws_cloudwatch_log_group')).toMatchObject({
      name_prefix: 'database-endpoint-flows-',
      retention_in_days: 365,
    });
  });

  test('writes with a role that only flow logs of this account take, and that can write to this group only', () => {
    const part = (index: number) => `\${split(":", ${group}.arn)[${index}]}`;
    const read = (policy: unknown) =>
      `${policy}`
        .replaceAll(part(1), 'PARTITION')
        .replaceAll(part(3), 'REGION')
        .replaceAll(part(4), 'ACCOUNT')
        .replaceAll(part(4).slice(2, -1), '"ACCOUNT"')
        .replaceAll(`\${${group}.arn}`, 'GROUP')
        .replaceAll(`${group}.arn`, '"GROUP"')
        .replace(/^\$\{jsonencode\((.*)\)\}$/, '$1');

    expect(JSON.parse(read(onlyResource(tf, 'aws_iam_role').assume_role_policy)).Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'aws:SourceAccount': 'ACCOUNT' },
          ArnLike: { 'aws:SourceArn': 'arn:PARTITION:ec2:REGION:ACCOUNT:vpc-flow-log/*' },
        },
      },
    ]);
    expect(JSON.parse(read(onlyResource(tf, 'aws_iam_role_policy').policy)).Statement).toEqual([
      {
        Sid: 'WriteRecords',
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        Resource: ['GROUP', 'GROUP:*'],
      },
      {
        Sid: 'FindLogGroup',
        Effect: 'Allow',
        Action: ['logs:DescribeLogGroups'],
        Resource: 'arn:PARTITION:logs:REGION:ACCOUNT:log-group:*',
      },
    ]);
  });

  test('saves queries about it, by name', () => {
    const queries = resources(tf, 'aws_cloudwatch_query_definition');

    expect(queries.map(({ name }) => name).sort()).toEqual([
      'database-endpoint/prod/Orders/how much each client got',
      'database-endpoint/prod/Orders/who connected',
      'database-endpoint/prod/Orders/who tried other ports',
      'database-endpoint/prod/Orders/who was refused',
    ]);
    for (const query of queries) {
      expect(query.log_group_names).toEqual([`\${${group}.name}`]);
      expect(query.query_string).toContain('[5432]');
    }
  });

  test('what it is made with is what was asked for', () => {
    const kmsKeyArn = 'arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';
    const permissionsBoundaryArn = 'arn:aws:iam::123456789012:policy/Boundary';
    const options = { retentionDays: 30, kmsKeyArn, permissionsBoundaryArn, savedQueries: false };
    const own = logging(FlowLogs.toNewLogGroup(options));

    expect(onlyResource(own, 'aws_cloudwatch_log_group')).toMatchObject({
      retention_in_days: 30,
      kms_key_id: kmsKeyArn,
    });
    expect(onlyResource(own, 'aws_iam_role')).toMatchObject({ permissions_boundary: permissionsBoundaryArn });
    expect(own.resource).not.toHaveProperty('aws_cloudwatch_query_definition');
  });
});

test('to a bucket, without a role', () => {
  const tf = logging(FlowLogs.toBucket('arn:aws:s3:::central-flow-logs', { prefix: 'databases' }));

  expect(resources(tf, 'aws_flow_log')).toHaveLength(2);
  for (const log of resources(tf, 'aws_flow_log')) {
    expect(log).toMatchObject({
      log_destination_type: 's3',
      log_destination: 'arn:aws:s3:::central-flow-logs/databases/',
    });
  }
  expect(tf.resource).not.toHaveProperty('aws_iam_role');
});

test('subnets that are known after apply are known by their expressions', () => {
  const subnets = ['aws_subnet.b.id', 'aws_subnet.a.id'].map((id) => expression(id));
  const tf = logging(FlowLogs.toNewLogGroup(), { subnetIds: subnets });

  expect(addresses(tf, 'aws_flow_log')).toEqual([
    expect.stringMatching(/FlowLog-aws_subnet-a-id_/),
    expect.stringMatching(/FlowLog-aws_subnet-b-id_/),
  ]);
});

test('a port that is known after apply stands in the queries', () => {
  const tf = logging(FlowLogs.toNewLogGroup(), { port: expressionNumber('var.port') });

  expect(resources(tf, 'aws_cloudwatch_query_definition')[0].query_string).toContain('[${var.port}]');
});

test('the order of subnets changes nothing', () => {
  const [a, b] = ['subnet-0a', 'subnet-0b'];
  const flowLogs = FlowLogs.toNewLogGroup();

  expect(logging(flowLogs, { subnetIds: [b, a] })).toEqual(logging(flowLogs, { subnetIds: [a, b] }));
});

test('the queries of a shared load balancer are about the ports of all its endpoints', () => {
  const tf = synthesize((stack: TerraformStack) => {
    const flowLogs = FlowLogs.toNewLogGroup();
    const loadBalancer = new EndpointLoadBalancer(stack, 'Partners', loadBalancerProps({ flowLogs }));
    const { engine, target, allow } = validProps();
    loadBalancer.addEndpoint('Orders', { engine, target, allow });
    loadBalancer.addEndpoint('Archive', { engine, target, allow, port: 5433 });
    expect(loadBalancer.flowLogGroup?.terraformResourceType).toBe('aws_cloudwatch_log_group');
  });

  for (const { query_string: text } of resources(tf, 'aws_cloudwatch_query_definition'))
    expect(text).toContain('[5432, 5433]');
});

describe('a query', () => {
  // A record as AWS writes it, in the order of the fields.
  const RECORD = {
    ...{ 'interface-id': 'eni-0a', srcaddr: '198.51.100.7', srcport: '49152', dstaddr: '10.0.0.9', dstport: '5432' },
    ...{ protocol: '6', packets: '20', bytes: '4249', start: '1418530010', end: '1418530070', action: 'ACCEPT' },
    ...{ 'tcp-flags': '2', 'flow-direction': 'ingress', 'log-status': 'OK' },
  };

  test('takes a record apart as it was written', () => {
    const tf = logging(FlowLogs.toNewLogGroup());
    const message = FLOW_LOG_FIELDS.map((field) => RECORD[field]).join(' ');
    for (const query of resources(tf, 'aws_cloudwatch_query_definition')) {
      const text = `${query.query_string}`;
      const [, pattern = '', names = ''] = /^parse @message "([^"]*)" as (.*)$/m.exec(text) ?? [];
      const values = new RegExp(`^${pattern.replaceAll('*', '(.*?)')}$`).exec(message)?.slice(1);
      const parsed = Object.fromEntries(names.split(', ').map((name, i) => [name, values?.[i]]));

      expect(parsed).toMatchObject({
        srcaddr: '198.51.100.7',
        dstport: '5432',
        action: 'ACCEPT',
        flowDirection: 'ingress',
      });
      const used = text
        .replace(/^parse .*$/m, '')
        .match(/\b(srcaddr|srcport|dstaddr|dstport|flowDirection|action|packets|bytes|start|end)\b/g);
      expect(Object.keys(parsed)).toEqual(expect.arrayContaining(used ?? ['none']));
    }
  });
});
