import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { TerraformOutput } from 'cdktf';
import { DatabaseEndpoint } from '../../lib';
import { endpoint, synthesizeEndpoint, terminatingProps, validProps } from '../support/endpoint';
import { addresses, resources, synthesize, synthesizeApp } from '../support/synthesis';

test('the smallest endpoint has one resource for each thing that AWS needs, and no more', () => {
  const tf = synthesizeEndpoint(validProps());

  const counts = Object.fromEntries(
    Object.entries(tf.resource ?? {}).map(([type, all]) => [type, Object.keys(all).length]),
  );
  expect(counts).toEqual({
    aws_security_group: 1,
    aws_vpc_security_group_ingress_rule: 1,
    aws_vpc_security_group_egress_rule: 1,
    aws_lb: 1,
    aws_lb_target_group: 1,
    aws_lb_target_group_attachment: 1,
    aws_lb_listener: 1,
  });
  expect(tf.data).toBeUndefined();
});

test('the resources can be read back', () => {
  const { loadBalancer, listener, targetGroup, node } = endpoint(validProps());
  const { resource, securityGroups } = loadBalancer;

  expect(loadBalancer.node.id).toBe('Default');
  expect(resource).toBeInstanceOf(Lb);
  expect(node.defaultChild).toBe(loadBalancer);
  expect(loadBalancer.node.defaultChild).toBe(resource);
  expect(listener).toBeInstanceOf(LbListener);
  expect(targetGroup).toBeInstanceOf(LbTargetGroup);
  expect(securityGroups).toEqual([expect.any(SecurityGroup)]);
});

test("clients connect to the load balancer's own name where no domain is given", () => {
  const tf = synthesize((stack) => {
    const { hostname } = new DatabaseEndpoint(stack, 'Orders', validProps());
    new TerraformOutput(stack, 'hostname', { value: hostname });
  });

  const [loadBalancer] = addresses(tf, 'aws_lb');
  expect(tf.output?.hostname).toEqual({ value: `\${${loadBalancer}.dns_name}` });
});

test('clients connect to the domain where one is given', () => {
  const orders = endpoint(validProps({ domain: { name: 'orders.db.example.com' } }));

  expect(orders.hostname).toBe('orders.db.example.com');
});

test.each([
  ["the engine's own port on passthrough", validProps(), 5432],
  ["the engine's TLS port where the listener terminates", terminatingProps(), 6379],
  ['the port that was asked for', validProps({ port: 15432 }), 15432],
])('clients connect to %s', (_, props, port) => {
  expect(endpoint(props).port).toBe(port);
});

describe('several endpoints', () => {
  const types = ['aws_lb', 'aws_lb_listener', 'aws_lb_target_group', 'aws_security_group'];

  test('share nothing within one stack', () => {
    const tf = synthesize((stack) => {
      new DatabaseEndpoint(stack, 'Orders', validProps());
      new DatabaseEndpoint(stack, 'Billing', validProps());
    });

    for (const type of types) expect(addresses(tf, type)).toHaveLength(2);
    for (const type of types) expect(new Set(resources(tf, type).map((block) => JSON.stringify(block))).size).toBe(2);
    const [orders, billing] = resources(tf, 'aws_lb');
    expect(orders.security_groups).not.toEqual(billing.security_groups);
  });

  test('of the same name in two stacks differ by the names of the stacks alone', () => {
    const fill = (stack: ConstructorParameters<typeof DatabaseEndpoint>[0]) => {
      new DatabaseEndpoint(stack, 'Orders', validProps());
    };

    const { staging, production } = synthesizeApp({ staging: fill, production: fill });

    expect(staging).not.toBe(production);
    expect(staging.replaceAll('staging', 'production')).toBe(production);
  });

  test('keep their addresses when another endpoint is added before them', () => {
    const alone = synthesizeEndpoint(validProps());
    const joined = synthesize((stack) => {
      new DatabaseEndpoint(stack, 'Billing', validProps());
      new DatabaseEndpoint(stack, 'Orders', validProps());
    });

    expect(joined).toMatchObject(alone as object);
  });
});
