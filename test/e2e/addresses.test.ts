import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TerraformStack } from 'cdktf';
import {
  AllowedSource,
  DatabaseEndpoint,
  type DatabaseEndpointProps,
  DatabaseEngine,
  DatabaseTarget,
  EndpointAddresses,
  EndpointLoadBalancer,
  type SubnetElasticIp,
} from 'cdktf-database-endpoint';
import {
  createVpc,
  describeWithTools,
  planAndApply,
  runOnMocks,
  synthesize,
  TerraformError,
  useLab,
  type Vpc,
  type Workspace,
} from './harness';

const ELASTIC = EndpointAddresses.elasticIps();
const RELEASED = EndpointAddresses.elasticIps({ allowRelease: true });

function endpoint(stack: TerraformStack, id: string, props: Partial<DatabaseEndpointProps>): DatabaseEndpoint {
  return new DatabaseEndpoint(stack, id, {
    vpcId: 'vpc-0a',
    subnetIds: ['subnet-0a', 'subnet-0b'],
    engine: DatabaseEngine.POSTGRESQL,
    target: DatabaseTarget.ipAddresses(['10.20.0.5'], {
      certificateName: 'orders.abc.us-east-1.rds.amazonaws.com',
    }),
    allow: [AllowedSource.cidr('203.0.113.7/32')],
    ...props,
  });
}

describeWithTools(['terraform', 'provider'], 'load balancers with fixed addresses, on mocks', () => {
  const lab = useLab({ emulator: false });

  it('are made, read back, and then need nothing more', async () => {
    const stack = synthesize('Addresses', (stack) => {
      const inside = { subnetId: 'subnet-0a', address: '10.20.0.10' };
      endpoint(stack, 'Elastic', { addresses: RELEASED }).addOutputs();
      endpoint(stack, 'Existing', {
        addresses: EndpointAddresses.existing(
          ['0a', '0b'].map((id) => ({ subnetId: `subnet-${id}`, allocationId: `eipalloc-${id}` })),
        ),
      }).addOutputs();
      endpoint(stack, 'Inside', {
        internetFacing: false,
        addresses: EndpointAddresses.privateIps([inside, { subnetId: 'subnet-0b', address: '10.20.1.10' }]),
      }).addOutputs();
      const shared = { vpcId: 'vpc-0a', subnetIds: ['subnet-0a', 'subnet-0b'], dualStack: true };
      new EndpointLoadBalancer(stack, 'Shared', { ...shared, addresses: RELEASED }).addOutputs();
    });

    const { problems, planned, resources } = await runOnMocks(lab().workspace(stack), [
      ...planAndApply(),
      { command: 'plan' },
    ]);

    expect(problems).toEqual([]);
    expect(planned[0]).toEqual(
      expect.arrayContaining([
        'create aws_eip.Elastic_ElasticIps["subnet-0a"]',
        'create aws_eip.Elastic_ElasticIps["subnet-0b"]',
        'create output.Elastic_addresses',
        'create output.Shared_addresses',
        'create terraform_data.Elastic_AddressKind',
      ]),
    );
    expect(planned.at(-1)).toEqual([]);
    const inside = Object.entries(resources).find(([address]) => address.startsWith('aws_lb.Inside_'))?.[1];
    // A set: its order depends on what the mock makes up.
    expect(inside?.['subnet_mapping']).toHaveLength(2);
    expect(inside?.['subnet_mapping']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ subnet_id: 'subnet-0a', private_ipv4_address: '10.20.0.10' }),
        expect.objectContaining({ subnet_id: 'subnet-0b', private_ipv4_address: '10.20.1.10' }),
      ]),
    );
  });
});

/** What the emulator forgets of a load balancer, and AWS does not: which address it has in a subnet. */
function restoreAddresses(workspace: Workspace, addresses: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  const file = join(workspace.folder, 'terraform.tfstate');
  const state = JSON.parse(readFileSync(file, 'utf8'));
  for (const { type, name, instances } of state.resources) {
    if (type !== 'aws_lb') continue;
    const ofSubnets = Object.entries(addresses).find(([id]) => name.startsWith(`${id}_`))?.[1] ?? {};
    const { attributes } = instances[0];
    attributes.enforce_security_group_inbound_rules_on_private_link_traffic = 'on';
    attributes.subnet_mapping = Object.entries(ofSubnets).map(([subnet_id, address]) => ({
      subnet_id,
      outpost_id: '',
      ipv6_address: '',
      allocation_id: address.startsWith('eipalloc-') ? address : '',
      private_ipv4_address: address.startsWith('eipalloc-') ? '' : address,
    }));
  }
  writeFileSync(file, JSON.stringify(state));
}

// What the real provider plans, against the state that AWS would leave; nothing is read from the emulator.
describeWithTools(['terraform', 'provider', 'emulator'], 'a change of addresses', () => {
  const lab = useLab({ emulator: true });
  let vpc: Vpc;
  let workspace: Workspace;
  let entries: SubnetElasticIp[];
  let original: Readonly<Record<string, Partial<DatabaseEndpointProps>>>;

  const allocated = (ids: readonly string[]) =>
    EndpointAddresses.existing(ids.map((allocationId, i) => ({ subnetId: vpc.subnetIds[i], allocationId })));
  const privately = (last: number) =>
    EndpointAddresses.privateIps(
      vpc.subnetIds.slice(0, 2).map((subnetId, i) => ({ subnetId, address: `10.20.${i}.${last}` })),
    );
  const stack = (changed: Readonly<Record<string, Partial<DatabaseEndpointProps>>> = {}) =>
    synthesize('Changes', (each) => {
      for (const [id, props] of Object.entries(original)) {
        const { vpcId, subnetIds } = vpc;
        endpoint(each, id, { vpcId, subnetIds: subnetIds.slice(0, 2), ...(changed[id] ?? props) });
      }
    });
  const planOf = async (changed: Readonly<Record<string, Partial<DatabaseEndpointProps>>>) => {
    workspace.configure(stack(changed));
    return (await workspace.plan('-refresh=false')).actions;
  };
  /** What Terraform says, without its frame. */
  const refusalOf = async (changed: Readonly<Record<string, Partial<DatabaseEndpointProps>>>) => {
    const error = await planOf(changed).catch((thrown: unknown) => thrown);
    if (!(error instanceof TerraformError)) throw error ?? new Error('not refused');
    return error.output.replace(/[\s│╷╵]+/g, ' ');
  };

  beforeAll(async () => {
    const { emulator } = lab();
    vpc = await createVpc(emulator);
    const allocationIds = await Promise.all(
      Array.from({ length: 3 }, async () => {
        return (await emulator.call('ec2', 'AllocateAddress', { Domain: 'vpc' })).first('allocationId');
      }),
    );
    entries = allocationIds.map((allocationId, i) => ({ subnetId: vpc.subnetIds[i], allocationId }));
    original = {
      Elastic: { addresses: ELASTIC },
      Existing: { addresses: allocated(allocationIds.slice(0, 2)) },
      Inside: { internetFacing: false, addresses: privately(10) },
      Open: { addresses: RELEASED, deletionProtection: false },
      Without: { deletionProtection: false },
    };
    workspace = lab().workspace(stack());
    await workspace.apply();
    const resources = Object.entries(await workspace.resources());
    const madeFor = (id: string) =>
      Object.fromEntries(
        vpc.subnetIds.slice(0, 2).map((subnetId) => {
          const pattern = new RegExp(`^aws_eip\\.${id}_.*\\["${subnetId}"\\]$`);
          return [subnetId, String(resources.find(([address]) => pattern.test(address))?.[1]['allocation_id'])];
        }),
      );
    const [a, b] = vpc.subnetIds;
    restoreAddresses(workspace, {
      Elastic: madeFor('Elastic'),
      Existing: { [a]: allocationIds[0], [b]: allocationIds[1] },
      Inside: { [a]: '10.20.0.10', [b]: '10.20.1.10' },
      Open: madeFor('Open'),
      Without: { [a]: '', [b]: '' },
    });
  });

  it('is none where nothing was written', async () => {
    expect(await planOf({})).toEqual([]);
  });

  it('adds a zone with an address of its own, in place', async () => {
    const { subnetIds } = vpc;

    expect(await planOf({ Elastic: { addresses: ELASTIC, subnetIds: [...subnetIds] } })).toEqual([
      `create aws_eip.Elastic_ElasticIps["${subnetIds[2]}"]`,
      expect.stringMatching(/^update aws_lb\.Elastic_LoadBalancer: subnet_mapping/),
    ]);
  });

  it('adds a zone with an address that exists, in place', async () => {
    const addresses = allocated(entries.map(({ allocationId }) => allocationId));

    expect(await planOf({ Existing: { addresses, subnetIds: [...vpc.subnetIds] } })).toEqual([
      expect.stringMatching(/^update aws_lb\.Existing_LoadBalancer: subnet_mapping/),
    ]);
  });

  it('may allow the addresses to be released, and does nothing else', async () => {
    expect(await planOf({ Elastic: { addresses: RELEASED } })).toEqual([]);
  });

  it.each<[string, () => Readonly<Record<string, Partial<DatabaseEndpointProps>>>, RegExp]>([
    [
      'private addresses in place of Elastic IP addresses',
      () => ({ Elastic: { addresses: privately(20), internetFacing: false } }),
      /Changes\/Elastic: addresses are of another kind .*\[AddressKindChanged\]/,
    ],
    [
      'Elastic IP addresses in place of private ones',
      () => ({ Inside: { addresses: ELASTIC } }),
      /Changes\/Inside: addresses are of another kind .*\[AddressKindChanged\]/,
    ],
    [
      'allocations that have changed places',
      () => ({ Existing: { addresses: allocated([entries[1].allocationId, entries[0].allocationId]) } }),
      /Changes\/Existing: addresses are not those .*\[AddressExchanged\]/,
    ],
    [
      'another allocation',
      () => ({ Existing: { addresses: allocated([entries[0].allocationId, entries[2].allocationId]) } }),
      /Changes\/Existing: addresses are not those .*\[AddressExchanged\]/,
    ],
    [
      'another private address',
      () => ({ Inside: { internetFacing: false, addresses: privately(11) } }),
      /Changes\/Inside: addresses are not those .*\[AddressExchanged\]/,
    ],
    [
      'a zone less, whose address would be released',
      () => ({ Elastic: { addresses: ELASTIC, subnetIds: [vpc.subnetIds[0]], allowSingleSubnet: true } }),
      /aws_eip\.Elastic_ElasticIps\S+ has lifecycle\.prevent_destroy set/,
    ],
  ])('is refused where it is %s', async (_, changed, message) => {
    expect(await refusalOf(changed())).toMatch(message);
  });

  it.each<[string, () => Readonly<Record<string, Partial<DatabaseEndpointProps>>>]>([
    [
      'a load balancer that was made without addresses gets some',
      () => ({ Without: { ...original.Without, addresses: RELEASED } }),
    ],
    ['a load balancer loses its addresses', () => ({ Open: { deletionProtection: false } })],
  ])('replaces the load balancer where %s', async (_, changed) => {
    expect(await planOf(changed())).toContainEqual(
      expect.stringMatching(/^replace\(destroy-before-create\) aws_lb\.(Without|Open)_LoadBalancer: .*name_prefix/),
    );
  });

  it('leaves the load balancer as it is where its addresses are no longer its own', async () => {
    const own = Object.entries(await workspace.resources()).filter(([address]) => /^aws_eip\.Open_/.test(address));
    const addresses = EndpointAddresses.existing(
      own.map(([address, { allocation_id: allocationId }]) => ({
        subnetId: String(address.match(/"(.*)"/)?.[1]),
        allocationId: String(allocationId),
      })),
    );

    const actions = await planOf({ Open: { addresses, deletionProtection: false } });
    expect(actions).toHaveLength(2);
    for (const action of actions) expect(action).toMatch(/^delete aws_eip\.Open_ElasticIps/);
  });
});
