import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataAwsVpc } from '@cdktf/provider-aws/lib/data-aws-vpc';
import { Lb } from '@cdktf/provider-aws/lib/lb';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, Fn, Lazy, TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import { presolved } from '../../lib/terraform/presolved';
import { addressOf, attributeOf, expressionOf, expressionToken } from '../../lib/tokens/expression';

const PresolvedLb = presolved(Lb);

/** The folder of two stacks, in which a load balancer of all kinds of values refers to the other stack. */
function stacksWith(
  LoadBalancer: typeof Lb,
  change: (stack: TerraformStack, lb: Lb) => void,
  hclOutput = false,
): string {
  const app = new App({ outdir: Testing.app().outdir, hclOutput });
  const [network, stack] = ['network', 'prod'].map((name) => {
    const each = new TerraformStack(app, name);
    new AwsProvider(each, 'aws', { region: 'eu-central-1' });
    return each;
  });
  const other = new Lb(network, 'Other', {});
  const first = new Lb(stack, 'First', {});
  const { stringValue, listValue, numberValue } = new TerraformVariable(stack, 'x', {});
  const lb = new LoadBalancer(stack, 'LoadBalancer', {
    name: other.name,
    internal: true,
    idleTimeout: numberValue,
    // What the library writes by itself, alone and next to what CDKTF has to look up.
    loadBalancerType: expressionToken((context) => expressionOf(stringValue, context)),
    namePrefix: `${attributeOf(first, 'name')}-`,
    subnets: [stringValue, 'subnet-0a', attributeOf(first, 'id')],
    securityGroups: listValue,
    customerOwnedIpv4Pool: Fn.upper(stringValue),
    accessLogs: { bucket: stringValue, enabled: undefined },
    connectionLogs: { bucket: attributeOf(first, 'id'), prefix: addressOf(first), enabled: undefined },
    subnetMapping: [
      { subnetId: 'subnet-0a', allocationId: undefined },
      { subnetId: other.id },
      { subnetId: attributeOf(first, 'id') },
    ],
    tags: { Name: 'plain', [stringValue]: 'key', port: `port ${numberValue}` },
    lifecycle: { createBeforeDestroy: true, ignoreChanges: ['name'] },
    dependsOn: [first],
    ipAddressType: Lazy.stringValue({ produce: () => undefined }),
    dnsRecordClientRoutingPolicy: Token.asString(Token.nullValue()),
  });
  change(stack, lb);
  app.synth();
  return join(app.outdir, 'stacks');
}

test.each<[string, (stack: TerraformStack, lb: Lb) => void]>([
  ['as it is', () => {}],
  ['with an override of its own', (_, lb) => lb.addOverride('tags.more', 'yes')],
  ['with an override of its stack', (stack) => stack.addOverride('resource.aws_lb.LoadBalancer.tags.more', 'yes')],
  [
    'with a list that only the library writes',
    (_, lb) => {
      lb.subnets = [attributeOf(lb, 'vpc_id'), undefined as unknown as string];
    },
  ],
  [
    'that is imported',
    (_, lb) => lb.importFrom('arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/x'),
  ],
  ['that has moved', (_, lb) => lb.moveFromId('aws_lb.old')],
])('a presolved resource %s is written to the letter as any other', (_, change) => {
  const [spare, plain] = [PresolvedLb, Lb].map((Class) => stacksWith(Class, change));

  for (const file of ['prod/cdk.tf.json', 'network/cdk.tf.json']) {
    expect(readFileSync(join(spare, file), 'utf8')).toBe(readFileSync(join(plain, file), 'utf8'));
  }
  expect(readFileSync(join(spare, 'network/cdk.tf.json'), 'utf8')).toContain('cross-stack-output');
});

test('a presolved resource is the same in HCL', () => {
  const [spare, plain] = [PresolvedLb, Lb].map((Class) => stacksWith(Class, () => {}, true));

  expect(readFileSync(join(spare, 'prod/cdk.tf'), 'utf8')).toBe(readFileSync(join(plain, 'prod/cdk.tf'), 'utf8'));
});

test('a presolved resource is still an instance of its class, and its attributes can be read before they are resolved', () => {
  const lb = new PresolvedLb(new TerraformStack(Testing.app(), 'prod'), 'LoadBalancer', { internal: true });

  expect(lb).toBeInstanceOf(Lb);
  expect(lb.toTerraform().resource.aws_lb.LoadBalancer).toMatchObject({ internal: true });
});

test('a resource is presolved where the provider has another copy of the framework, as with CDK Terrain', () => {
  jest.isolateModules(() => {
    const { Lb: Other }: { Lb: typeof Lb } = require('@cdktf/provider-aws/lib/lb');

    expect(Other).not.toBe(Lb);
    expect(presolved(Other)).not.toBe(Other);
  });
});

test('a data source, and what is no class, stays as it is', () => {
  const none = () => {};

  expect(presolved(DataAwsVpc)).toBe(DataAwsVpc);
  expect(presolved(none)).toBe(none);
});
