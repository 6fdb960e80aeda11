import { AllowedSource, DatabaseEndpoint, DatabaseEngine, DatabaseTarget } from 'cdktf-database-endpoint';
import { createVpc, describeWithTools, type Lab, synthesize, useLab, type Vpc, type Workspace } from './harness';

describeWithTools(['terraform', 'provider', 'emulator'], 'an apply that was interrupted', () => {
  const lab = useLab({ emulator: true });
  let cancelled: Awaited<ReturnType<typeof cancelPipeline>>;
  let lost: Awaited<ReturnType<typeof loseMachine>>;

  // Side by side, because most of the time goes into the provider's waits.
  beforeAll(async () => {
    [cancelled, lost] = await Promise.all([cancelPipeline(lab()), loseMachine(lab())]);
  });

  it('by a cancelled pipeline leaves a load balancer that the next one would make anew', () => {
    expect(cancelled.planned).toContain('replace(destroy-before-create) aws_lb.Orders_LoadBalancer: tainted');
  });

  it('by a cancelled pipeline leaves one that Terraform refuses to make anew while it is protected', () => {
    expect(cancelled.refusal).toMatch(/Instance cannot be destroyed .* has lifecycle\.prevent_destroy set/);
  });

  it('by a cancelled pipeline converges with the same load balancer after terraform untaint', () => {
    expect(cancelled.untainted).not.toContainEqual(expect.stringMatching(/replace|delete/));
    expect(cancelled.ids.after).toEqual(cancelled.ids.before);
    expect(cancelled.remaining).toEqual([]);
  });

  it('by a lost machine converges, and leaves a load balancer that nobody knows of', () => {
    expect(lost.known).not.toContainEqual(expect.stringMatching(/^aws_lb\./));
    expect(lost.remaining).toEqual([]);
    expect(lost.balancers).toBe(2);
  });
});

/** The worst moment: the provider waits for the load balancer. */
const WAITING = /LoadBalancer_\w+: Still creating/;

async function cancelPipeline(lab: Lab) {
  const vpc = await createVpc(lab.emulator);
  const workspace = lab.workspace(endpoint(vpc));
  await workspace.interruptApply(WAITING, 'SIGINT');
  const [address, before] = await loadBalancerOf(workspace);
  const refusal = await workspace.plan().then(
    () => 'none',
    (error: Error) => error.message.replace(/[\s│╷╵]+/g, ' '),
  );
  workspace.configure(endpoint(vpc, { deletionProtection: false }));
  const planned = (await workspace.plan()).actions;
  workspace.configure(endpoint(vpc));

  await (await workspace.ready()).run('untaint', address);
  const untainted = (await workspace.plan()).actions;
  await workspace.apply();
  const [, after] = await loadBalancerOf(workspace);
  return { refusal, planned, untainted, ids: { before, after }, remaining: (await workspace.plan()).actions };
}

async function loseMachine(lab: Lab) {
  const vpc = await createVpc(lab.emulator, { prefix: '10.50' });
  const workspace = lab.workspace(endpoint(vpc), { ownProvider: true });
  await workspace.interruptApply(WAITING, 'SIGKILL');
  const known = await workspace.stateList();

  await workspace.apply();
  const answer = await lab.emulator.call('elasticloadbalancing', 'DescribeLoadBalancers');
  const balancers = answer.all('VpcId').filter((id) => id === vpc.vpcId).length;
  return { known, balancers, remaining: (await workspace.plan()).actions };
}

function endpoint(
  { vpcId, subnetIds: [a = '', b = ''] }: Vpc,
  protection: { deletionProtection?: boolean } = {},
): string {
  return synthesize('Interrupted', (stack) => {
    new DatabaseEndpoint(stack, 'Orders', {
      vpcId,
      subnetIds: [a, b],
      engine: DatabaseEngine.POSTGRESQL,
      target: DatabaseTarget.ipAddresses(['10.20.0.5']),
      allow: [AllowedSource.cidr('203.0.113.7/32')],
      ...protection,
    });
  });
}

async function loadBalancerOf(workspace: Workspace): Promise<[address: string, id: unknown]> {
  const resources = Object.entries(await workspace.resources());
  const [address, values] = resources.find(([address]) => address.startsWith('aws_lb.')) ?? [];
  if (!address) throw new Error('the state has no load balancer');
  return [address, values?.['id']];
}
