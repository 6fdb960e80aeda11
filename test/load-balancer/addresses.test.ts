import { Eip } from '@cdktf/provider-aws/lib/eip';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { TerraformVariable } from 'cdktf';
import { DatabaseEndpoint, type DatabaseEndpointProps, EndpointAddresses } from '../../lib';
import { EXISTING, elasticIps, endpointWith, PRIVATE } from '../support/addresses';
import { synthesizeEndpoint, validProps } from '../support/endpoint';
import { expression } from '../support/expression';
import { onlyResource, resources, synthesize, synthesizeApp, type TerraformJson } from '../support/synthesis';

const internal = (overrides: Partial<DatabaseEndpointProps> = {}) =>
  endpointWith(PRIVATE, { internetFacing: false, ...overrides });
const lifecycle = (tf: TerraformJson, type: string) => onlyResource(tf, type).lifecycle as Record<string, unknown>;

describe('Elastic IP addresses that are allocated', () => {
  test('are one for each subnet, named, and kept from being released', () => {
    const tf = endpointWith(EndpointAddresses.elasticIps());

    expect(onlyResource(tf, 'aws_eip')).toEqual({
      domain: 'vpc',
      for_each: { 'subnet-0a': 'subnet-0a', 'subnet-0b': 'subnet-0b' },
      tags: { Name: 'prod/Orders' },
      lifecycle: { prevent_destroy: true },
    });
  });

  test('stand in mappings in place of the subnets', () => {
    const tf = endpointWith(EndpointAddresses.elasticIps());
    const { subnets, subnet_mapping } = onlyResource(tf, 'aws_lb');

    expect(subnets).toBeUndefined();
    expect(subnet_mapping).toEqual(
      ['subnet-0a', 'subnet-0b'].map((id) => ({
        subnet_id: id,
        allocation_id: `\${aws_eip.${elasticIps(tf)}["${id}"].allocation_id}`,
      })),
    );
  });

  test('may be released where that is said', () => {
    const tf = endpointWith(EndpointAddresses.elasticIps({ allowRelease: true }));

    expect(onlyResource(tf, 'aws_eip').lifecycle).toBeUndefined();
  });

  test('carry the tags of the load balancer', () => {
    const tf = endpointWith(EndpointAddresses.elasticIps(), { tags: { team: 'data' } });

    expect(onlyResource(tf, 'aws_eip').tags).toEqual({ Name: 'prod/Orders', team: 'data' });
  });

  test('come from the provider of the load balancer, and what Terraform keeps in its state from none', () => {
    const tf = synthesize((stack) => {
      const provider = new AwsProvider(stack, 'ireland', { alias: 'ireland' });
      new DatabaseEndpoint(stack, 'Orders', validProps({ provider, addresses: EndpointAddresses.elasticIps() }));
    });

    expect(onlyResource(tf, 'aws_eip').provider).toBe('aws.ireland');
    expect(onlyResource(tf, 'terraform_data').provider).toBeUndefined();
  });

  test('are keyed by the expressions of subnets that are tokens', () => {
    const tf = synthesize((stack) => {
      const [a, b] = ['a', 'b'].map((zone) => new Subnet(stack, zone, { vpcId: 'vpc-0a', cidrBlock: '10.0.0.0/24' }));
      new DatabaseEndpoint(
        stack,
        'Orders',
        validProps({ subnetIds: [b.id, a.id], addresses: EndpointAddresses.elasticIps() }),
      );
    });

    expect(onlyResource(tf, 'aws_eip').for_each).toEqual({
      'aws_subnet.a.id': 'aws_subnet.a.id',
      'aws_subnet.b.id': 'aws_subnet.b.id',
    });
    expect(onlyResource(tf, 'aws_lb').subnet_mapping).toContainEqual({
      subnet_id: '${aws_subnet.a.id}',
      allocation_id: `\${aws_eip.${elasticIps(tf)}["aws_subnet.a.id"].allocation_id}`,
    });
  });

  test('have keys that Terraform reads, also where the expression of a subnet has quotes in it', () => {
    const subnetIds = ['a', 'b'].map((zone) => expression(`aws_subnet.all["${zone}"].id`));
    const tf = endpointWith(EndpointAddresses.elasticIps(), { subnetIds });

    expect(Object.keys(onlyResource(tf, 'aws_eip').for_each as object)).toEqual([
      'aws_subnet.all["a"].id',
      'aws_subnet.all["b"].id',
    ]);
    expect(onlyResource(tf, 'aws_lb').subnet_mapping).toContainEqual({
      subnet_id: '${aws_subnet.all["a"].id}',
      allocation_id: `\${aws_eip.${elasticIps(tf)}["aws_subnet.all[\\"a\\"].id"].allocation_id}`,
    });
  });
});

describe('addresses that exist already', () => {
  test('are mapped to their subnets, and looked up', () => {
    const tf = endpointWith(EXISTING);

    expect(onlyResource(tf, 'aws_lb').subnet_mapping).toEqual([
      { subnet_id: 'subnet-0a', allocation_id: 'eipalloc-0a' },
      { subnet_id: 'subnet-0b', allocation_id: 'eipalloc-0b' },
    ]);
    expect(Object.values(tf.data?.aws_eip ?? {})).toEqual([
      { id: '${each.value}', for_each: { 'subnet-0a': 'eipalloc-0a', 'subnet-0b': 'eipalloc-0b' } },
    ]);
    expect(resources(tf, 'aws_eip')).toEqual([]);
  });

  test('may be tokens, also of another stack', () => {
    let allocations: string[] = [];
    const { prod } = synthesizeApp({
      network: (stack) => {
        allocations = ['a', 'b'].map((zone) => new Eip(stack, zone, { domain: 'vpc' }).allocationId);
      },
      prod: (stack) => {
        const addresses = EndpointAddresses.existing(
          allocations.map((allocationId, i) => ({ subnetId: ['subnet-0a', 'subnet-0b'][i], allocationId })),
        );
        new DatabaseEndpoint(stack, 'Orders', validProps({ addresses }));
      },
    });

    const mappings = onlyResource(JSON.parse(prod), 'aws_lb').subnet_mapping as { allocation_id: string }[];
    expect(mappings).toHaveLength(2);
    for (const { allocation_id } of mappings) {
      expect(allocation_id).toMatch(/^\$\{data\.terraform_remote_state\.[\w-]+\.outputs\.[\w-]+\}$/);
    }
  });

  test('may be private ones, of which none is looked up', () => {
    const tf = internal();

    expect(onlyResource(tf, 'aws_lb').subnet_mapping).toEqual([
      { subnet_id: 'subnet-0a', private_ipv4_address: '10.0.1.10' },
      { subnet_id: 'subnet-0b', private_ipv4_address: '10.0.2.10' },
    ]);
    expect(tf.data?.aws_eip).toBeUndefined();
  });

  test('may be private ones that are known after apply', () => {
    const tf = synthesize((stack) => {
      const address = new TerraformVariable(stack, 'address', { type: 'string' }).stringValue;
      const addresses = EndpointAddresses.privateIps([{ subnetId: 'subnet-0a', address }]);
      new DatabaseEndpoint(
        stack,
        'Orders',
        validProps({ addresses, subnetIds: ['subnet-0a'], allowSingleSubnet: true, internetFacing: false }),
      );
    });

    expect(onlyResource(tf, 'aws_lb').subnet_mapping).toEqual([
      { subnet_id: 'subnet-0a', private_ipv4_address: '${var.address}' },
    ]);
  });
});

describe('what cannot be changed later', () => {
  test('is remembered, and refused by Terraform in words that lead out of it', () => {
    const tf = endpointWith(EndpointAddresses.elasticIps());

    expect(onlyResource(tf, 'terraform_data')).toEqual({
      input: { addresses: 'elastic' },
      lifecycle: {
        ignore_changes: ['input'],
        postcondition: [
          {
            condition: '${self.input.addresses == "elastic"}',
            error_message: expect.stringMatching(
              /^prod\/Orders: addresses are of another kind.*deletionProtection: false.*\[AddressKindChanged\]$/,
            ),
          },
        ],
      },
    });
  });

  test('is the same kind whoever allocates Elastic IP addresses, and another one for private ones', () => {
    const kind = (tf: TerraformJson) => onlyResource(tf, 'terraform_data').input;

    expect(kind(endpointWith(EXISTING))).toEqual(kind(endpointWith(EndpointAddresses.elasticIps())));
    expect(kind(internal())).not.toEqual(kind(endpointWith(EXISTING)));
  });

  test('is the address of a subnet', () => {
    expect(lifecycle(endpointWith(EXISTING), 'aws_lb')).toEqual({
      prevent_destroy: true,
      postcondition: [
        {
          condition: '${alltrue([for m in self.subnet_mapping : m.subnet_id != null])}',
          error_message: expect.stringMatching(/^prod\/Orders: .*-replace.*\[AddressExchanged\]$/),
        },
      ],
    });
  });

  test('is not remembered where the load balancer may be replaced', () => {
    const tf = endpointWith(EndpointAddresses.elasticIps(), { deletionProtection: false });

    expect(tf.resource?.terraform_data).toBeUndefined();
  });

  test('shows in the name, so that a load balancer of another kind is another one', () => {
    const prefixes = [synthesizeEndpoint(validProps()), endpointWith(EXISTING), internal()].map(
      (tf) => onlyResource(tf, 'aws_lb').name_prefix,
    );

    expect(new Set(prefixes).size).toBe(3);
    for (const prefix of prefixes) expect(prefix).toMatch(/^dbep-[a-z]?$/);
  });

  test('does not concern load balancers to which AWS assigns addresses', () => {
    const tf = synthesizeEndpoint(validProps());

    expect(onlyResource(tf, 'aws_lb').lifecycle).toEqual({ prevent_destroy: true });
    expect(tf.resource?.terraform_data).toBeUndefined();
  });
});

test('dual-stack load balancers have fixed IPv4 addresses beside IPv6 ones that AWS assigns', () => {
  const tf = endpointWith(EXISTING, { dualStack: true });
  const { ip_address_type, subnet_mapping } = onlyResource(tf, 'aws_lb');

  expect(ip_address_type).toBe('dualstack');
  expect(JSON.stringify(subnet_mapping)).not.toContain('ipv6');
});

test('the order in which subnets and addresses are written does not show in the resources', () => {
  const written = (addresses: EndpointAddresses, subnetIds: string[]) =>
    JSON.stringify(endpointWith(addresses, { subnetIds }));
  const reversed = EndpointAddresses.existing([
    { subnetId: 'subnet-0a', allocationId: 'eipalloc-0a' },
    { subnetId: 'subnet-0b', allocationId: 'eipalloc-0b' },
  ]);

  expect(written(reversed, ['subnet-0b', 'subnet-0a'])).toBe(written(EXISTING, ['subnet-0a', 'subnet-0b']));
  expect(written(EndpointAddresses.elasticIps(), ['subnet-0b', 'subnet-0a'])).toBe(
    written(EndpointAddresses.elasticIps(), ['subnet-0a', 'subnet-0b']),
  );
});
