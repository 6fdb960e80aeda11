import { TerraformVariable } from 'cdktf';
import { readConfiguration } from '../../lambda/target-sync/configuration';
import {
  DatabaseEndpoint,
  type DatabaseEndpointProps,
  DatabaseRole,
  DatabaseTarget,
  type HostnameTargetOptions,
} from '../../lib';
import { validProps } from '../support/endpoint';
import { addresses, onlyResource, synthesize } from '../support/synthesis';
import {
  configuration,
  FUNCTION,
  followed,
  INVOCATION,
  named,
  PROXY,
  proxy,
  rdsInstance,
  stackOf,
} from './synthesized-sync';

const VPC_BLOCKS =
  /^concat\(data\.aws_vpc\.\S+\.cidr_block_associations\[\*\]\.cidr_block, compact\(\[data\.aws_vpc\.\S+\.ipv6_cidr_block\]\)\)$/;

describe('the configuration of the function', () => {
  test('has everything that the program needs to follow a name', () => {
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

  test('is accepted by the program once Terraform has filled in what is known after apply', () => {
    const tf = followed({ vpcCidrBlocks: ['10.0.0.0/16'] });
    const [written] = configuration(tf) as object[];
    const targetGroupArn = 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/dbep-1/0123456789abcdef';

    const { endpoints } = readConfiguration({
      TARGET_SYNC_ENDPOINTS: JSON.stringify([{ ...written, targetGroupArn }]),
    });

    expect(endpoints).toMatchObject([{ name: 'prod/Orders', role: 'writer', vpcCidrs: ['10.0.0.0/16'] }]);
  });

  test('has the blocks that hold the addresses of the database where they are given', () => {
    const tf = stackOf({
      A: { target: named({ cidrBlocks: ['10.0.2.0/24', '10.0.1.0/24'] }) },
      B: { target: named() },
    });

    expect(configuration(tf)).toMatchObject([{ cidrBlocks: ['10.0.1.0/24', '10.0.2.0/24'] }, {}]);
    expect(configuration(tf)[1]).not.toHaveProperty('cidrBlocks');
  });

  test.each<[string, HostnameTargetOptions, Partial<DatabaseEndpointProps>, number | undefined]>([
    ['nothing where health checks are fast', {}, {}, undefined],
    ['what is given', { healthyWithinSeconds: 900 }, { healthCheck: { intervalSeconds: 300 } }, 900],
    ['the time of slow health checks', {}, { healthCheck: { intervalSeconds: 300, healthyThreshold: 3 } }, 1500],
    ['the same with the default threshold', {}, { healthCheck: { intervalSeconds: 100 } }, 800],
  ])('has as the time to become healthy %s', (_, options, props, seconds) => {
    const [{ healthySeconds }] = configuration(followed(options, props)) as { healthySeconds?: number }[];

    expect(healthySeconds).toBe(seconds);
  });

  test('leaves it to Terraform to add an interval that is known after apply', () => {
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
  ])('has %s', (_, props, expected) => {
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

  test('is refused if it is too large for the environment of a function, with what to do instead', () => {
    const { lifecycle } = onlyResource(followed(), FUNCTION);

    expect(lifecycle).toEqual({
      precondition: [
        {
          condition: expect.stringMatching(/^\$\{length\(local\.\S+\) <= 3900\}$/),
          error_message: expect.stringMatching(
            /^prod\/TargetSync-vpc-0a1b2c3d: .*4 KB.*another TargetSync.*\[SyncConfigurationTooLong\]$/,
          ),
        },
      ],
    });
  });
});
