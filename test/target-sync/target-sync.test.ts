import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { DatabaseEndpoint, TargetSync } from '../../lib';
import { endpoint, followedBy, validProps } from '../support/endpoint';
import { expression } from '../support/expression';
import { addresses, resources, synthesize } from '../support/synthesis';
import { configuration, FUNCTION, INVOCATION, named, rdsInstance, stackOf } from './synthesized-sync';

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

  test('identify a VPC that is a token by its expression', () => {
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

  test('share one wherever they are in the stack', () => {
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

  test('may have their own functions', () => {
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

  test('share a function that you pass, and its settings', () => {
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

describe('the property targetSync of an endpoint', () => {
  test('has the resources that alarms need', () => {
    const { targetSync } = endpoint(validProps({ target: named() }));

    expect(targetSync?.node.path).toBe('prod/TargetSync-vpc-0a1b2c3d');
    expect(targetSync?.lambdaFunction.functionName).toEqual(expect.any(String));
    expect(targetSync?.role.arn).toEqual(expect.any(String));
    expect(targetSync?.logGroup.name).toEqual(expect.any(String));
    expect(targetSync?.deadLetterQueue.arn).toEqual(expect.any(String));
    expect(targetSync?.securityGroup).toBeUndefined();
  });

  test('is undefined where the addresses stay the same', () => {
    expect(endpoint(validProps()).targetSync).toBeUndefined();
  });
});
