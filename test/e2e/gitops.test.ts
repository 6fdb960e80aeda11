import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { appCommand, repositoryFile } from './fixtures/app-command';
import { runCommand } from './fixtures/command';
import { createVpc, describeWithTools, scratchFolder, useLab } from './harness';

const SCRIPT = repositoryFile('examples/gitops/pipeline.sh');

describeWithTools(['terraform', 'provider', 'emulator'], 'the pipeline of examples/gitops', () => {
  const lab = useLab({ emulator: true });
  const app = appCommand('examples/gitops/main.ts');
  let site: NodeJS.ProcessEnv = {};

  beforeAll(async () => {
    const { emulator } = lab();
    await emulator.send('s3', '/pipeline', { method: 'PUT' });
    const { vpcId, subnetIds } = await createVpc(emulator);
    site = { STATE_BUCKET: 'pipeline', VPC_ID: vpcId, SUBNET_IDS: subnetIds.join() };
  });

  const pipeline = (verb: string, own: NodeJS.ProcessEnv = {}) => {
    const environment = { ...lab().environment(), ...app.environment, CDKTF_APP: app.command, ...site, ...own };
    return runCommand('bash', [SCRIPT, verb], { folder: scratchFolder('pipeline'), environment });
  };
  const changeRule = async (block: string) => {
    const rules = await lab().emulator.call('ec2', 'DescribeSecurityGroupRules');
    const item = rules.text
      .split('<item>')
      .find((text) => text.includes('203.0.113.7/32') || text.includes('0.0.0.0/1'));
    const value = (tag: string) => item?.match(new RegExp(`<${tag}>([^<]*)<`))?.[1] ?? '';
    await lab().emulator.call('ec2', 'ModifySecurityGroupRules', {
      GroupId: value('groupId'),
      'SecurityGroupRule.1.SecurityGroupRuleId': value('securityGroupRuleId'),
      'SecurityGroupRule.1.SecurityGroupRule.IpProtocol': 'tcp',
      'SecurityGroupRule.1.SecurityGroupRule.FromPort': '5432',
      'SecurityGroupRule.1.SecurityGroupRule.ToPort': '5432',
      'SecurityGroupRule.1.SecurityGroupRule.CidrIpv4': block,
    });
  };

  it('plans a pull request, without changing anything', async () => {
    const { exitCode, output } = await pipeline('plan');

    expect({ exitCode, output }).toMatchObject({ exitCode: 0, output: expect.stringMatching(/Plan: \d+ to add/) });
    const balancers = await lab().emulator.call('elasticloadbalancing', 'DescribeLoadBalancers');
    expect(balancers.all('LoadBalancerArn')).toEqual([]);
  });

  it('deploys a merge, and has nothing to do for the next one', async () => {
    expect(await pipeline('deploy')).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('Apply complete!'),
    });

    const again = await pipeline('deploy');
    expect(again).toMatchObject({ exitCode: 0, output: expect.stringContaining('No changes.') });
    expect(again.output).not.toContain('Apply complete!');
  });

  it('finds a change that was made by hand, and the next deployment takes it back', async () => {
    expect(await pipeline('drift')).toMatchObject({ exitCode: 0 });

    await changeRule('0.0.0.0/1');
    expect(await pipeline('drift')).toMatchObject({ exitCode: 2, output: expect.stringContaining('0.0.0.0/1') });

    expect(await pipeline('deploy')).toMatchObject({ exitCode: 0 });
    expect(await pipeline('drift')).toMatchObject({ exitCode: 0 });
  });

  it.each([
    [
      'the code has a mistake',
      'plan',
      { CDKTF_APP: 'echo "prod/Orders: allow is empty. [AllowlistEmpty]" >&2; exit 1' },
    ],
    ['the state is not there', 'drift', { STATE_BUCKET: 'nowhere' }],
    ['the verb is none', 'destroy', {}],
  ])('fails where %s, with an exit code that is no drift', async (_, verb, own) => {
    const { exitCode } = await pipeline(verb, own);

    expect([0, 2]).not.toContain(exitCode);
  });
});

interface Workflow {
  readonly jobs: { readonly [name: string]: Job };
  readonly permissions: object;
  readonly concurrency: { readonly group: string; readonly 'cancel-in-progress': string };
}

interface Job {
  readonly if: string;
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: object }[];
}

describe('the workflow of examples/gitops', () => {
  const workflow = load(readFileSync(repositoryFile('examples/gitops/github-actions.yml'), 'utf8')) as Workflow;
  const jobs = Object.entries(workflow.jobs);

  it('runs the verbs of the script that is tested here, each at its event', () => {
    const runs = jobs.map(([name, { if: event, steps }]) => {
      const [, verb] =
        steps
          .map(({ run = '' }) => run)
          .join('\n')
          .match(/pipeline\.sh (\w+)/) ?? [];
      return [name, verb, event.match(/pull_request|push|schedule/)?.[0]];
    });

    expect(runs).toEqual([
      ['plan', 'plan', 'pull_request'],
      ['deploy', 'deploy', 'push'],
      ['drift', 'drift', 'schedule'],
    ]);
  });

  it('takes a role instead of keys, in every job', () => {
    expect(workflow.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    for (const [, { steps }] of jobs) {
      expect(steps).toContainEqual(
        expect.objectContaining({
          with: expect.objectContaining({ 'role-to-assume': expect.stringContaining('vars.') }),
        }),
      );
    }
    expect(JSON.stringify(workflow)).not.toMatch(/secret|access.key/i);
  });

  it('never runs two deployments at once, and never cancels one', () => {
    expect(workflow.concurrency.group).toContain('databases-');
    expect(workflow.concurrency['cancel-in-progress']).toBe("${{ github.event_name == 'pull_request' }}");
  });
});
