import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import {
  AllowedSource,
  DatabaseEndpoint,
  type DatabaseEndpointProps,
  DatabaseEngine,
  DatabaseRole,
  DatabaseTarget,
  TargetSync,
} from 'cdktf-database-endpoint';
import { LoopbackDns } from '../../lambda/target-sync/loopback-dns';
import { verdict } from '../../support/iam-simulator';
import { rememberDescriptions } from '../fixtures/emulator-lies';
import { LambdaFront } from '../fixtures/functions/lambda-front';
import { createSite, type Site } from '../fixtures/site';
import { describeWithTools, synthesize, useLab, type Workspace } from '../harness';
import { at, SCHEDULE } from './stage';

const A = '10.20.0.11';
const B = '10.20.1.12';
const C = '10.20.2.13';
const READERS = 'main.cluster-ro-abc123.us-east-1.rds.amazonaws.com';

/** What differs from one version of the stack to the next. */
interface Version {
  readonly ordersPort?: number;
  readonly sessions?: string;
  readonly late?: boolean;
}

// The steps build on each other: the waits of the AWS provider make each apply a matter of a minute.
describeWithTools(['terraform', 'provider', 'emulator'], 'endpoints that follow names', () => {
  let front: LambdaFront;
  let dns: LoopbackDns;
  const lab = useLab({
    emulator: true,
    front: async (emulator) => {
      front = await LambdaFront.start(emulator);
      return front.url;
    },
  });
  let site: Site;
  let workspace: Workspace;

  const stack = ({ ordersPort, sessions = 'sessions.example.internal', late }: Version = {}) =>
    synthesize('prod', (scope) => {
      const instance = new DbInstance(scope, 'Database', {
        identifier: 'orders',
        engine: 'postgres',
        instanceClass: 'db.t4g.micro',
        allocatedStorage: 20,
        username: 'postgres',
        password: 'not-a-secret',
        skipFinalSnapshot: true,
      });
      const [securityGroupId] = site.databaseGroupIds;
      const settings = { vpcId: site.vpcId, runSeconds: 5, intervalSeconds: 1 };
      const sync = new TargetSync(scope, `TargetSync-${site.vpcId}`, settings);
      const common = { securityGroupId, dnsServers: [dns.address], sync };
      const add = (id: string, target: DatabaseTarget, more: Partial<DatabaseEndpointProps> = {}) =>
        new DatabaseEndpoint(scope, id, {
          vpcId: site.vpcId,
          subnetIds: [...site.subnetIds],
          engine: DatabaseEngine.POSTGRESQL,
          target,
          allow: [AllowedSource.cidr('203.0.113.7/32')],
          deletionProtection: false,
          ...more,
        });
      const { identifier, address } = instance;
      add('Orders', DatabaseTarget.rdsInstance({ identifier, address, port: ordersPort, ...common }));
      add('Sessions', DatabaseTarget.hostname(sessions, common));
      add(
        'Readers',
        DatabaseTarget.rdsCluster({ identifier: 'main', endpoint: READERS, role: DatabaseRole.READER, ...common }),
      );
      const inside = new TargetSync(scope, 'Inside_TargetSync', { ...settings, subnetIds: [...site.subnetIds] });
      add('Inside', DatabaseTarget.hostname('inside.example.internal', { ...common, sync: inside }));
      if (late) add('Late', DatabaseTarget.hostname('late.example.internal', common));
    });

  const resourceOf = async (construct: string, type: string) => {
    const found = Object.entries(await workspace.resources()).find(([key]) => key.startsWith(`${type}.${construct}_`));
    return found?.[1] as Readonly<Record<string, string>>;
  };
  const registered = async (endpoint: string) => {
    const { arn } = await resourceOf(endpoint, 'aws_lb_target_group');
    const parameters = { TargetGroupArn: arn };
    return (await lab().emulator.call('elasticloadbalancing', 'DescribeTargetHealth', parameters)).all('Id').sort();
  };
  const shared = async () => (await resourceOf(`TargetSync-${site.vpcId}`, 'aws_lambda_function'))['function_name'];

  beforeAll(async () => {
    dns = await LoopbackDns.start();
    site = await createSite(lab().emulator);
    dns.set('orders.aaaaaaaaaa.us-east-1.rds.amazonaws.com', at(A));
    dns.set('sessions.example.internal', at(A));
    dns.set(READERS, { rotation: [A, B] });
    dns.set('inside.example.internal', at(C));
    // The function's code is a path within the stack's folder, which only a provider of Terraform's own starts in.
    workspace = lab().workspace(stack(), { ownProvider: true });
    await workspace.apply();
    await rememberDescriptions(lab().emulator, workspace);
  });
  afterAll(async () => {
    await Promise.all([front.stop(), dns.stop()]);
  });

  it('have their targets when the apply is over, and need nothing more', async () => {
    expect(await registered('Orders')).toEqual([A]);
    expect(await registered('Sessions')).toEqual([A]);
    expect(await registered('Readers')).toEqual([A, B]);
    expect(await registered('Inside')).toEqual([C]);
    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
  });

  it('follow a failover, and Terraform does not fight it', async () => {
    dns.set('orders.aaaaaaaaaa.us-east-1.rds.amazonaws.com', at(B));
    dns.set('sessions.example.internal', at(C));

    expect(await front.invoke(await shared(), SCHEDULE)).toHaveProperty('result');

    expect(await registered('Orders')).toEqual([B]);
    expect(await registered('Sessions')).toEqual([C]);
    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
  });

  it('call nothing that their roles do not allow, and have roles for only their own groups', async () => {
    const statements = async (construct: string) =>
      JSON.parse((await resourceOf(construct, 'aws_iam_role_policy'))['policy']).Statement as object[];
    const own = await statements('Inside_TargetSync');
    const ofOthers = await statements(`TargetSync-${site.vpcId}`);
    const inside = (await resourceOf('Inside', 'aws_lb_target_group'))['arn'];
    const calls = front.queriesOf('elasticloadbalancing').filter(({ isOfFunction }) => isOfFunction);

    expect([...new Set(calls.map(({ action }) => action))].sort()).toEqual([
      'DeregisterTargets',
      'DescribeTargetHealth',
      'RegisterTargets',
    ]);
    for (const { action, parameters } of calls) {
      const group = parameters.get('TargetGroupArn') ?? '';
      const call = {
        action: `elasticloadbalancing:${action}`,
        resource: action === 'DescribeTargetHealth' ? '*' : group,
      };
      const [mine, foreign] = group === inside ? [own, ofOthers] : [ofOthers, own];
      expect(await verdict(mine, call)).toBe('Allowed');
      if (call.resource !== '*') expect(await verdict(foreign, call)).toBe('ImplicitlyDenied');
    }
  });

  it('fill a new target group before the listener moves to it', async () => {
    workspace.configure(stack({ ordersPort: 5433 }));
    const plan = await workspace.plan();

    expect(plan.actions.filter((action) => !/security_group/.test(action))).toEqual([
      'replace(create-before-destroy) aws_lb_target_group.Orders_TargetGroup: port',
      'replace(destroy-before-create) aws_lambda_invocation.Orders_FirstTargets: input',
      `update aws_iam_role_policy.TargetSync-${site.vpcId}_Policy: policy`,
      `update aws_lambda_function.TargetSync-${site.vpcId}_Function: environment[0].variables`,
      'update aws_lb_listener.Orders_Listener: default_action[0].target_group_arn',
    ]);
    const before = front.queriesOf('elasticloadbalancing').length;
    await workspace.applyPlan(plan);

    const { arn } = await resourceOf('Orders', 'aws_lb_target_group');
    const order = front
      .queriesOf('elasticloadbalancing')
      .slice(before)
      .filter(({ action }) => ['RegisterTargets', 'ModifyListener', 'DeleteTargetGroup'].includes(action))
      .map(({ action, parameters }) => [action, [...parameters.values()].includes(arn)]);
    expect(order).toEqual([
      ['RegisterTargets', true],
      ['ModifyListener', true],
      ['DeleteTargetGroup', false],
    ]);
    expect(await registered('Orders')).toEqual([B]);
    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
  });

  it('fail the apply with the reason where a name does not answer, keep their listener, and go on with the next', async () => {
    const moved = { ordersPort: 5433, sessions: 'moved.example.internal' };
    workspace.configure(stack(moved));
    await expect(workspace.apply()).rejects.toThrow(/prod\/Sessions: moved\.example\.internal: NXDOMAIN/);
    expect(await registered('Sessions')).toEqual([C]);

    dns.set('moved.example.internal', at(A));
    const plan = await workspace.plan();
    expect(plan.actions).toEqual(['create aws_lambda_invocation.Sessions_FirstTargets']);
    await workspace.applyPlan(plan);

    expect(await registered('Sessions')).toEqual([A]);
  });

  it('are joined by another one, which changes nothing else', async () => {
    dns.set('late.example.internal', at(B));
    workspace.configure(stack({ ordersPort: 5433, sessions: 'moved.example.internal', late: true }));
    const plan = await workspace.plan();

    expect(plan.actions.filter((action) => !/^create aws_\w+\.Late_/.test(action))).toEqual([
      `update aws_iam_role_policy.TargetSync-${site.vpcId}_Policy: policy`,
      `update aws_lambda_function.TargetSync-${site.vpcId}_Function: environment[0].variables`,
    ]);
    await workspace.applyPlan(plan);

    expect(await registered('Late')).toEqual([B]);
    expect(await registered('Orders')).toEqual([B]);
  });

  it('are left again by it, which changes nothing else either', async () => {
    workspace.configure(stack({ ordersPort: 5433, sessions: 'moved.example.internal' }));
    const plan = await workspace.plan();

    expect(plan.actions.filter((action) => !/^delete aws_\w+\.Late_/.test(action))).toEqual([
      `update aws_iam_role_policy.TargetSync-${site.vpcId}_Policy: policy`,
      `update aws_lambda_function.TargetSync-${site.vpcId}_Function: environment[0].variables.TARGET_SYNC_ENDPOINTS`,
    ]);
    await workspace.applyPlan(plan);

    expect(await front.invoke(await shared(), SCHEDULE)).toHaveProperty('result');
    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
  });

  it('leave nothing behind when they are destroyed', async () => {
    await workspace.destroy();

    const { emulator } = lab();
    const functions = await emulator.send('lambda', '/2015-03-31/functions/', { method: 'GET' });
    expect(JSON.parse(functions.text).Functions).toEqual([]);
    expect((await emulator.call('iam', 'ListRoles')).all('RoleName')).toEqual([]);
    expect((await emulator.call('elasticloadbalancing', 'DescribeTargetGroups')).all('TargetGroupArn')).toEqual([]);
    expect((await emulator.call('ec2', 'DescribeSecurityGroups')).all('groupName')).not.toContainEqual(
      expect.stringMatching(/^database-endpoint-/),
    );
  });
});
