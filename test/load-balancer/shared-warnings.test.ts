import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import type { IConstruct } from 'constructs';
import { EndpointLoadBalancer } from '../../lib';
import { addFleet, clients, endpointProps, existingProps, loadBalancerProps } from '../support/shared-load-balancer';
import { warningsOf } from '../support/synthesis';
import { SHARED_WARNED } from './shared.warnings';

function stack(): TerraformStack {
  const made = new TerraformStack(Testing.app(), 'prod');
  new AwsProvider(made, 'aws', {});
  return made;
}

const named = (construct: IConstruct, rule: string) =>
  warningsOf(construct).filter((warning) => warning.endsWith(`[${rule}]`));

describe.each(SHARED_WARNED.map((row) => [row.rule, row.where, row] as const))(
  '%s is warned of where %s',
  (rule, _, { make, says }) => {
    test('with property, reason and remedy', () => {
      expect(named(make(stack(), []), rule)).toEqual([expect.stringMatching(says)]);
    });

    test('until it is acknowledged', () => {
      expect(named(make(stack(), [rule]), rule)).toEqual([]);
    });
  },
);

test('a load balancer below four fifths of its room warns of nothing', () => {
  const loadBalancer = addFleet(stack(), {
    Stock: endpointProps({ port: 5433, allow: clients(200) }),
    Orders: endpointProps({ allow: clients(39) }),
  });

  for (const construct of loadBalancer.node.findAll()) expect(named(construct, 'LoadBalancerNearlyFull')).toEqual([]);
});

test('only the endpoint that takes the step warns, and none after it', () => {
  const loadBalancer = addFleet(stack(), {
    Stock: endpointProps({ port: 5433, allow: clients(240) }),
    Orders: endpointProps({ allow: clients(10) }),
    Users: endpointProps({ port: 5434, allow: clients(10) }),
  });

  const warned = loadBalancer.node.findAll().filter((each) => named(each, 'LoadBalancerNearlyFull').length > 0);
  expect(warned.map(({ node }) => node.path)).toEqual(['prod/Partners/Stock']);
});

test('rules that neighbouring ports share count once', () => {
  const loadBalancer = addFleet(
    stack(),
    Object.fromEntries([5432, 5433, 5434].map((port) => [`On${port}`, endpointProps({ port, allow: clients(200) })])),
    loadBalancerProps({ mergePorts: true }),
  );

  for (const construct of loadBalancer.node.findAll()) expect(named(construct, 'LoadBalancerNearlyFull')).toEqual([]);
});

test('a warning about the load balancer is not one about its endpoints', () => {
  const loadBalancer = EndpointLoadBalancer.fromAttributes(
    stack(),
    'Partners',
    existingProps({ acknowledge: ['ImportedLoadBalancerUnchecked'] }),
  );

  const endpoint = loadBalancer.addEndpoint(
    'Orders',
    endpointProps({ acknowledge: ['NameNotVerifiable', 'PassthroughPlaintext'] }),
  );

  expect([...warningsOf(loadBalancer), ...warningsOf(endpoint)]).toEqual([]);
});
