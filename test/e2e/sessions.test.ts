import type { TerraformStack } from 'cdktf';
import {
  AllowedSource,
  DatabaseEndpoint,
  DatabaseEngine,
  DatabaseTarget,
  EndpointLoadBalancer,
} from 'cdktf-database-endpoint';
import { useFrontedLab } from './fixtures/fronted-lab';
import { createSite, type Site } from './fixtures/site';
import { describeWithTools, synthesize, type Workspace } from './harness';

const STAYS = '203.0.113.7/32';
const GOES = '198.51.100.0/24';

interface Version {
  /** None: no endpoint has `sessions`. */
  readonly epoch?: number;
  readonly clients?: readonly string[];
}

function endpoints(stack: TerraformStack, { vpcId, subnetIds }: Site, { epoch, clients = [STAYS, GOES] }: Version) {
  const network = { vpcId, subnetIds: [...subnetIds] };
  const common = {
    engine: DatabaseEngine.POSTGRESQL,
    allow: clients.map((block) => AllowedSource.cidr(block)),
    sessions: epoch === undefined ? undefined : { epoch },
  };
  new DatabaseEndpoint(stack, 'Orders', {
    ...network,
    ...common,
    target: DatabaseTarget.ipAddresses(['10.20.0.5', '10.20.1.5']),
  });
  const partners = new EndpointLoadBalancer(stack, 'Partners', network);
  partners.addEndpoint('Billing', { ...common, target: DatabaseTarget.ipAddresses(['10.20.0.6']) });
  partners.addEndpoint('Other', {
    engine: DatabaseEngine.MYSQL,
    allow: [AllowedSource.cidr(STAYS)],
    target: DatabaseTarget.ipAddresses(['10.20.0.7']),
  });
}

const ORDERS = ['10.20.0.5', '10.20.1.5'];

// The steps build on each other: the provider waits a minute for the load balancers.
describeWithTools(['terraform', 'provider', 'emulator'], 'open connections of endpoints', () => {
  const { lab, front } = useFrontedLab();
  let site: Site;
  let workspace: Workspace;
  const stack = (version: Version = {}) => synthesize('Sessions', (each) => endpoints(each, site, version));
  /** Plans, applies, and finds nothing left to do. */
  const change = async (version: Version) => {
    workspace.configure(stack(version));
    const plan = await workspace.plan();
    const before = front().calls.length;
    await workspace.applyPlan(plan);
    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
    return {
      actions: plan.actions.map((action) => action.replace(/:.*/, '')).sort(),
      calls: front().calls.slice(before),
    };
  };
  const refusalOf = async (version: Version) => {
    workspace.configure(stack(version));
    return workspace.plan().then(
      () => 'none',
      (error: Error) => error.message.replace(/[\s│╷╵]+/g, ' '),
    );
  };
  const resourceOf = async (address: string) => {
    const all = Object.entries(await workspace.resources());
    const found = all.find(([key]) => key.startsWith(address) && /^_[0-9A-F]{8}$/.test(key.slice(address.length)));
    if (found === undefined) throw new Error(`no ${address}`);
    return found[1];
  };
  const registered = async (endpoint: string) =>
    Promise.all(
      ['TargetGroup', 'TargetGroup2', 'TargetGroup3'].map(async (id) => {
        const { arn } = await resourceOf(`aws_lb_target_group.${endpoint}_${id}`);
        const parameters = { TargetGroupArn: String(arn) };
        return (await lab().emulator.call('elasticloadbalancing', 'DescribeTargetHealth', parameters)).all('Id').sort();
      }),
    );
  /** What an epoch changes of an endpoint. */
  const changed = (
    endpoint: string,
    targets: readonly string[],
    from: string,
    to: string,
    groups: readonly string[],
  ) => [
    ...targets.map((target) => `create aws_lb_target_group_attachment.${endpoint}_${to}["${target}"]`),
    ...targets.map((target) => `delete aws_lb_target_group_attachment.${endpoint}_${from}["${target}"]`),
    `update aws_lb_listener.${endpoint}_Listener`,
    ...groups.map((group) => `update aws_lb_target_group.${endpoint}_${group}`),
    `update terraform_data.${endpoint}_Epoch`,
  ];
  const ofRules = (action: string) => action.includes('ingress_rule');

  beforeAll(async () => {
    site = await createSite(lab().emulator);
    workspace = lab().workspace(stack());
    await workspace.apply();
  });

  it('cannot be ended from an epoch on that would begin with an empty group', async () => {
    expect(await refusalOf({ epoch: 2 })).toMatch(
      /sessions\.epoch is 2, but nothing has been counted yet.*SessionsEpochSkipped/,
    );
  });

  it('can be ended once two target groups stand beside the one that goes on serving', async () => {
    const { actions, calls } = await change({ epoch: 1 });

    expect(actions.filter((action) => !action.startsWith('create '))).toEqual([
      'update aws_lb_listener.Orders_Listener',
      'update aws_lb_listener.Partners_Billing_Listener',
      // The emulator does not know the default of an attribute of target groups, which AWS does.
      ...['Orders', 'Partners_Billing'].map((endpoint) => `update aws_lb_target_group.${endpoint}_TargetGroup`),
    ]);
    expect(calls.map(({ action }) => action)).not.toContain('DeregisterTargets');
    expect(await registered('Orders')).toEqual([ORDERS, ORDERS, []]);
  });

  it('end with the next epoch: rules first, then the weight, then the targets, and nothing else', async () => {
    const { actions, calls } = await change({ epoch: 2, clients: [STAYS] });

    expect(actions.filter((action) => !ofRules(action))).toEqual(
      [
        ...changed('Orders', ORDERS, 'Targets', 'Targets3', ['TargetGroup', 'TargetGroup2']),
        ...changed('Partners_Billing', ['10.20.0.6'], 'Targets', 'Targets3', ['TargetGroup', 'TargetGroup2']),
      ].sort(),
    );
    expect(actions.filter(ofRules).length).toBeGreaterThan(1);
    expect(actions.filter(ofRules).every((action) => action.startsWith('delete '))).toBe(true);
    expect(await registered('Orders')).toEqual([[], ORDERS, ORDERS]);
    const groupId = (await resourceOf('aws_security_group.Orders_SecurityGroup'))['id'];
    const revoked = calls.flatMap(({ action, about }, i) =>
      action === 'RevokeSecurityGroupIngress' ? [{ i, isOfOrders: about.includes(String(groupId)) }] : [],
    );
    for (const endpoint of ['Orders', 'Partners_Billing']) {
      const places = async (action: string, about: string) => {
        const { arn } = await resourceOf(`${about}`);
        return calls.flatMap((call, i) => (call.action === action && call.about.includes(String(arn)) ? [i] : []));
      };
      const [moved] = await places('ModifyListener', `aws_lb_listener.${endpoint}_Listener`);
      const closed = revoked.flatMap(({ i, isOfOrders }) => (isOfOrders === (endpoint === 'Orders') ? [i] : []));
      const filled = await places('RegisterTargets', `aws_lb_target_group.${endpoint}_TargetGroup3`);
      const emptied = await places('DeregisterTargets', `aws_lb_target_group.${endpoint}_TargetGroup`);
      expect([closed.length > 0, filled.length > 0, emptied.length]).toEqual([true, true, filled.length]);
      expect(Math.max(...filled, ...closed)).toBeLessThan(moved);
      expect(Math.min(...emptied)).toBeGreaterThan(moved);
    }
  });

  it.each([
    [4, 'skips one'],
    [1, 'goes back'],
    [5, 'comes round to the same group'],
  ])('are not ended by epoch %i, which %s: the plan is refused', async (epoch) => {
    expect(await refusalOf({ epoch, clients: [STAYS] })).toMatch(
      new RegExp(`sessions\\.epoch is ${epoch}, but the listener is at 2\\..*SessionsEpochSkipped`),
    );
  });

  it('end again and again, with each group in its turn', async () => {
    expect((await change({ epoch: 3, clients: [STAYS] })).actions).toEqual(
      [
        ...changed('Orders', ORDERS, 'Targets2', 'Targets', ['TargetGroup2', 'TargetGroup3']),
        ...changed('Partners_Billing', ['10.20.0.6'], 'Targets2', 'Targets', ['TargetGroup2', 'TargetGroup3']),
      ].sort(),
    );
    expect(await registered('Orders')).toEqual([ORDERS, [], ORDERS]);
    await change({ epoch: 4, clients: [STAYS] });
    expect(await registered('Orders')).toEqual([ORDERS, ORDERS, []]);
  });

  it('are no longer ended once the first group serves again and the others are given up, which cuts nobody off', async () => {
    const { actions, calls } = await change({ clients: [STAYS] });

    expect(actions.filter((action) => !action.startsWith('delete '))).toEqual([
      'update aws_lb_listener.Orders_Listener',
      'update aws_lb_listener.Partners_Billing_Listener',
    ]);
    const { length } = calls.filter(({ action }) => action === 'DeregisterTargets');
    expect(length).toBe(ORDERS.length + 1);
  });
});
