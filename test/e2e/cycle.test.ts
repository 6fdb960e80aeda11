import { CHANGES } from './fixtures/changes';
import { rememberDescriptions } from './fixtures/emulator-lies';
import { byEndpoint, fleet } from './fixtures/fleet';
import { useFrontedLab } from './fixtures/fronted-lab';
import { createSite, type Site } from './fixtures/site';
import { describeWithTools, type Workspace } from './harness';

const IDS = CHANGES.map(({ id }) => id);
const APPLIED = CHANGES.filter(({ plannedOnly }) => plannedOnly === undefined).map(({ id }) => id);

// The steps build on each other: the waits of the AWS provider make one fleet and two applies a matter of minutes.
describeWithTools(['terraform', 'provider', 'emulator'], 'a fleet of endpoints', () => {
  const { lab } = useFrontedLab();
  let site: Site;
  let workspace: Workspace;

  beforeAll(async () => {
    site = await createSite(lab().emulator);
    workspace = lab().workspace(fleet(site));
    await workspace.apply();
    await rememberDescriptions(lab().emulator, workspace);
  });

  it('needs nothing more after its first apply', async () => {
    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
  });

  it('admits an address that was made in the same apply', async () => {
    const resources = Object.entries(await workspace.resources());
    const [[address, rule] = []] = resources.filter(([key]) => /SameApply_IngressComputed/.test(key));

    expect(address).toMatch(/\["aws_eip\.Nat\.public_ip"\]$/);
    expect(rule).toMatchObject({ cidr_ipv4: expect.stringMatching(/^[\d.]+\/32$/), from_port: 5432, to_port: 5432 });
  });

  describe('where every endpoint has one change', () => {
    let planned: Readonly<Record<string, string[]>> = {};

    beforeAll(async () => {
      workspace.configure(fleet(site, IDS));
      planned = byEndpoint((await workspace.plan()).actions);
    });

    it.each(CHANGES)('Terraform does exactly this about $property ($change)', ({ id, actions }) => {
      expect(planned[id] ?? []).toEqual([...actions].sort());
    });

    it('nothing else changes', () => {
      const { '': beside, ...endpoints } = planned;
      const changing = CHANGES.filter(({ actions }) => actions.length > 0).map(({ id }) => id);

      expect(beside).toEqual(['create aws_eip.LateNat']);
      expect(Object.keys(endpoints).sort()).toEqual(changing.sort());
    });
  });

  it('needs nothing more after the changes are applied', async () => {
    workspace.configure(fleet(site, APPLIED));
    await workspace.apply();

    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
  });

  it('gets back what was deleted or changed behind its back, and does not see a rule that was added', async () => {
    const { emulator } = lab();
    const resources = await workspace.resources();
    const of = (endpoint: string, type: string) => {
      const found = Object.entries(resources).find(([key]) => key.startsWith(`${type}.${endpoint}_`));
      return found?.[1] as Readonly<Record<string, string>>;
    };
    const rule = of('AddClient', 'aws_vpc_security_group_ingress_rule');
    await emulator.call('ec2', 'RevokeSecurityGroupIngress', {
      GroupId: rule['security_group_id'],
      'SecurityGroupRuleId.1': rule['security_group_rule_id'],
    });
    const opened = of('Describe', 'aws_vpc_security_group_ingress_rule');
    await emulator.call('ec2', 'ModifySecurityGroupRules', {
      GroupId: opened['security_group_id'],
      'SecurityGroupRule.1.SecurityGroupRuleId': opened['security_group_rule_id'],
      'SecurityGroupRule.1.SecurityGroupRule.IpProtocol': 'tcp',
      'SecurityGroupRule.1.SecurityGroupRule.FromPort': '0',
      'SecurityGroupRule.1.SecurityGroupRule.ToPort': '65535',
      'SecurityGroupRule.1.SecurityGroupRule.CidrIpv4': '0.0.0.0/0',
    });
    await emulator.call('elasticloadbalancing', 'DeleteListener', {
      ListenerArn: of('Delay', 'aws_lb_listener')['arn'],
    });
    await emulator.call('elasticloadbalancing', 'DeregisterTargets', {
      TargetGroupArn: of('Health', 'aws_lb_target_group')['arn'],
      'Targets.member.1.Id': '10.20.0.5',
      'Targets.member.1.Port': '5432',
    });
    await emulator.call('elasticloadbalancing', 'ModifyTargetGroupAttributes', {
      TargetGroupArn: of('Said', 'aws_lb_target_group')['arn'],
      'Attributes.member.1.Key': 'preserve_client_ip.enabled',
      'Attributes.member.1.Value': 'true',
    });
    const unguarded = of('Idle', 'aws_lb');
    await emulator.call('elasticloadbalancing', 'SetSecurityGroups', {
      LoadBalancerArn: unguarded['arn'],
      'SecurityGroups.member.1': of('Idle', 'aws_security_group')['id'],
      EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'off',
    });
    await emulator.call('ec2', 'AuthorizeSecurityGroupIngress', {
      GroupId: of('Idle', 'aws_security_group')['id'],
      'IpPermissions.1.IpProtocol': 'tcp',
      'IpPermissions.1.FromPort': '5432',
      'IpPermissions.1.ToPort': '5432',
      'IpPermissions.1.IpRanges.1.CidrIp': '198.51.100.77/32',
    });

    const plan = await workspace.plan();
    expect(byEndpoint(plan.actions)).toEqual({
      AddClient: [expect.stringMatching(/^create aws_vpc_security_group_ingress_rule\.IngressIpv4\["/)],
      Describe: [expect.stringMatching(/^update .*\.IngressIpv4\["[\d./]+"\]: cidr_ipv4, from_port, to_port$/)],
      Delay: ['create aws_lb_listener.Listener'],
      Idle: ['update aws_lb.LoadBalancer: enforce_security_group_inbound_rules_on_private_link_traffic'],
      Said: ['update aws_lb_target_group.TargetGroup: preserve_client_ip'],
      Health: ['create aws_lb_target_group_attachment.Targets["10.20.0.5"]'],
    });

    await workspace.applyPlan(plan);
    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
  });

  it('leaves nothing behind when it is destroyed', async () => {
    await workspace.destroy();

    const { emulator } = lab();
    expect((await emulator.call('elasticloadbalancing', 'DescribeLoadBalancers')).all('LoadBalancerArn')).toEqual([]);
    expect((await emulator.call('elasticloadbalancing', 'DescribeTargetGroups')).all('TargetGroupArn')).toEqual([]);
    expect((await emulator.call('ec2', 'DescribeSecurityGroups')).all('groupName')).not.toContainEqual(
      expect.stringMatching(/^database-endpoint-/),
    );
  });
});
