import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkOnMocks, describeWithTools, planAndApply, runOnMocks, useLab } from '../harness';
import { firewall, RULE } from './firewall';
import { TLS_ENDPOINT } from './tls-endpoint';

describeWithTools(['terraform', 'provider'], 'without AWS, the harness', () => {
  const lab = useLab({ emulator: false });

  it('finds nothing against a valid stack', async () => {
    expect(await lab().workspace(firewall({})).validate()).toEqual([]);
  });

  it('says what the provider refuses', async () => {
    const broken = {
      provider: { aws: { region: 'us-east-1' } },
      resource: { aws_security_group: { a: { nam: 'x' } } },
    };

    expect(await lab().workspace(broken).validate()).toEqual([expect.stringContaining('nam')]);
  });

  it('validates a stack that asks for another provider version', async () => {
    const newer = {
      terraform: { required_providers: { aws: { source: 'aws', version: '6.23.0' } } },
      resource: { aws_security_group: { a: { name: 'x' } } },
    };

    expect(await lab().workspace(newer).validate()).toEqual([]);
  });

  it('plans new resources with the defaults of the real provider', async () => {
    const workspace = lab().workspace(firewall({}), { withoutAws: true });

    const plan = await workspace.plan();

    expect(plan.actions).toEqual([
      'create aws_security_group.Group',
      `create ${RULE('203.0.113.7/32')}`,
      'create output.group_id',
    ]);
    expect((await workspace.planned(plan))['aws_security_group.Group']).toMatchObject({
      name: 'db',
      revoke_rules_on_delete: false,
    });
  });

  it('destroys what the stack guards, and leaves the stack as it was', async () => {
    const guarded = { resource: { terraform_data: { kept: { input: 'x', lifecycle: { prevent_destroy: true } } } } };
    const workspace = lab().workspace(guarded);
    await workspace.apply();

    expect(await checkOnMocks(workspace, { 'torn down': planAndApply() })).toEqual({ 'torn down': [] });
    await workspace.destroy();

    expect(await workspace.stateList()).toEqual([]);
    expect(JSON.parse(readFileSync(join(workspace.folder, 'cdk.tf.json'), 'utf8'))).toEqual(guarded);
  });

  it('runs many cases on mocks, and the stack refuses the ones that it should', async () => {
    const problems = await checkOnMocks(lab().workspace(firewall({})), {
      'one client': planAndApply(),
      'two clients': planAndApply({ cidrs: ['192.0.2.0/24', '198.51.100.9/32'] }),
      'text that looks like a template': planAndApply({ note: '${var.port} %{if}' }),
      'the internet': planAndApply({ cidrs: ['0.0.0.0/0'] }),
      'what is no CIDR': planAndApply({ cidrs: ['203.0.113.7/24'] }),
      'a variable that is not there': [{ command: 'plan', variables: { cidr: 'x' } }],
    });

    expect(problems).toEqual({
      'one client': [],
      'two clients': [],
      'text that looks like a template': [],
      'the internet': ['Resource precondition failed: The allowlist must not be open to the internet.'],
      'what is no CIDR': [expect.stringContaining('203.0.113.7/24')],
      'a variable that is not there': [expect.stringContaining('"cidr"')],
    });
  });

  it('tells what a stack on mocks plans and leaves', async () => {
    const outcome = await runOnMocks(lab().workspace(firewall({})), [
      { command: 'apply', variables: { cidrs: ['192.0.2.0/24'] } },
      { command: 'plan', variables: { cidrs: ['198.51.100.9/32', '192.0.2.0/24'], note: 'one ${more}' } },
    ]);

    expect(outcome).toMatchObject({
      problems: [],
      planned: [[`create ${RULE('198.51.100.9/32')}`, `update ${RULE('192.0.2.0/24')}: description`]],
      resources: { [RULE('192.0.2.0/24')]: { from_port: 5432, security_group_id: 'sg-0123456789abcdef0' } },
    });
  });

  it('makes up for mocks what other resources accept', async () => {
    expect(await checkOnMocks(lab().workspace(TLS_ENDPOINT), { endpoint: planAndApply() })).toEqual({ endpoint: [] });
  });
});
