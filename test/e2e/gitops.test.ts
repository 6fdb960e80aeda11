import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { appCommand, repositoryFile } from './fixtures/app-command';
import { runCommand } from './fixtures/command';
import { createVpc, describeWithTools, scratchFolder, useLab } from './harness';
import { findTools } from './harness/tools';

const SCRIPT = repositoryFile('examples/gitops/pipeline.sh');

describeWithTools(['terraform', 'provider', 'emulator'], 'the pipeline of examples/gitops', () => {
  const lab = useLab({ emulator: true });
  const app = appCommand('examples/gitops/main.ts');
  let site: NodeJS.ProcessEnv = {};
  let locks = '';
  const lockFile = () => join(locks, 'databases-prod.terraform.lock.hcl');

  beforeAll(async () => {
    const { emulator } = lab();
    locks = scratchFolder('locks');
    await emulator.send('s3', '/pipeline', { method: 'PUT' });
    const { vpcId, subnetIds } = await createVpc(emulator);
    site = { STATE_BUCKET: 'pipeline', VPC_ID: vpcId, SUBNET_IDS: subnetIds.join() };
  });

  const pipeline = (verb: string, own: NodeJS.ProcessEnv = {}) => {
    const environment = {
      ...lab().environment(),
      ...app.environment,
      CDKTF_APP: app.command,
      LOCKS: locks,
      ...site,
      ...own,
    };
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

  const addRule = async (block: string) => {
    const rules = await lab().emulator.call('ec2', 'DescribeSecurityGroupRules');
    const item = rules.text.split('<item>').find((text) => text.includes('203.0.113.7/32')) ?? '';
    await lab().emulator.call('ec2', 'AuthorizeSecurityGroupIngress', {
      GroupId: item.match(/<groupId>([^<]*)</)?.[1] ?? '',
      'IpPermissions.1.IpProtocol': 'tcp',
      'IpPermissions.1.FromPort': '5432',
      'IpPermissions.1.ToPort': '5432',
      'IpPermissions.1.IpRanges.1.CidrIp': block,
    });
  };
  /** What the script does where Terraform starts the provider itself, as it does everywhere but in these tests. */
  const withOwnProvider = (verb: string, own: NodeJS.ProcessEnv = {}) =>
    pipeline(verb, { TF_REATTACH_PROVIDERS: '', ...own });

  it('runs no provider whose checksums nobody has noted', async () => {
    const { exitCode, output } = await pipeline('plan');

    expect({ exitCode, output }).toMatchObject({ exitCode: 1, output: expect.stringContaining('lock') });
    expect(output).not.toContain('Plan:');
  });

  it('notes the checksums of the providers, and holds them to these', async () => {
    const [PLATFORMS, LOCK_OPTIONS] = ['linux_amd64', `-fs-mirror=${findTools().provider.mirror}`];
    expect(await withOwnProvider('lock', { PLATFORMS, LOCK_OPTIONS })).toMatchObject({ exitCode: 0 });

    const lock = readFileSync(lockFile(), 'utf8');
    expect(lock).toMatch(/provider "registry.terraform.io\/hashicorp\/aws" \{[^}]*version +=[^}]*"h1:/);
    expect(await withOwnProvider('check')).toMatchObject({ exitCode: 0 });

    writeFileSync(lockFile(), lock.replace(/"h1:[^"]*"/, '"h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="'));
    const { exitCode, output } = await withOwnProvider('check');
    writeFileSync(lockFile(), lock);
    expect({ exitCode, output }).toMatchObject({ exitCode: 1, output: expect.stringContaining('checksum') });
  });

  it('checks a pull request without credentials, and keeps what was synthesized for the review', async () => {
    const OUT = join(scratchFolder('head'), 'head');
    const none = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_ENDPOINT_URL: 'http://127.0.0.1:1', OUT };
    const { exitCode, output } = await pipeline('check', none);

    expect({ exitCode, output }).toMatchObject({ exitCode: 0, output: expect.stringContaining('Success!') });
    expect(existsSync(join(OUT, 'stacks/databases-prod/exposure.json'))).toBe(true);
  });

  it('shows the warnings, and plans nothing where they are to fail', async () => {
    const shown = /^WARN \[databases-prod\/Orders\]: allow\[0\].*\[SourceSeldomMatches\]$/gm;
    expect((await pipeline('check')).output.match(shown)).toHaveLength(1);

    const { exitCode, output } = await pipeline('plan', { FAIL_ON_WARNINGS: 'yes' });
    expect({ exitCode, output }).toMatchObject({ exitCode: 1, output: expect.stringMatching(shown) });
    expect(output).not.toContain('Plan:');
  });

  it('shows a warning in one line, whatever a file has put into it', async () => {
    const annotations = [{ constructPath: 'x', level: '@cdktf/warn', message: 'a\n::error::b\u001b[2K\u202ec' }];
    const manifest = join(scratchFolder('manifest'), 'manifest.json');
    writeFileSync(manifest, JSON.stringify({ stacks: { x: { annotations } } }));
    const { output } = await pipeline('check', { CDKTF_APP: `cp '${manifest}' "$CDKTF_OUTDIR"` });

    expect(output).toContain('WARN [x]: a?::error::b?[2K?c\n');
  });

  it('plans, without changing anything', async () => {
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

  it('says that it does not see a rule that was added by hand', async () => {
    await addRule('0.0.0.0/1');

    expect(await pipeline('drift')).toMatchObject({
      exitCode: 0,
      output: expect.stringMatching(/NOT CHECKED: .*added by hand.*further rules of a security group/),
    });
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
  readonly permissions?: object;
  readonly environment?: string;
  readonly needs?: string;
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: object }[];
}

describe('the workflow of examples/gitops', () => {
  const text = readFileSync(repositoryFile('examples/gitops/github-actions.yml'), 'utf8');
  const workflow = load(text) as Workflow;
  const jobs = Object.entries(workflow.jobs);
  const rolesOf = ({ steps }: Job) => steps.filter(({ uses }) => uses?.startsWith('aws-actions/'));

  it('runs the verbs of the script that is tested here, each at its event', () => {
    const runs = jobs.map(([name, { if: event, steps }]) => {
      const verbs = steps.flatMap(({ run = '' }) => [...run.matchAll(/pipeline\.sh (\w+)/g)].map(([, verb]) => verb));
      return [name, [...new Set(verbs)], event.match(/pull_request|push|schedule/)?.[0]];
    });

    expect(runs).toEqual([
      ['check', ['check', 'exposure'], 'pull_request'],
      ['comment', [], 'pull_request'],
      ['plan', ['plan'], 'push'],
      ['deploy', ['deploy'], 'push'],
      ['drift', ['drift'], 'schedule'],
    ]);
  });

  it('gives the code of a pull request no role, and no token to get one', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    for (const [name, job] of jobs.filter(([, { if: event }]) => event.includes('pull_request'))) {
      expect(job.permissions ?? {}).toEqual(name === 'comment' ? { 'pull-requests': 'write' } : {});
      expect(rolesOf(job)).toEqual([]);
    }
    expect(text).not.toMatch(/pull_request_target|workflow_run/);
  });

  it('comments from a job that runs nothing of the pull request, and none of a fork', () => {
    const { comment } = workflow.jobs;

    expect(comment.needs).toBe('check');
    expect(comment.if).toContain('github.event.pull_request.head.repo.full_name == github.repository');
    expect(comment.steps.map(({ uses }) => uses?.split('@')[0])).toEqual(['actions/download-artifact', undefined]);
    // Nothing of the event is part of the command itself.
    expect(comment.steps[1].run).not.toMatch(/\$\{\{|npm|npx|node|examples\//);
  });

  it('takes a role instead of keys, in every other job, and only there a token for it', () => {
    for (const [, job] of jobs.filter(([, { if: event }]) => !event.includes('pull_request'))) {
      expect(job.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
      expect(rolesOf(job)).toEqual([
        expect.objectContaining({
          with: expect.objectContaining({ 'role-to-assume': expect.stringContaining('vars.') }),
        }),
      ]);
    }
    expect(JSON.stringify(workflow)).not.toMatch(/secret|access.key/i);
  });

  it('deploys after its plan, from an environment that is protected, with the only role that writes', () => {
    const { deploy, ...others } = workflow.jobs;

    expect(deploy).toMatchObject({ environment: 'production', needs: 'plan' });
    expect(JSON.stringify(deploy)).toContain('DEPLOY_ROLE_ARN');
    expect(JSON.stringify(others)).not.toMatch(/DEPLOY_ROLE_ARN|environment":"/);
    expect(text).toMatch(/deployment branches limited to `main`/);
  });

  it('pins every action by its commit, and names the release', () => {
    const uses = text.match(/uses: .*/g) ?? [];

    expect(uses.length).toBeGreaterThan(10);
    for (const each of uses) expect(each).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('never runs two deployments at once, and never cancels one', () => {
    expect(workflow.concurrency.group).toContain('databases-');
    expect(workflow.concurrency['cancel-in-progress']).toBe("${{ github.event_name == 'pull_request' }}");
  });
});
