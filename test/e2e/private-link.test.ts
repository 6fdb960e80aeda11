import { TerraformVariable } from 'cdktf';
import type { DatabaseEndpointConsumerProps, PrivateLinkProps } from 'cdktf-database-endpoint';
import { AwsFront } from './fixtures/aws-front';
import { ACCOUNT, consume, share } from './fixtures/private-link';
import {
  checkOnMocks,
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
import { MOCK_RESOURCES } from './harness/mock-defaults';

const OTHER_ACCOUNT = 'arn:aws:iam::210987654321:root';

const shared = (props: Partial<PrivateLinkProps>, vpc?: Vpc) =>
  synthesize('Provider', (stack) => share(stack, props, vpc).addOutputs({ prefix: 'link' }));
const consumed = (props: Partial<DatabaseEndpointConsumerProps> = {}, vpc?: Vpc) =>
  synthesize('Consumer', (stack) => void consume(stack, props, vpc));

/** The attributes of the one resource of a type. */
function only(resources: Readonly<Record<string, Readonly<Record<string, unknown>>>>, type: string) {
  const found = Object.entries(resources).filter(([address]) => address.startsWith(`${type}.`));
  expect(found).toHaveLength(1);
  return found[0][1];
}

describeWithTools(['terraform', 'provider'], 'PrivateLink on mocks', () => {
  const lab = useLab({ emulator: false });

  it('is applied in one go, with the record that verifies the name, and needs nothing more', async () => {
    const named = { privateDnsName: 'db.example.com', zoneId: 'Z1', zoneName: 'example.com' };
    const folder = shared({ ...named, supportedRegions: ['eu-west-1'] });
    const outcome = await runOnMocks(lab().workspace(folder), [...planAndApply(), { command: 'plan' }]);

    expect(outcome.problems).toEqual([]);
    expect(outcome.planned.at(-1)).toEqual([]);
    expect(only(outcome.resources, 'aws_route53_record')).toMatchObject({
      name: '_mock.db.example.com',
      type: 'TXT',
      records: ['vpce:0123456789abcdef'],
    });
    expect(only(outcome.resources, 'aws_vpc_endpoint_service')).toMatchObject({
      supported_regions: ['eu-west-1', 'us-east-1'],
    });
  });

  it('takes access from a principal who is gone in place, also from the last one', async () => {
    const folder = synthesize('Provider', (stack) => {
      const { listValue } = new TerraformVariable(stack, 'principals', { type: 'list(string)' });
      share(stack, { principals: listValue });
    });
    const outcome = await runOnMocks(lab().workspace(folder), [
      { command: 'apply', variables: { principals: [ACCOUNT, OTHER_ACCOUNT] } },
      { command: 'plan', variables: { principals: [ACCOUNT] } },
      { command: 'plan', variables: { principals: [] } },
    ]);

    expect(outcome.problems).toEqual([]);
    expect(outcome.planned.slice(-2)).toEqual([
      ['update aws_vpc_endpoint_service.Partners_PrivateLink_Service: allowed_principals[1]'],
      ['update aws_vpc_endpoint_service.Partners_PrivateLink_Service: allowed_principals[0], allowed_principals[1]'],
    ]);
  });

  it('has another name verified in the apply that changes it', async () => {
    const folder = synthesize('Provider', (stack) => {
      const { stringValue } = new TerraformVariable(stack, 'name', { type: 'string' });
      share(stack, { privateDnsName: stringValue, zoneId: 'Z1', zoneName: 'example.com' });
    });
    const outcome = await runOnMocks(lab().workspace(folder), [
      { command: 'apply', variables: { name: 'db.example.com' } },
      { command: 'plan', variables: { name: 'other.example.com' } },
    ]);

    expect(outcome.problems).toEqual([]);
    expect(outcome.planned.at(-1)).toEqual([
      expect.stringMatching(/^replace\(.*\) aws_vpc_endpoint_service_private_dns_verification\..*: triggers$/),
      expect.stringMatching(/^update aws_route53_record\..*: name, records\[0\]$/),
      'update aws_vpc_endpoint_service.Partners_PrivateLink_Service: private_dns_name',
      expect.stringMatching(/^update terraform_data\./),
    ]);
  });

  it('refuses a name outside of its zone that Terraform alone knows', async () => {
    const folder = synthesize('Provider', (stack) => {
      const { stringValue } = new TerraformVariable(stack, 'name', { type: 'string' });
      share(stack, { privateDnsName: stringValue, zoneId: 'Z1', zoneName: 'example.com' });
    });
    const { outside, inside } = await checkOnMocks(lab().workspace(folder), {
      outside: [{ command: 'plan', variables: { name: 'db.example.org' } }],
      inside: [{ command: 'plan', variables: { name: 'db.example.com' } }],
    });

    expect(outside).toEqual([expect.stringContaining('[PrivateDnsNameOutsideZone]')]);
    expect(inside).toEqual([]);
  });

  it('refuses what AWS keeps and is not written: a name, other Regions', async () => {
    const service = MOCK_RESOURCES['aws_vpc_endpoint_service'];
    const workspace = lab().workspace(shared({}));
    const kept = async (leftover: Readonly<Record<string, unknown>>) =>
      (
        await checkOnMocks(
          workspace,
          { kept: planAndApply() },
          { aws_vpc_endpoint_service: { ...service, ...leftover } },
        )
      ).kept;

    expect(await kept({ private_dns_name: 'db.example.com' })).toEqual([
      expect.stringContaining('[PrivateDnsNameKept]'),
    ]);
    expect(await kept({ supported_regions: ['us-east-1', 'eu-west-1'] })).toEqual([
      expect.stringContaining('[PrivateLinkRegionsKept]'),
    ]);
    for (const nothing of [
      { private_dns_name: null, supported_regions: [] },
      { private_dns_name: '', supported_regions: ['us-east-1'] },
    ]) {
      expect(await kept(nothing)).toEqual([]);
    }
  });

  it('leads the names of a consumer to its interface endpoint, and needs nothing more', async () => {
    const outcome = await runOnMocks(lab().workspace(consumed()), [...planAndApply(), { command: 'plan' }]);

    expect(outcome.problems).toEqual([]);
    expect(outcome.planned.at(-1)).toEqual([]);
    const records = Object.entries(outcome.resources).filter(([address]) => address.startsWith('aws_route53_record.'));
    expect(records.map(([, { name, alias }]) => [name, alias])).toEqual(
      ['orders.example.com', 'sessions.example.com'].map((name) => [
        name,
        [
          {
            name: 'vpce-mock.us-east-1.vpce.amazonaws.com',
            zone_id: 'Z7HUB22UULQXV',
            evaluate_target_health: false,
          },
        ],
      ]),
    );
  });
});

/**
 * What the emulator does not keep: types of addresses, and the VPC of a zone of which nobody says that it is private, as
 * AWS knows it by the VPC. The plans on mocks above show that the configuration itself asks for nothing more.
 */
const FORGOTTEN = [
  /^update aws_vpc_endpoint_service\.\S+: supported_ip_address_types\[0\]$/,
  /^update aws_vpc_endpoint\.\S+: ip_address_type$/,
  /^update aws_route53_zone\..*: vpc\[0\]$/,
];

// The steps build on each other.
describeWithTools(['terraform', 'provider', 'emulator'], 'PrivateLink', () => {
  let front: AwsFront;
  const lab = useLab({
    emulator: true,
    front: async (emulator) => {
      front = await AwsFront.start(emulator.url);
      return front.url;
    },
  });
  afterAll(() => front.stop());
  let vpc: Vpc;
  let workspace: Workspace;

  const changes = async (of: Workspace) =>
    (await of.plan()).actions.filter((line) => !FORGOTTEN.some((lie) => lie.test(line)));
  const inAws = async () => only(await workspace.resources(), 'aws_vpc_endpoint_service');
  const modify = async (parameters: Record<string, string>) =>
    lab().emulator.call('ec2', 'ModifyVpcEndpointServiceConfiguration', {
      ServiceId: `${(await inAws())['id']}`,
      ...parameters,
    });

  beforeAll(async () => {
    vpc = await createVpc(lab().emulator);
    workspace = lab().workspace(shared({ principals: [ACCOUNT, OTHER_ACCOUNT] }, vpc));
    await workspace.apply();
  });

  it('needs nothing more after its first apply, where the emulator remembers it', async () => {
    expect(await changes(workspace)).toEqual([]);
    expect(await workspace.outputs()).toMatchObject({
      link_service_name: expect.stringMatching(/vpce-svc-/),
      link_service_region: 'us-east-1',
      link_endpoints: [{ port: 5432, engine: 'postgresql' }],
    });
  });

  it('takes access from principals in place', async () => {
    workspace.configure(shared({ principals: [ACCOUNT] }, vpc));
    expect(await changes(workspace)).toEqual([
      expect.stringMatching(/^update aws_vpc_endpoint_service\..*: allowed_principals/),
    ]);

    await workspace.apply();
    expect((await inAws())['allowed_principals']).toEqual([ACCOUNT]);
    expect(await changes(workspace)).toEqual([]);
  });

  it('has a name verified that a service gets later on, which the provider plans as if nothing were known of it', async () => {
    workspace.configure(shared({ privateDnsName: 'db.example.com', zoneId: 'Z1', zoneName: 'example.com' }, vpc));

    expect(await changes(workspace)).toEqual([
      expect.stringMatching(/^create aws_route53_record\./),
      expect.stringMatching(/^create aws_vpc_endpoint_service_private_dns_verification\./),
      'create output.link_private_dns_name',
      expect.stringMatching(/^create terraform_data\./),
      expect.stringMatching(/^update aws_vpc_endpoint_service\..*: private_dns_name/),
    ]);

    workspace.configure(shared({}, vpc));
  });

  it('serves a consumer', async () => {
    const serviceName = `${(await inAws())['service_name']}`;
    const there = await createVpc(lab().emulator, { prefix: '10.30' });
    const consumer = lab().workspace(consumed({ serviceName }, there));

    await consumer.apply();

    expect(await changes(consumer)).toEqual([]);
  });

  it('refuses a private DNS name that AWS keeps, in our own words', async () => {
    await modify({ PrivateDnsName: 'db.example.com' });

    const refusal = await workspace.plan().catch((error: unknown) => error);

    expect(refusal).toBeInstanceOf(TerraformError);
    expect(`${refusal}`).toMatch(/--remove-private-dns-name[\s\S]*\[PrivateDnsNameKept\]/);
  });
});
