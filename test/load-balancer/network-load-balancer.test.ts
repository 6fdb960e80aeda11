import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { TerraformVariable } from 'cdktf';
import { type DatabaseEndpointProps, EndpointAddresses, EndpointLoadBalancer } from '../../lib';
import { synthesizeEndpoint, validProps } from '../support/endpoint';
import { addresses, onlyResource, synthesize } from '../support/synthesis';

function loadBalancer(overrides: Partial<DatabaseEndpointProps> = {}) {
  return onlyResource(synthesizeEndpoint(validProps(overrides)), 'aws_lb');
}

test('an endpoint is a network load balancer', () => {
  expect(loadBalancer().load_balancer_type).toBe('network');
});

test('inbound rules hold for traffic that comes by PrivateLink too, and a change by hand shows in the plan', () => {
  expect(loadBalancer().enforce_security_group_inbound_rules_on_private_link_traffic).toBe('on');
});

// What an endpoint is like where nothing else was asked for, and how to ask for something else.
test.each<[string, string, unknown, Partial<DatabaseEndpointProps>, unknown]>([
  ['has public addresses', 'internal', false, { internetFacing: false }, true],
  ['reaches targets in every zone', 'enable_cross_zone_load_balancing', true, { crossZone: false }, false],
  ['cannot be deleted by mistake', 'enable_deletion_protection', true, { deletionProtection: false }, false],
  ['takes clients over IPv4', 'ip_address_type', 'ipv4', { dualStack: true }, 'dualstack'],
])('it %s (%s) unless asked otherwise', (_, attribute, byDefault, overrides, otherwise) => {
  expect(loadBalancer()[attribute]).toBe(byDefault);
  expect(loadBalancer(overrides)[attribute]).toBe(otherwise);
});

test.each<Partial<DatabaseEndpointProps>>([
  { internetFacing: true },
  { crossZone: true },
  { deletionProtection: true },
  { dualStack: false },
  { preserveClientIp: false },
  { allowSingleSubnet: false },
])('writing the default %j changes nothing', (overrides) => {
  expect(synthesizeEndpoint(validProps(overrides))).toEqual(synthesizeEndpoint(validProps()));
});

test('a security group is attached when the load balancer is created, as it could never be later', () => {
  const tf = synthesizeEndpoint(validProps());

  const [group] = addresses(tf, 'aws_security_group');
  expect(onlyResource(tf, 'aws_lb').security_groups).toEqual([`\${${group}.id}`]);
});

test('its name is unique by a prefix that AWS accepts, so that a new one can be made before the old one goes', () => {
  const { name, name_prefix } = loadBalancer();

  expect(name).toBeUndefined();
  expect(name_prefix).toMatch(/^(?!internal-)[a-z][a-z0-9-]{0,5}$/);
});

test('it has the name that was asked for, and then no prefix', () => {
  const { name, name_prefix } = loadBalancer({ loadBalancerName: 'orders' });

  expect(name).toBe('orders');
  expect(name_prefix).toBeUndefined();
});

describe('subnets', () => {
  test('do not depend on the order in which they were written', () => {
    expect(loadBalancer({ subnetIds: ['subnet-0c', 'subnet-0a', 'subnet-0b'] }).subnets).toEqual([
      'subnet-0a',
      'subnet-0b',
      'subnet-0c',
    ]);
  });

  test('may be a single one where the loss of a zone is accepted', () => {
    expect(loadBalancer({ subnetIds: ['subnet-0a'], allowSingleSubnet: true }).subnets).toEqual(['subnet-0a']);
  });

  test('are not modified where the caller keeps them', () => {
    const subnetIds = ['subnet-0b', 'subnet-0a'];

    loadBalancer({ subnetIds });

    expect(subnetIds).toEqual(['subnet-0b', 'subnet-0a']);
  });

  test('may be tokens one by one, and are then ordered by their expressions', () => {
    const subnets = (order: (ids: string[]) => string[]) =>
      onlyResource(
        synthesizeEndpoint((stack) => {
          const ids = ['b', 'a'].map((name) => new TerraformVariable(stack, name, { type: 'string' }).stringValue);
          return validProps({ subnetIds: order(['subnet-0c', ...ids]) });
        }),
        'aws_lb',
      ).subnets;

    expect(subnets((ids) => ids)).toEqual(['${var.a}', '${var.b}', 'subnet-0c']);
    expect(subnets((ids) => ids.reverse())).toEqual(['${var.a}', '${var.b}', 'subnet-0c']);
  });

  test('are refused twice, also where each is a token of its own for the same expression', () => {
    const twice = () =>
      synthesizeEndpoint((stack) => {
        const subnet = new Subnet(stack, 'a', { vpcId: 'vpc-0a1b2c3d' });
        return validProps({ subnetIds: [subnet.id, subnet.id] });
      });

    expect(twice).toThrow(/prod\/Orders: subnetIds\[1\] .*repeats subnetIds\[0\]\. .* \[SubnetDuplicate\]/);
  });

  test.each([
    [undefined, 2],
    [true, 1],
  ])(
    'may be a list that is known after apply, which then counts them (allowSingleSubnet: %s)',
    (allowSingleSubnet, least) => {
      const { subnets, lifecycle } = onlyResource(
        synthesizeEndpoint((stack) => {
          const subnetIds = new TerraformVariable(stack, 'subnets', { type: 'list(string)' }).listValue;
          return validProps({ subnetIds, allowSingleSubnet });
        }),
        'aws_lb',
      );

      expect(subnets).toBe('${var.subnets}');
      expect(lifecycle).toEqual({
        prevent_destroy: true,
        precondition: [
          {
            condition: `\${length(var.subnets) >= ${least}}`,
            error_message: expect.stringMatching(
              /^prod\/Orders: subnetIds .* allowSingleSubnet: true to accept .*\. \[SubnetsTooFew\]$/,
            ),
          },
        ],
      });
    },
  );

  test('that are known need no check by Terraform', () => {
    expect(loadBalancer().lifecycle).not.toHaveProperty('precondition');
  });
});

describe('Terraform refuses to destroy it', () => {
  test.each<[string, Partial<DatabaseEndpointProps>]>([
    ['by default', {}],
    ['where protection is written', { deletionProtection: true }],
  ])('%s', (_, overrides) => {
    expect(loadBalancer(overrides).lifecycle).toEqual({ prevent_destroy: true });
  });

  test('unless deletion protection is off', () => {
    expect(loadBalancer({ deletionProtection: false })).not.toHaveProperty('lifecycle');
  });

  test.each<[boolean | undefined, object]>([
    [undefined, { prevent_destroy: true }],
    [false, {}],
  ])('beside what it checks itself (deletionProtection: %s)', (deletionProtection, guard) => {
    const conditions = [{ condition: expect.any(String), error_message: expect.any(String) }];
    const counted = synthesizeEndpoint((stack) => {
      const subnetIds = new TerraformVariable(stack, 'subnets', { type: 'list(string)' }).listValue;
      return validProps({ subnetIds, deletionProtection });
    });

    expect(onlyResource(counted, 'aws_lb').lifecycle).toEqual({ ...guard, precondition: conditions });
    const fixed = loadBalancer({ addresses: EndpointAddresses.elasticIps(), deletionProtection });
    expect(fixed.lifecycle).toEqual({ ...guard, postcondition: conditions });
  });

  test('also where endpoints share it', () => {
    const { vpcId, subnetIds } = validProps();
    const shared = (deletionProtection?: boolean) => {
      const tf = synthesize((stack) => {
        new EndpointLoadBalancer(stack, 'Shared', { vpcId, subnetIds, deletionProtection });
      });
      return onlyResource(tf, 'aws_lb').lifecycle;
    };

    expect(shared()).toEqual({ prevent_destroy: true });
    expect(shared(false)).toBeUndefined();
  });

  test('and so must know at synthesis whether it is protected: the argument takes literals only', () => {
    const unknown = () =>
      synthesizeEndpoint((stack) => {
        const { booleanValue } = new TerraformVariable(stack, 'protected', { type: 'bool' });
        return validProps({ deletionProtection: booleanValue as unknown as boolean });
      });

    expect(unknown).toThrow(/prod\/Orders: deletionProtection is known after apply.*\[PropertyKnownTooLate\]/);
  });
});
