import { AllowedSource, DatabaseEndpoint, DatabaseEngine, DatabaseTarget, TargetSync } from 'cdktf-database-endpoint';
import { LoopbackDns } from '../../lambda/target-sync/loopback-dns';
import { verdict } from '../../support/iam-simulator';
import { rememberDescriptions } from '../fixtures/emulator-lies';
import { LambdaFront } from '../fixtures/functions/lambda-front';
import { createSite, type Site } from '../fixtures/site';
import { describeWithTools, synthesize, useLab, type Workspace } from '../harness';
import { at, SCHEDULE } from './stage';

const A = '10.20.0.11';
const B = '10.20.1.12';
const NAME = 'orders.example.internal';
const GROUPS = ['TargetGroup', 'TargetGroup2', 'TargetGroup3'];

// The steps build on each other.
describeWithTools(['terraform', 'provider', 'emulator'], 'open connections to a name that is followed', () => {
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

  const stack = (epoch: number) =>
    synthesize('prod', (scope) => {
      const { vpcId, subnetIds, databaseGroupIds } = site;
      const sync = new TargetSync(scope, 'Sync', { vpcId, runSeconds: 5, intervalSeconds: 1 });
      const [securityGroupId] = databaseGroupIds;
      new DatabaseEndpoint(scope, 'Orders', {
        vpcId,
        subnetIds: [...subnetIds],
        engine: DatabaseEngine.POSTGRESQL,
        target: DatabaseTarget.hostname(NAME, { securityGroupId, dnsServers: [dns.address], sync }),
        allow: [AllowedSource.cidr('203.0.113.7/32')],
        sessions: { epoch },
      });
    });
  const resourceOf = async (type: string, id: string) => {
    const all = Object.entries(await workspace.resources());
    const found = all.find(([key]) => new RegExp(`^${type}\\.${id}_[0-9A-F]{8}$`).test(key));
    return found?.[1] as Readonly<Record<string, string>>;
  };
  const arnOf = async (group: string) => (await resourceOf('aws_lb_target_group', `Orders_${group}`))['arn'];
  const registered = () =>
    Promise.all(
      GROUPS.map(async (group) => {
        const parameters = { TargetGroupArn: await arnOf(group) };
        return (await lab().emulator.call('elasticloadbalancing', 'DescribeTargetHealth', parameters)).all('Id').join();
      }),
    );
  const invokeBySchedule = async () => {
    const { function_name: name } = await resourceOf('aws_lambda_function', 'Sync_Function');
    return front.invoke(name, SCHEDULE);
  };

  beforeAll(async () => {
    dns = await LoopbackDns.start();
    dns.set(NAME, at(A));
    site = await createSite(lab().emulator);
    // The function's code is a path within the stack's folder, which only a provider of Terraform's own starts in.
    workspace = lab().workspace(stack(1), { ownProvider: true });
    await workspace.apply();
    await rememberDescriptions(lab().emulator, workspace);
  });
  afterAll(async () => {
    await Promise.all([front.stop(), dns.stop()]);
  });

  it('have two target groups that are filled when the apply is over, and an empty one', async () => {
    expect(await registered()).toEqual([A, A, '']);
    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
  });

  it('end with the next epoch, by the function, once the listener has moved', async () => {
    workspace.configure(stack(2));
    const plan = await workspace.plan();
    expect(plan.actions.map((action) => action.replace(/:.*/, '')).sort()).toEqual([
      'replace(destroy-before-create) aws_lambda_invocation.Orders_EndedConnections',
      'replace(destroy-before-create) aws_lambda_invocation.Orders_FirstTargets',
      'update aws_lambda_function.Sync_Function',
      'update aws_lb_listener.Orders_Listener',
      'update aws_lb_target_group.Orders_TargetGroup',
      'update aws_lb_target_group.Orders_TargetGroup2',
      'update terraform_data.Orders_Epoch',
    ]);
    const before = front.queriesOf('elasticloadbalancing').length;
    await workspace.applyPlan(plan);

    expect(await registered()).toEqual(['', A, A]);
    const [first, , third] = await Promise.all(GROUPS.map(arnOf));
    const order = front
      .queriesOf('elasticloadbalancing')
      .slice(before)
      .filter(({ action }) => ['RegisterTargets', 'ModifyListener', 'DeregisterTargets'].includes(action))
      .map(({ action, parameters }) => [action, parameters.get('TargetGroupArn')]);
    expect(order).toEqual([
      ['RegisterTargets', third],
      ['ModifyListener', null],
      ['DeregisterTargets', first],
    ]);
    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
  });

  it('are followed through a failover in both groups that are filled', async () => {
    dns.set(NAME, at(B));

    expect(await invokeBySchedule()).toHaveProperty('result');

    expect(await registered()).toEqual(['', B, B]);
    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
  });

  it('are not ended by the schedule as long as the listener sends others there', async () => {
    const target = {
      TargetGroupArn: await arnOf('TargetGroup'),
      'Targets.member.1.Id': B,
      'Targets.member.1.Port': '5432',
    };
    const action = { ListenerArn: (await resourceOf('aws_lb_listener', 'Orders_Listener'))['arn'] };
    const weights = (active: number) =>
      Promise.all(GROUPS.map(arnOf)).then((arns) =>
        Object.assign(
          { ...action, 'DefaultActions.member.1.Type': 'forward' },
          ...arns.map((arn, i) => ({
            [`DefaultActions.member.1.ForwardConfig.TargetGroups.member.${i + 1}.TargetGroupArn`]: arn,
            [`DefaultActions.member.1.ForwardConfig.TargetGroups.member.${i + 1}.Weight`]: i === active ? '1' : '0',
          })),
        ),
      );
    // An apply that ended before the listener had moved.
    await lab().emulator.call('elasticloadbalancing', 'RegisterTargets', target);
    await lab().emulator.call('elasticloadbalancing', 'ModifyListener', await weights(0));

    await invokeBySchedule();
    expect(await registered()).toEqual([B, B, B]);

    await lab().emulator.call('elasticloadbalancing', 'ModifyListener', await weights(1));
    await invokeBySchedule();
    expect(await registered()).toEqual(['', B, B]);
  });

  it('need no call that the role does not allow', async () => {
    const { policy } = await resourceOf('aws_iam_role_policy', 'Sync_Policy');
    const calls = front.queriesOf('elasticloadbalancing').filter(({ isOfFunction }) => isOfFunction);

    expect(calls.map(({ action }) => action)).toContain('DescribeListeners');
    for (const { action, parameters } of calls) {
      const resource = action.startsWith('Describe') ? '*' : (parameters.get('TargetGroupArn') ?? '');
      const call = { action: `elasticloadbalancing:${action}`, resource };
      expect(await verdict(JSON.parse(policy).Statement, call)).toBe('Allowed');
    }
  });
});
