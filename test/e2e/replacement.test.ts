import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AllowedSource, DatabaseEndpoint, DatabaseEngine, DatabaseTarget } from 'cdktf-database-endpoint';
import { describeWithTools, synthesize, TerraformError, useLab, type Workspace } from './harness';

interface Settings {
  readonly subnetIds?: string[];
  readonly internetFacing?: boolean;
  readonly loadBalancerName?: string;
  readonly deletionProtection?: boolean;
}

const SETTINGS = { subnetIds: ['subnet-0a', 'subnet-0b', 'subnet-0c'], loadBalancerName: 'orders' };
const LESS = ['subnet-0a', 'subnet-0b'];

function stack(settings: Settings): string {
  return synthesize('Replacement', (stack) => {
    new DatabaseEndpoint(stack, 'Orders', {
      vpcId: 'vpc-0a',
      engine: DatabaseEngine.POSTGRESQL,
      target: DatabaseTarget.ipAddresses(['10.20.0.5']),
      allow: [AllowedSource.cidr('203.0.113.7/32')],
      ...SETTINGS,
      ...settings,
    });
  });
}

const ARN = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/orders/0123456789abcdef';

/** Writes a state in which the load balancer of the stack exists, and nothing else of it. */
function remember({ folder }: Workspace): void {
  const { resource } = JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8'));
  const [[name, { lifecycle: _, security_groups: __, ...written }]] = Object.entries<Record<string, unknown>>(
    resource.aws_lb,
  );
  const attributes = { ...written, id: ARN, arn: ARN, security_groups: ['sg-0a'], tags_all: written['tags'] };
  const instance = { schema_version: 0, attributes };
  const provider = 'provider["registry.terraform.io/hashicorp/aws"]';
  const state = {
    version: 4,
    serial: 1,
    lineage: 'replacement',
    resources: [{ mode: 'managed', type: 'aws_lb', name, provider, instances: [instance] }],
  };
  writeFileSync(join(folder, 'terraform.tfstate'), JSON.stringify(state));
}

// What the real provider plans, against a state that was written by hand: nothing is read, so there is no AWS.
describeWithTools(['terraform', 'provider'], 'a load balancer that exists', () => {
  const lab = useLab({ emulator: false });

  /** What Terraform plans for the load balancer, after it was made with some settings. */
  async function change(made: Settings, changed: Settings): Promise<string[]> {
    const workspace = lab().workspace(stack(made), { withoutAws: true });
    remember(workspace);
    workspace.configure(stack({ ...made, ...changed }));
    const { actions } = await workspace.plan('-refresh=false');
    return actions.filter((action) => action.includes(' aws_lb.'));
  }

  /** What Terraform says, without its frame. */
  async function refusal(made: Settings, changed: Settings): Promise<string> {
    const error = await change(made, changed).catch((thrown: unknown) => thrown);
    if (!(error instanceof TerraformError)) throw error ?? new Error('not refused');
    return error.output.replace(/[\s│╷╵]+/g, ' ');
  }

  describe.each<[string, Settings, string]>([
    ['another scheme', { internetFacing: false }, 'internal'],
    ['a subnet less', { subnetIds: LESS }, 'subnets'],
    ['another name', { loadBalancerName: 'payments' }, 'name'],
  ])('with %s', (_, changed, forcing) => {
    it('is not planned to be replaced while it is protected', async () => {
      expect(await refusal({}, changed)).toMatch(
        /Instance cannot be destroyed .*Resource aws_lb\.Orders_LoadBalancer_\w+ has lifecycle\.prevent_destroy set/,
      );
    });

    it('is planned to be replaced once it is no longer protected', async () => {
      expect(await change({ deletionProtection: false }, changed)).toEqual([
        `replace(destroy-before-create) aws_lb.Orders_LoadBalancer: ${forcing}`,
      ]);
    });

    it('is planned to be replaced where protection goes in the same apply, which the documents warn of', async () => {
      expect(await change({}, { ...changed, deletionProtection: false })).toEqual([
        `replace(destroy-before-create) aws_lb.Orders_LoadBalancer: ${forcing}`,
      ]);
    });
  });

  it.each<[string, Settings, string]>([
    ['loses its protection', { deletionProtection: false }, 'enable_deletion_protection'],
    ['gets one more subnet', { subnetIds: [...SETTINGS.subnetIds, 'subnet-0d'] }, 'subnets'],
  ])('%s in place', async (_, changed, attribute) => {
    expect(await change({}, changed)).toEqual([
      expect.stringMatching(new RegExp(`^update aws_lb\\.Orders_LoadBalancer: .*${attribute}`)),
    ]);
  });
});
