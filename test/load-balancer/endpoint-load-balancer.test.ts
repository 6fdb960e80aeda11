import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { DatabaseEndpoint, DatabaseTarget, EndpointLoadBalancer, type EndpointProps } from '../../lib';
import { expressionText } from '../../lib/tokens/resolved-text';
import { validProps } from '../support/endpoint';
import {
  addFleet,
  clients,
  endpointProps,
  type Fleet,
  loadBalancerProps,
  synthesizeFleet,
} from '../support/shared-load-balancer';
import { addresses, onlyResource, resources, synthesize, type TerraformJson } from '../support/synthesis';
import { madeRules } from './admitted';

const INGRESS = 'aws_vpc_security_group_ingress_rule';
const EGRESS = 'aws_vpc_security_group_egress_rule';

function numbered(count: number, from = 0): Fleet {
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `E${from + i}`,
      endpointProps({
        port: 6000 + from + i,
        allow: clients(5, from + i),
        target: DatabaseTarget.ipAddresses([`10.0.2.${from + i}`], { securityGroupId: `sg-0${from + i}` }),
      }),
    ]),
  );
}

/** Addresses of instances, with those of `for_each`, and what each is made from. */
function instances(tf: TerraformJson): Map<string, string> {
  const found = Object.entries(tf.resource ?? {}).flatMap(([type, all]) =>
    Object.entries(all).flatMap(([id, { for_each: each, ...attributes }]): [string, string][] =>
      typeof each === 'object'
        ? Object.entries(each as object).map(([key, value]) => [
            `${type}.${id}["${key}"]`,
            JSON.stringify([value, attributes]),
          ])
        : [[`${type}.${id}`, JSON.stringify([each, attributes])]],
    ),
  );
  return new Map(found);
}

/** What Terraform would have to do to get from one stack to the other. */
function changes(before: TerraformJson, after: TerraformJson): string[] {
  const [old, now] = [instances(before), instances(after)];
  return [...new Set([...old.keys(), ...now.keys()])].filter((address) => old.get(address) !== now.get(address)).sort();
}

test('endpoints have a listener, a target group and targets each, and share everything else', () => {
  const tf = synthesizeFleet({ Orders: endpointProps(), Stock: endpointProps({ port: 5433 }) });

  expect(resources(tf, 'aws_lb')).toHaveLength(1);
  for (const type of ['aws_lb_listener', 'aws_lb_target_group', 'aws_lb_target_group_attachment']) {
    expect(addresses(tf, type).map((address) => address.replace(/_\w{8}$/, ''))).toEqual(
      ['Orders', 'Stock'].map((id) => expect.stringContaining(`${type}.Partners_${id}_`)),
    );
  }
  expect(resources(tf, 'aws_lb_listener').map(({ port, load_balancer_arn }) => [port, load_balancer_arn])).toEqual(
    [5432, 5433].map((port) => [port, `\${${addresses(tf, 'aws_lb')[0]}.arn}`]),
  );
  expect(addresses(tf, 'aws_security_group')).toHaveLength(5);
  expect(madeRules(tf).map(({ fromPort, toPort, source }) => [fromPort, toPort, source])).toEqual([
    [5432, 5432, '52.20.30.40/32'],
    [5433, 5433, '52.20.30.40/32'],
  ]);
  expect(resources(tf, EGRESS)).toHaveLength(1);
});

test('the addresses of what endpoints share derive from the load balancer', () => {
  const tf = synthesizeFleet({ Orders: endpointProps() });

  expect(addresses(tf, 'aws_lb')).toEqual(['aws_lb.Partners_LoadBalancer_F6EFC58D']);
  expect(addresses(tf, 'aws_security_group').sort()).toEqual(
    [...['-2_9E7CED39', '-3_54CB0C4B', '-4_13B6FC3E', '-5_58BCCD7E', '_F1201F4B']].map(
      (suffix) => `aws_security_group.Partners_SecurityGroup${suffix}`,
    ),
  );
  expect(addresses(tf, INGRESS)).toEqual([`${INGRESS}.Partners_IngressIpv4-4_54CD1656`]);
  expect(addresses(tf, EGRESS)).toEqual([`${EGRESS}.Partners_Egress_01539A4A`]);
});

test('forty endpoints fit one load balancer', () => {
  const tf = synthesizeFleet(numbered(40));

  expect(resources(tf, 'aws_lb_listener')).toHaveLength(40);
  const rules = madeRules(tf);
  expect(rules).toHaveLength(200);
  for (let i = 0; i < 40; i++) {
    expect(
      rules
        .filter(({ fromPort }) => fromPort === 6000 + i)
        .map(({ source }) => source)
        .sort(),
    ).toEqual([0, 2, 4, 6, 8].map((last) => `52.${i}.0.${last}/32`));
  }
  expect(Object.keys(onlyResource(tf, EGRESS).for_each as object)).toHaveLength(40);
  expect(JSON.stringify(tf)).not.toContain('TfToken');
});

test('one more endpoint changes nothing of the others, and one less neither', () => {
  const some = synthesizeFleet(numbered(20));
  const more = synthesizeFleet(numbered(21));
  const added = changes(some, more);

  expect(changes(more, some)).toEqual(added);
  expect(
    added.map((address) => address.replace(/(-\d)?(_\w{8})?(?=$|\[)/, '').replace(/^\w+\.Partners_/, '')).sort(),
  ).toEqual([
    'DatabaseIngress["5432 sg-020"]',
    'E20_Listener',
    'E20_TargetGroup',
    'E20_Targets["10.0.2.20"]',
    'EgressToSecurityGroups["5432 sg-020"]',
    ...[0, 2, 4, 6, 8].map((last) => `IngressIpv4["6020 52.20.0.${last}/32"]`),
  ]);
});

test('another port of an endpoint changes nothing of the others', () => {
  const moved = { ...numbered(20), E7: { ...numbered(20).E7, port: 7000 } };

  const changed = changes(synthesizeFleet(numbered(20)), synthesizeFleet(moved));

  expect(changed.filter((address) => !/Partners_E7_Listener|"6007 52\.7|"7000 52\.7/.test(address))).toEqual([]);
  expect(changed).toHaveLength(11);
});

test('the order in which endpoints are added means nothing', () => {
  const fleet = numbered(12);
  const reversed = Object.fromEntries(Object.entries(fleet).reverse());

  expect(synthesizeFleet(reversed)).toEqual(synthesizeFleet(fleet));
});

test('an endpoint may belong to any scope of the stack, also to another endpoint', () => {
  const tf = synthesize((stack) => {
    const team = new Construct(stack, 'Team');
    const loadBalancer = new EndpointLoadBalancer(new Construct(stack, 'Network'), 'Partners', loadBalancerProps());
    const stock = loadBalancer.addEndpoint('Stock', endpointProps({ port: 5433 }), team);
    loadBalancer.addEndpoint('Orders', endpointProps(), stock);
  });

  expect(addresses(tf, 'aws_lb_listener').sort()).toEqual([
    expect.stringMatching(/^aws_lb_listener\.Team_Stock_Listener_\w{8}$/),
    expect.stringMatching(/^aws_lb_listener\.Team_Stock_Orders_Listener_\w{8}$/),
  ]);
  expect(madeRules(tf).map(({ fromPort }) => fromPort)).toEqual([5432, 5433]);
  expect(addresses(tf, EGRESS)).toEqual([expect.stringContaining('.Network_Partners_Egress_')]);
});

test('an endpoint knows its load balancer, which is the one that it was added to', () => {
  synthesize((stack) => {
    const loadBalancer = addFleet(stack, {});
    const endpoint = loadBalancer.addEndpoint('Orders', endpointProps({ port: 15432 }));

    expect(endpoint.loadBalancer).toBe(loadBalancer);
    const resolved = (text: string) => expressionText(stack, text);
    expect(endpoint.port).toBe(15432);
    expect(resolved(endpoint.hostname)).toBe(resolved(loadBalancer.dnsName));
    expect(resolved(endpoint.databaseIngress.sourceSecurityGroupId)).toBe(resolved(loadBalancer.securityGroupIds[0]));
    expect(loadBalancer.node.defaultChild).toBe(loadBalancer.resource);
  });
});

test('a load balancer that nobody was added to admits nobody and leads nowhere', () => {
  const tf = synthesizeFleet({}, loadBalancerProps({ pathMtuDiscovery: true, dualStack: true }));

  expect(Object.keys(tf.resource ?? {}).sort()).toEqual(['aws_lb', 'aws_security_group']);
});

test.each([
  // What the endpoint itself needs first is made after it.
  ...['Egress', 'IngressIpv4', 'IngressIpv4-4'].map((id) => [id, `already a Construct with name '${id}'`]),
  ...['LoadBalancer', 'SecurityGroup-2'].map((id) => [id, `'${id}' is taken by prod/Partners/${id}.`]),
])('an endpoint by the name of what is shared, %s, is refused and takes nothing from it', (id, message) => {
  expect(() => synthesizeFleet({ [id]: endpointProps() })).toThrow(message);
});

test('an endpoint that was refused leaves nothing behind', () => {
  const tf = synthesize((stack) => {
    const loadBalancer = addFleet(stack, { Orders: endpointProps() });
    expect(() => loadBalancer.addEndpoint('Stock', endpointProps({ allow: clients(5) }))).toThrow('[SharedPortTaken]');
    expect(() => loadBalancer.addEndpoint('Users', endpointProps({ port: 5433, allow: clients(400) }))).toThrow(
      '[TooManyRules]',
    );
    loadBalancer.addEndpoint('Other', endpointProps({ port: 5433 }));
  });

  expect(tf.resource).toEqual(
    synthesizeFleet({ Orders: endpointProps(), Other: endpointProps({ port: 5433 }) }).resource,
  );
});

test('tags of the load balancer stay with it, and so do those of endpoints', () => {
  const tf = synthesizeFleet(
    { Orders: endpointProps({ tags: { team: 'orders' } }), Stock: endpointProps({ port: 5433 }) },
    loadBalancerProps({ tags: { team: 'network' } }),
  );
  const tagsOf = (type: string) => resources(tf, type).map(({ tags }) => tags);

  for (const type of ['aws_lb', 'aws_security_group', INGRESS, EGRESS]) {
    for (const tags of tagsOf(type)) expect(tags).toEqual({ Name: 'prod/Partners', team: 'network' });
  }
  for (const type of ['aws_lb_listener', 'aws_lb_target_group']) {
    expect(tagsOf(type)).toEqual([{ Name: 'prod/Partners/Orders', team: 'orders' }, { Name: 'prod/Partners/Stock' }]);
  }
});

test('a stack may have a load balancer that is shared beside one that is not', () => {
  const own = (stack: TerraformStack) => void new DatabaseEndpoint(stack, 'Own', validProps());
  const alone = synthesize(own);
  const both = synthesize((stack) => {
    own(stack);
    addFleet(stack, { Orders: endpointProps(), Stock: endpointProps({ port: 5433 }) });
  });

  expect(resources(both, 'aws_lb')).toHaveLength(2);
  expect(changes(alone, both).filter((address) => address.includes('.Own_'))).toEqual([]);
});

test('two load balancers of a stack may have endpoints on the same ports', () => {
  const tf = synthesize((stack) => {
    for (const id of ['Partners', 'Staff']) {
      new EndpointLoadBalancer(stack, id, loadBalancerProps()).addEndpoint('Orders', endpointProps());
    }
  });

  expect(madeRules(tf).map(({ fromPort, source }) => [fromPort, source])).toEqual(
    Array(2).fill([5432, '52.20.30.40/32']),
  );
});

test('each endpoint tells who may reach it, and has outputs of its own', () => {
  const tf = synthesize((stack) => {
    const loadBalancer = addFleet(stack, {});
    for (const [i, id] of ['Orders', 'Stock'].entries()) {
      const endpoint = loadBalancer.addEndpoint(id, endpointProps({ port: 5432 + i, allow: clients(1, 20 + i) }));
      endpoint.addOutputs({ prefix: id.toLowerCase() });

      expect(endpoint.exposure).toMatchObject({
        ...{ endpoint: `prod/Partners/${id}`, port: 5432 + i },
        sources: [{ kind: 'cidr', value: `52.${20 + i}.0.0/32` }],
      });
    }
  });

  const { output = {} } = tf;
  expect([output.orders_port.value, output.stock_port.value]).toEqual([5432, 5433]);
  expect(output.orders_hostname.value).toBe(`\${${addresses(tf, 'aws_lb')[0]}.dns_name}`);
  expect(output.stock_hostname.value).toBe(output.orders_hostname.value);
});

test('endpoints that share a load balancer can be written as HCL', () => {
  const props: EndpointProps = endpointProps({ port: 5433, allow: clients(3) });
  const hcl = (mergePorts: boolean) => {
    const stack = new TerraformStack(new App({ outdir: Testing.app().outdir, hclOutput: true }), 'prod');
    new AwsProvider(stack, 'aws', {});
    addFleet(stack, { Orders: endpointProps(), Stock: props }, loadBalancerProps({ mergePorts }));
    return Testing.synthHcl(stack);
  };

  for (const mergePorts of [true, false]) {
    expect(hcl(mergePorts)).toContain('resource "aws_vpc_security_group_ingress_rule"');
    expect(hcl(mergePorts)).toContain('split(" ", each.key)[1]');
  }
});
