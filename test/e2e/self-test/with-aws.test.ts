import { readdirSync } from 'node:fs';
import { createVpc, describeWithTools, useLab } from '../harness';
import { firewall, pausingFirewall, RULE } from './firewall';

describeWithTools(['terraform', 'provider', 'emulator'], 'with AWS emulated, the harness', () => {
  const lab = useLab({ emulator: true });

  it('applies, sees no change, sees exactly the change that was made, and destroys', async () => {
    const { vpcId } = await createVpc(lab().emulator);
    const workspace = lab().workspace(firewall({ vpcId }));
    await workspace.apply();

    expect(readdirSync(workspace.folder)).toContain('terraform.tfstate');
    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
    expect(await workspace.outputs()).toEqual({ group_id: expect.stringMatching(/^sg-/) });

    workspace.configure(firewall({ vpcId, tag: 'two', cidrs: ['198.51.100.9/32', '203.0.113.7/32'] }));
    const change = await workspace.plan();
    expect(change.actions).toEqual([`create ${RULE('198.51.100.9/32')}`, 'update aws_security_group.Group: tags.Name']);
    expect(change.exitCode).toBe(2);
    await workspace.applyPlan(change);
    expect((await workspace.plan()).actions).toEqual([]);

    workspace.configure(firewall({ vpcId, tag: 'two', cidrs: ['198.51.100.9/32'], name: 'renamed' }));
    expect((await workspace.plan()).actions).toEqual([
      `delete ${RULE('203.0.113.7/32')}`,
      'replace(destroy-before-create) aws_security_group.Group: name',
      `replace(destroy-before-create) ${RULE('198.51.100.9/32')}: security_group_id`,
      'update output.group_id',
    ]);

    expect((await lab().emulator.call('ec2', 'DescribeSecurityGroupRules')).all('cidrIpv4')).toContain(
      '203.0.113.7/32',
    );
    await workspace.destroy();
    expect(await workspace.stateList()).toEqual([]);
    expect((await lab().emulator.call('ec2', 'DescribeSecurityGroupRules')).all('cidrIpv4')).not.toContain(
      '203.0.113.7/32',
    );
  });

  it('sees what was changed behind its back', async () => {
    const { vpcId } = await createVpc(lab().emulator);
    const workspace = lab().workspace(firewall({ vpcId, name: 'drift' }));
    await workspace.apply();
    const rule = (await workspace.resources())[RULE('203.0.113.7/32')];

    await lab().emulator.call('ec2', 'RevokeSecurityGroupIngress', {
      GroupId: `${rule?.['security_group_id']}`,
      'SecurityGroupRuleId.1': `${rule?.['security_group_rule_id']}`,
    });

    const plan = await workspace.plan();
    expect(plan.actions).toEqual([`create ${RULE('203.0.113.7/32')}`]);
    expect(await workspace.drift(plan)).toContain(`delete ${RULE('203.0.113.7/32')}`);
  });

  it.each([
    { signal: 'SIGINT', ownProvider: false },
    { signal: 'SIGKILL', ownProvider: true },
  ] as const)('converges after an apply that ended by $signal', async ({ signal, ownProvider }) => {
    const { vpcId } = await createVpc(lab().emulator);
    const workspace = lab().workspace(pausingFirewall(vpcId, signal), { ownProvider });

    await workspace.interruptApply(/terraform_data\.pause: Provisioning/, signal);
    expect(await workspace.stateList()).toContain('aws_security_group.group');
    expect(await workspace.stateList()).not.toContain('aws_vpc_security_group_ingress_rule.allow');

    await workspace.apply();
    expect((await workspace.plan()).actions).toEqual([]);
  });

  it('keeps state where the stack says', async () => {
    const { vpcId } = await createVpc(lab().emulator);
    await lab().emulator.send('s3', '/states', { method: 'PUT' });
    const stack = pausingFirewall(vpcId, 'remote');
    const backend = { s3: { bucket: 'states', key: 'network.tfstate', region: 'us-east-1', use_lockfile: true } };
    const workspace = lab().workspace({ ...stack, terraform: { ...stack.terraform, backend } });

    await workspace.apply();

    const state = await lab().emulator.send('s3', '/states/network.tfstate', { method: 'GET' });
    expect(state.text).toContain('"aws_security_group"');
  });

  it('answers a call that a client repeats as it did before, and carries it out once', async () => {
    const { vpcId } = await createVpc(lab().emulator);
    const group = { GroupName: 'repeated', GroupDescription: 'x', VpcId: vpcId };
    const body = new URLSearchParams({ Action: 'CreateSecurityGroup', Version: '2016-11-15', ...group });
    const call = (id: string) =>
      lab().emulator.send('ec2', '/', { method: 'POST', headers: { 'amz-sdk-invocation-id': id }, body });

    const { text } = await call('one');

    expect(text).toContain('<groupId>sg-');
    expect((await call('one')).text).toBe(text);
    await expect(call('other')).rejects.toThrow('InvalidGroup.Duplicate');
  });

  it('forgets everything on reset', async () => {
    const { vpcId, subnetIds } = await createVpc(lab().emulator);
    expect(subnetIds).toHaveLength(3);
    expect((await lab().emulator.call('ec2', 'DescribeVpcs')).all('vpcId')).toContain(vpcId);

    await lab().emulator.reset();

    expect((await lab().emulator.call('ec2', 'DescribeVpcs')).all('vpcId')).not.toContain(vpcId);
  });

  it('says what Terraform said when a command fails', async () => {
    const workspace = lab().workspace(firewall({}));
    workspace.setVariables({ cidrs: ['0.0.0.0/0'] });

    await expect(workspace.apply()).rejects.toThrow('The allowlist must not be open to the internet.');
  });
});
