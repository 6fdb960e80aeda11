import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { LbTargetGroupAttachment } from '@cdktf/provider-aws/lib/lb-target-group-attachment';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import type { TerraformStack } from 'cdktf';
import { AllowedSource, DatabaseEndpoint, DatabaseEngine, DatabaseTarget } from 'cdktf-database-endpoint';
import { createSite, type Site } from './fixtures/site';
import { describeWithTools, synthesize, useLab, type Workspace } from './harness';

interface Step {
  /** The port that the database is reached on by the endpoint's own group. */
  readonly port: number;
  /** Whether the group that was made by hand is there. */
  readonly bridge: boolean;
  /** How new connections are shared by the endpoint's own group and that one; without them, all go to the own one. */
  readonly weights?: readonly [own: number, bridge: number];
}

/** docs/decisions/0008-weighted-target-groups.md, by hand: a second group keeps the old way open. */
function endpoint(stack: TerraformStack, { vpcId, subnetIds }: Site, { port, bridge, weights }: Step): void {
  const orders = new DatabaseEndpoint(stack, 'Orders', {
    vpcId,
    subnetIds: [...subnetIds],
    engine: DatabaseEngine.POSTGRESQL,
    target: DatabaseTarget.ipAddresses(['10.20.0.5'], { port }),
    allow: [AllowedSource.cidr('203.0.113.7/32')],
  });
  if (!bridge) return;
  const group = new LbTargetGroup(stack, 'Bridge', {
    namePrefix: 'bridge',
    vpcId,
    port: 5432,
    protocol: 'TCP',
    targetType: 'ip',
    healthCheck: { protocol: 'TCP' },
  });
  new LbTargetGroupAttachment(stack, 'BridgeTarget', { targetGroupArn: group.arn, targetId: '10.20.0.5', port: 5432 });
  // Not the endpoint's own rule once more, which EC2 would refuse as a duplicate.
  new VpcSecurityGroupEgressRule(stack, 'BridgeEgress', {
    securityGroupId: orders.loadBalancer.securityGroups[0].id,
    cidrIpv4: '10.20.0.0/24',
    ipProtocol: 'tcp',
    fromPort: 5432,
    toPort: 5432,
  });
  if (weights === undefined) return;
  orders.listener.putDefaultAction([
    {
      type: 'forward',
      forward: {
        targetGroup: [
          { arn: orders.targetGroup.arn, weight: weights[0] },
          { arn: group.arn, weight: weights[1] },
        ],
      },
    },
  ]);
}

describeWithTools(['terraform', 'provider', 'emulator'], 'a target group beside that of the endpoint', () => {
  const lab = useLab({ emulator: true });
  let site: Site;
  let workspace: Workspace;
  const stack = (step: Step) => synthesize('Weights', (each) => endpoint(each, site, step));
  const change = async (step: Step) => {
    workspace.configure(stack(step));
    const plan = await workspace.plan();
    await workspace.applyPlan(plan);
    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
    return plan.actions.map((action) =>
      action
        .replace(/:.*/, '')
        .replace(/_[0-9A-F]{8}\b/g, '')
        .replace('Orders_', ''),
    );
  };

  beforeAll(async () => {
    site = await createSite(lab().emulator);
    workspace = lab().workspace(stack({ port: 5432, bridge: false }));
    await workspace.apply();
  });

  const REPLACES = [
    'replace(create-before-destroy) aws_lb_target_group.TargetGroup',
    'replace(create-before-destroy) aws_lb_target_group_attachment.Targets["10.20.0.5"]',
    'update aws_lb_listener.Listener',
    'update aws_vpc_security_group_egress_rule.Egress["10.20.0.5"]',
  ];

  // The steps build on each other, as in the table of the decision.
  it.each<[what: string, step: Step, actions: readonly string[]]>([
    [
      'stands by without a weight',
      { port: 5432, bridge: true, weights: [1, 0] },
      [
        'create aws_lb_target_group.Bridge',
        'create aws_lb_target_group_attachment.BridgeTarget',
        'create aws_vpc_security_group_egress_rule.BridgeEgress',
        'update aws_lb_listener.Listener',
      ],
    ],
    ['takes over', { port: 5432, bridge: true, weights: [0, 1] }, ['update aws_lb_listener.Listener']],
    ['serves while the other one is replaced', { port: 5433, bridge: true, weights: [0, 1] }, REPLACES],
    ['hands back', { port: 5433, bridge: true, weights: [1, 0] }, ['update aws_lb_listener.Listener']],
    ['is let go by the listener', { port: 5433, bridge: true }, ['update aws_lb_listener.Listener']],
    [
      'goes',
      { port: 5433, bridge: false },
      [
        'delete aws_lb_target_group.Bridge',
        'delete aws_lb_target_group_attachment.BridgeTarget',
        'delete aws_vpc_security_group_egress_rule.BridgeEgress',
      ],
    ],
  ])('%s, and then nothing is left to do', async (_, step, actions) => {
    expect(await change(step)).toEqual(actions);
  });
});
