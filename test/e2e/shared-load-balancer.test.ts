import { FORTY, type SharedEndpoint, sharedFleet } from './fixtures/shared-fleet';
import { createSite, type Site } from './fixtures/site';
import { describeWithTools, useLab, type Workspace } from './harness';

const NEW: SharedEndpoint = { id: 'Late', port: 7000, clients: ['203.0.113.7/32', '198.51.100.200/32'], database: 90 };

// The steps build on each other: the waits of the AWS provider make one load balancer a matter of minutes.
describeWithTools(['terraform', 'provider', 'emulator'], 'forty endpoints on one load balancer', () => {
  const lab = useLab({ emulator: true });
  let site: Site;
  let workspace: Workspace;
  const planOf = async (endpoints: readonly SharedEndpoint[]) => {
    workspace.configure(sharedFleet(site, endpoints));
    return workspace.plan();
  };

  beforeAll(async () => {
    site = await createSite(lab().emulator);
    workspace = lab().workspace(sharedFleet(site, FORTY));
    await workspace.apply();
  });

  it('need nothing more after their first apply', async () => {
    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
  });

  it('are on one load balancer, each with a listener, and one endpoint beside them has another', async () => {
    const resources = Object.entries(await workspace.resources());
    const of = (type: string) => resources.filter(([address]) => address.startsWith(`${type}.`));

    expect(of('aws_lb')).toHaveLength(2);
    expect(of('aws_lb_listener')).toHaveLength(41);
    expect(of('aws_lb_target_group')).toHaveLength(41);
    // Db00 and Db01 lead to one address.
    expect(of('aws_vpc_security_group_egress_rule')).toHaveLength(40);
    expect(of('aws_vpc_security_group_ingress_rule')).toHaveLength(3 * 40 + 1);
  });

  it('may be written in any order', async () => {
    expect(await planOf([...FORTY].reverse())).toMatchObject({ actions: [], exitCode: 0 });
  });

  it('are joined by one more, which touches nothing of the others', async () => {
    const plan = await planOf([...FORTY, NEW]);

    expect(withoutGroup(plan.actions)).toEqual([
      'create aws_lb_listener.Partners_Late_Listener',
      'create aws_lb_target_group.Partners_Late_TargetGroup',
      'create aws_lb_target_group_attachment.Partners_Late_Targets["10.20.0.90"]',
      'create aws_vpc_security_group_egress_rule.Partners_Egress["5432 10.20.0.90/32"]',
      'create aws_vpc_security_group_ingress_rule.Partners_IngressIpv4["7000 198.51.100.200/32"]',
      'create aws_vpc_security_group_ingress_rule.Partners_IngressIpv4["7000 203.0.113.7/32"]',
    ]);
    await workspace.applyPlan(plan);
    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
  });

  it('are left by one, whose database another one still leads to', async () => {
    const [gone, ...rest] = FORTY;
    const plan = await planOf([...rest, NEW]);

    expect(withoutGroup(plan.actions)).toEqual([
      `delete aws_lb_listener.Partners_${gone.id}_Listener`,
      `delete aws_lb_target_group.Partners_${gone.id}_TargetGroup`,
      `delete aws_lb_target_group_attachment.Partners_${gone.id}_Targets["10.20.0.11"]`,
      ...['192.0.2.0/30', '198.51.100.0/32', '203.0.113.7/32'].map(
        (block) => `delete aws_vpc_security_group_ingress_rule.Partners_IngressIpv4["6000 ${block}"]`,
      ),
    ]);
    await workspace.applyPlan(plan);
    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
  });

  it('may have one of them on another port', async () => {
    const [, ...rest] = FORTY;
    const plan = await planOf([...rest, { ...NEW, port: 7001 }]);

    expect(withoutGroup(plan.actions)).toEqual([
      ...['198.51.100.200/32', '203.0.113.7/32'].flatMap((block) => [
        `create aws_vpc_security_group_ingress_rule.Partners_IngressIpv4["7001 ${block}"]`,
      ]),
      ...['198.51.100.200/32', '203.0.113.7/32'].flatMap((block) => [
        `delete aws_vpc_security_group_ingress_rule.Partners_IngressIpv4["7000 ${block}"]`,
      ]),
      'update aws_lb_listener.Partners_Late_Listener: port',
    ]);
    await workspace.applyPlan(plan);
    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
  });

  it('leave nothing behind', async () => {
    await workspace.destroy();

    const { emulator } = lab();
    expect((await emulator.call('elasticloadbalancing', 'DescribeLoadBalancers')).all('LoadBalancerArn')).toEqual([]);
    expect((await emulator.call('elasticloadbalancing', 'DescribeTargetGroups')).all('TargetGroupArn')).toEqual([]);
  });
});

/** Which of the security groups a rule belongs to follows from a hash. */
function withoutGroup(actions: readonly string[]): string[] {
  return actions.map((action) => action.replace(/(IngressIpv4)-\d/, '$1')).sort();
}
