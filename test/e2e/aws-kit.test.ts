import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appCommand } from './fixtures/app-command';
import { describeWithTools, type Lab, scratchFolder, useLab } from './harness';
import { GuardedProcess } from './harness/guarded-process';

/** Those that can go through on the emulator. */
const STEPS = ['reachable', 'removed-rule', 'missing-zone', 'weights', 'failover', 'idle'];

// Without traffic and with targets that are healthy at once, nothing that the kit measures here means anything. What is
// tested is that it goes through all its steps and that nothing is left behind, wherever it is stopped.
describeWithTools(['terraform', 'provider', 'emulator'], 'the acceptance kit for a real account', () => {
  const lab = useLab({ emulator: true });
  const runs = new Map<string, Run>();

  // Side by side: most of the time is a wait of the provider for load balancers.
  beforeAll(async () => {
    const finished = async (name: string, run: Promise<Run>) => runs.set(name, await run);
    await Promise.all([
      finished('whole', measured(lab(), ['--slow', '--only', STEPS.join()])),
      finished('failing', measured(lab(), ['--only', 'tls-listener,missing-zone'])),
      ...['init', 'deploy', ...STEPS].map((step) => finished(step, interrupted(lab(), step))),
    ]);
  });
  const run = (name: string) => runs.get(name)!;

  it('measures and writes a table', () => {
    const { exitCode, output, table } = run('whole');

    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    expect(steps(output)).toEqual(['init', 'deploy', ...STEPS, 'destroy', 'done']);
    expect(table).toContain('| New connections of a removed entry are refused | at once | not measured');
    expect(table).toContain('until it is healthy | "a few minutes" | healthy');
  });

  it('goes on after a measurement that fails, and says so', () => {
    // The emulator refuses to update TLS listeners.
    const { exitCode, output, table } = run('failing');

    expect(exitCode).toBe(1);
    expect(output).toContain('failed: tls-listener');
    expect(table).toMatch(/tls-listener \| {2}\| failed: terraform apply/);
    expect(table).toContain('| States of a target in a zone that the load balancer does not have |');
  });

  it.each(['init', 'deploy', ...STEPS])('destroys what it has made when it is interrupted at step %s', (step) => {
    const { exitCode, output } = run(step);

    expect({ exitCode, output }).toMatchObject({ exitCode: 130 });
    expect(output).toContain('interrupted: everything is destroyed now');
    expect(steps(output).slice(-3)).toEqual([step, 'destroy', 'done']);
  });

  it('leaves nothing in any state', () => {
    for (const { folder } of runs.values()) {
      const state = join(folder, 'terraform.tfstate');
      if (existsSync(state)) expect(JSON.parse(readFileSync(state, 'utf8')).resources).toEqual([]);
    }
  });

  it.each([
    ['ec2', 'DescribeVpcs', 'vpcId'],
    ['ec2', 'DescribeSubnets', 'subnetId'],
    ['ec2', 'DescribeSecurityGroups', 'groupId'],
    ['ec2', 'DescribeInternetGateways', 'internetGatewayId'],
    ['ec2', 'DescribeRouteTables', 'routeTableId'],
  ])('leaves nothing in the account: %s %s', async (service, action, id) => {
    const filter = { 'Filter.1.Name': 'tag-key', 'Filter.1.Value.1': 'database-endpoint-kit' };
    expect((await lab().emulator.call(service, action, filter)).all(id)).toEqual([]);
  });

  it('leaves no load balancer, target group, certificate or running server', async () => {
    const { emulator } = lab();
    const balancers = await emulator.call('elasticloadbalancing', 'DescribeLoadBalancers');
    const groups = await emulator.call('elasticloadbalancing', 'DescribeTargetGroups');
    const filter = { 'Filter.1.Name': 'instance-state-name', 'Filter.1.Value.1': 'running' };
    const servers = await emulator.call('ec2', 'DescribeInstances', filter);
    const certificates = await emulator.send('acm', '/', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': 'CertificateManager.ListCertificates' },
      body: '{}',
    });

    expect(balancers.all('LoadBalancerArn')).toEqual([]);
    expect(groups.all('TargetGroupArn')).toEqual([]);
    expect(servers.all('instanceId')).toEqual([]);
    expect(JSON.parse(certificates.text).CertificateSummaryList).toEqual([]);
  });
});

/** What a run has left on this machine. */
interface Run {
  readonly folder: string;
  readonly exitCode: number | null;
  readonly output: string;
  readonly table: string;
}

async function measured(lab: Lab, options: readonly string[]): Promise<Run> {
  return outcome(start(lab, options));
}

async function interrupted(lab: Lab, step: string): Promise<Run> {
  const kit = start(lab, STEPS.includes(step) ? ['--slow', '--only', step] : []);
  await kit.process.waitFor(new RegExp(`^step: ${step}$`, 'm'));
  kit.process.signal('SIGINT');
  return outcome(kit);
}

async function outcome({ folder, process }: ReturnType<typeof start>): Promise<Run> {
  const exitCode = await process.ended;
  const output = process.stdout + process.stderr;
  return { folder, exitCode, output, table: readFileSync(join(folder, 'results.md'), 'utf8') };
}

function start(lab: Lab, options: readonly string[]) {
  const folder = scratchFolder('kit');
  const { command, environment } = appCommand('test/aws/main.ts');
  const args = ['--region', 'us-east-1', '--client', '198.51.100.7/32', '--patience', '2', '--yes', '--folder', folder];
  const process = new GuardedProcess('sh', ['-c', `exec ${command} "$@"`, 'kit', ...args, ...options], {
    folder,
    environment: { ...lab.environment({ ownProvider: true }), ...environment },
  });
  return { folder, process };
}

function steps(output: string): string[] {
  return [...output.matchAll(/^step: ([\w-]+)/gm)].map(([, step]) => step ?? '');
}
