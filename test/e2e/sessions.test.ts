import type { TerraformStack } from 'cdktf';
import {
  AllowedSource,
  DatabaseEndpoint,
  DatabaseEngine,
  DatabaseTarget,
  EndpointLoadBalancer,
} from 'cdktf-database-endpoint';
import { useFrontedLab } from './fixtures/fronted-lab';
import { createSite, type Site } from './fixtures/site';
import { describeWithTools, synthesize, type Workspace } from './harness';

const STAYS = '203.0.113.7/32';
const GOES = '198.51.100.0/24';

interface Version {
  /** None: no endpoint has `sessions`. */
  readonly epoch?: number;
  readonly clients?: readonly string[];
}

function endpoints(stack: TerraformStack, { vpcId, subnetIds }: Site, { epoch, clients = [STAYS, GOES] }: Version) {
  const network = { vpcId, subnetIds: [...subnetIds] };
  const common = {
    engine: DatabaseEngine.POSTGRESQL,
    allow: clients.map((block) => AllowedSource.cidr(block)),
    sessions: epoch === undefined ? undefined : { epoch },
  };
  new DatabaseEndpoint(stack, 'Orders', {
    ...network,
    ...common,
    target: DatabaseTarget.ipAddresses(['10.20.0.5', '10.20.1.5']),
  });
  const partners = new EndpointLoadBalancer(stack, 'Partners', network);
  partners.addEndpoint('Billing', { ...common, target: DatabaseTarget.ipAddresses(['10.20.0.6']) });
  partners.addEndpoint('Other', {
    engine: DatabaseEngine.MYSQL,
    allow: [AllowedSource.cidr(STAYS)],
    target: DatabaseTarget.ipAddresses(['10.20.0.7']),
  });
}

// The steps build on each other: the provider waits a minute for the load balancers.
describeWithTools(['terraform', 'provider', 'emulator'], 'open connections of endpoints', () => {
  const { lab, front } = useFrontedLab();
  let site: Site;
  let workspace: Workspace;
  const stack = (version: Version = {}) => synthesize('Sessions', (each) => endpoints(each, site, version));
  /** Plans, applies, and finds nothing left to do. */
  const change = async (version: Version) => {
    workspace.configure(stack(version));
    const plan = await workspace.plan();
    const before = front().calls.length;
    await workspace.applyPlan(plan);
    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
    const calls = front().calls.slice(before);
    return { actions: plan.actions, calls };
  };
  const refusalOf = async (version: Version) => {
    workspace.configure(stack(version));
    const failure = await workspace.plan().then(
      () => 'none',
      (error: Error) => error.message.replace(/[\s│╷╵]+/g, ' '),
    );
    return failure;
  };

  beforeAll(async () => {
    site = await createSite(lab().emulator);
    workspace = lab().workspace(stack());
    await workspace.apply();
  });

  it('spike', async () => {
    console.log(await refusalOf({ epoch: 2 }));
    const on = await change({ epoch: 1 });
    console.log(on.actions);
    const two = await change({ epoch: 2, clients: [STAYS] });
    console.log(two.actions, two.calls.map(({ action, about }) => `${action} ${about.slice(0, 300)}`));
    console.log(await refusalOf({ epoch: 4 }));
    console.log(await refusalOf({ epoch: 1 }));
    console.log((await change({ epoch: 3 })).actions);
    console.log((await change({ epoch: 4 })).actions);
  });
});
