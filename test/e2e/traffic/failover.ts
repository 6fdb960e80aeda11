import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundleTargetSync } from '../../../lambda/target-sync/bundle';
import type { EndpointConfiguration } from '../../../lib/target-sync/contract';
import { PATIENCE_MS } from '../../support/patience';
import { Sandbox } from '../fixtures/functions/sandbox';
import { scratchFolder } from '../harness';
import { PLACES } from './endpoints';
import { PASSWORD, USER } from './servers/sql';
import type { Stage } from './stage';

const WRITER = 'orders.cluster-abc123.us-east-1.rds.amazonaws.com';
const SCHEDULE = { source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} };
const [OLD, NEW] = [PLACES.first.address, PLACES.second.address];

/** One try of a client that reconnects in a loop. */
interface Try {
  readonly at: number;
  readonly answer: string;
}

/** Two databases of one name; the first one keeps answering after it has lost the name, as a demoted writer does. */
export function failoverScenario(stage: () => Stage): void {
  it('a client that reconnects reaches the new writer, and the old one not once after it is gone from the group', async () => {
    const { dns, plane, looker, doors } = stage();
    const { listenerArn } = doors['failover'];
    const function_ = await startTargetSync(stage());
    dns.set(WRITER, { addresses: [OLD], ttl: 1 });
    expect(await function_.invoke({ source: 'terraform' })).toHaveProperty('result');
    await plane.refresh();
    const unwatch = plane.watch(100);

    const loop = looker.start(`while :; do ${probe(stage(), 'SELECT inet_server_addr()')}; done`);
    const session = looker.start(probe(stage(), 'SELECT pg_sleep(100)'));
    await loop.waitFor(new RegExp(OLD.replaceAll('.', '\\.')));
    await until(() => plane.flows(listenerArn).length > 0);

    const running = function_.invoke(SCHEDULE);
    await until(() => dns.questions > 0);
    const switched = Date.now();
    dns.set(WRITER, { addresses: [NEW], ttl: 1 });
    await until(async () => (await registered(stage())).join() === NEW);
    await plane.refresh();
    const gone = Date.now();

    await until(() => triesOf(loop.stdout).filter(({ at, answer }) => at > gone && answer === NEW).length > 20);
    await session.ended;
    await unwatch();
    await loop.kill();
    expect(await running).toHaveProperty('result');

    const late = triesOf(loop.stdout).filter(({ at }) => at > gone);
    expect(late.filter(({ answer }) => answer !== NEW)).toEqual([]);
    const decisions = plane.decisions.filter((each) => each.listenerArn === listenerArn && each.at > gone);
    expect(new Set(decisions.map(({ outcome }) => outcome))).toEqual(new Set([NEW]));
    // The session on the old writer was cut, with the delay that the group has.
    expect(session.stdout).toMatch(/closed the connection|reset|terminat/i);
    report(triesOf(loop.stdout), switched, gone);
  });
}

function probe({ guides }: Stage, query: string): string {
  const command = guides['failover'].clients[0].command.replace('USER', USER).replace('DATABASE', 'postgres');
  return `echo "$(date +%s%3N) $(PGPASSWORD=${PASSWORD} ${command} -Atc '${query}' 2>&1 | tr '\\n' ' ')"`;
}

function triesOf(output: string): readonly Try[] {
  return output
    .split('\n')
    .slice(0, -1)
    .map((line) => ({ at: Number(line.split(' ')[0]), answer: line.split(' ').slice(1).join(' ').trim() }));
}

async function startTargetSync({ lab, dns, doors }: Stage): Promise<Sandbox> {
  const bundle = join(scratchFolder('target-sync'), 'index.js');
  await bundleTargetSync(bundle);
  const endpoint: EndpointConfiguration = {
    name: 'fleet/failover',
    targetGroupArn: doors['failover'].targetGroupArn,
    port: 5432,
    names: [{ hostname: WRITER, identifier: 'orders' }],
    role: 'writer',
    family: 4,
    vpcCidrs: ['10.20.0.0/16'],
    quota: 500,
    dnsServers: [dns.address],
  };
  return Sandbox.start(bundle, {
    AWS_ENDPOINT_URL: lab.emulator.url,
    TARGET_SYNC_ENDPOINTS: gzipSync(JSON.stringify([endpoint])).toString('base64'),
    TARGET_SYNC_RUN_SECONDS: '15',
    TARGET_SYNC_INTERVAL_SECONDS: '1',
  });
}

async function registered({ lab, doors }: Stage): Promise<string[]> {
  const parameters = { TargetGroupArn: doors['failover'].targetGroupArn };
  return (await lab.emulator.call('elasticloadbalancing', 'DescribeTargetHealth', parameters)).all('Id');
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const start = Date.now(); !(await holds()); ) {
    if (Date.now() - start > PATIENCE_MS) throw new Error('it never came to that');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Figures for the reader; they depend on the machine, so nothing is asserted about them. */
function report(tries: readonly Try[], switched: number, gone: number): void {
  const answered = tries.filter(({ answer }) => answer === OLD || answer === NEW);
  const gaps = answered.slice(1).map(({ at }, i) => at - answered[i].at);
  const lastOld = Math.max(...answered.filter(({ answer }) => answer === OLD).map(({ at }) => at));
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  process.stderr.write(
    `failover: old writer out of the group ${seconds(gone - switched)} after the change in DNS, ` +
      `last connection to it after ${seconds(lastOld - switched)}; ${tries.length} connections, ` +
      `${tries.length - answered.length} failed, longest time without one ${seconds(Math.max(...gaps))}\n`,
  );
}
