import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { ClientGuide } from '../../../lib';
import { LoopbackDns } from '../../lambda/target-sync/loopback-dns';
import { importCertificate } from '../data-plane/acm';
import { DataPlane } from '../data-plane/data-plane';
import { createVpc, type Lab, scratchFolder, synthesize, type Workspace } from '../harness';
import { GuardedProcess } from '../harness/guarded-process';
import { type Allowlists, buildFleet, ENDED, type Ground, KEPT, PLACES, TERMINATING } from './endpoints';
import { Host } from './host';
import { certificateFor, LOOKER, MANAGED_NAME, NEPTUNE_NAME, nameOf, OWN_CA, PUBLIC_CA, RDS_CA } from './names';
import { startEcho, startNeptuneStandIn, startSftp } from './servers/others';
import { removeFolders } from './servers/serve';
import { startMariadb, startPostgresql } from './servers/sql';
import { startClickhouse, startInfluxdb, startMemcached, startRabbitmq, startRedis } from './servers/stores';

const DNS = '198.51.100.53';

/** A fleet that Terraform has applied, with databases behind it, and the internet in front of it. */
export interface Stage {
  readonly lab: Lab;
  readonly workspace: Workspace;
  readonly plane: DataPlane;
  readonly dns: LoopbackDns;
  readonly guides: Readonly<Record<string, ClientGuide>>;
  /** The client that every endpoint admits. */
  readonly looker: Host;
  /** Where each endpoint is reached, by its id. */
  readonly doors: Readonly<Record<string, Door>>;
  readonly sftpUser: string;
  /** Applies the fleet with other allowlists, and ends open connections where the epoch is another one. */
  readonly edit: (allowlists: Allowlists, epoch?: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface Door {
  /** One in each zone. */
  readonly addresses: readonly string[];
  readonly port: number;
  readonly listenerArn: string;
  readonly targetGroupArn: string;
}

export async function setStage(lab: Lab, allowlists: Allowlists): Promise<Stage> {
  const keys = new Map<string, string>();
  const ground = await layGround(lab, keys);
  let guides: Record<string, ClientGuide> = {};
  let counted = 1;
  const fleet = (lists: Allowlists) =>
    synthesize('fleet', (stack) => {
      guides = buildFleet(stack, ground, lists, counted);
    });
  const workspace = lab.workspace(fleet(allowlists));
  const dns = await LoopbackDns.start({ host: DNS, port: 53 });
  const [{ hostKey, userKey, user }] = await Promise.all([startDatabases(), workspace.apply()]);

  const addresses = new Addresses();
  const plane = await DataPlane.start({
    read: DataPlane.reading(lab.emulator),
    addressOf: ({ arn }, _, index) => addresses.of(`${arn} ${index}`),
    keys,
  });
  const doors: Record<string, Door> = {};
  for (const { id, loadBalancer, listener } of await endpointsOf(workspace, plane)) {
    const { arn, dnsName, nodes } = loadBalancer;
    const own = nodes.map((_, index) => addresses.of(`${arn} ${index}`));
    dns.set(dnsName, { addresses: own });
    dns.set(nameOf(id), { alias: dnsName, addresses: own });
    const { port, arn: listenerArn, targetGroups } = listener;
    doors[id] = { addresses: own, port, listenerArn, targetGroupArn: targetGroups[0].arn };
  }

  trustPublicCa();
  const home = scratchFolder('looker');
  writeFileSync(`${home}/ca.pem`, OWN_CA.certificate);
  const rdsBundle = guides['aurora-postgresql-passthrough'].certificateAuthority.file;
  writeFileSync(`${home}/${rdsBundle}`, RDS_CA.certificate);
  writeFileSync(`${home}/key`, userKey, { mode: 0o600 });
  writeFileSync('/etc/ssh/ssh_config', `IdentityFile ${home}/key\n`);
  writeFileSync('/etc/ssh/ssh_known_hosts', `${nameOf('sftp-passthrough')} ${hostKey}\n`);

  return {
    lab,
    workspace,
    plane,
    dns,
    guides,
    looker: new Host(LOOKER, home),
    doors,
    sftpUser: user,
    edit: async (lists, epoch = counted) => {
      counted = epoch;
      workspace.configure(fleet(lists));
      await workspace.apply();
    },
    stop: async () => {
      await plane.stop();
      await dns.stop();
      await GuardedProcess.killAll();
      removeFolders();
    },
  };
}

/** The load balancer and the listener of each endpoint, as Terraform's state knows them. */
export async function endpointsOf(workspace: Workspace, { loadBalancers }: DataPlane) {
  return Object.entries(await workspace.resources()).flatMap(([address, { arn }]) => {
    const [, id] = /^aws_lb_listener\.(?:shared_)?([\w-]+)_Listener/.exec(address) ?? [];
    if (!id) return [];
    return loadBalancers.flatMap((loadBalancer) =>
      loadBalancer.listeners.filter((each) => each.arn === arn).map((listener) => ({ id, loadBalancer, listener })),
    );
  });
}

async function layGround({ emulator }: Lab, keys: Map<string, string>): Promise<Ground> {
  const { vpcId, subnetIds } = await createVpc(emulator);
  const group = { GroupName: 'database', GroupDescription: 'A database', VpcId: vpcId };
  const databaseGroupId = (await emulator.call('ec2', 'CreateSecurityGroup', group)).first('groupId');
  await emulator.call('ec2', 'CreateNetworkInterface', {
    SubnetId: subnetIds[0],
    PrivateIpAddress: PLACES.postgresql.address,
    'SecurityGroupId.1': databaseGroupId,
  });
  const certificateArns = TERMINATING.map(async ({ id }) => {
    const identity = certificateFor(nameOf(id), PUBLIC_CA);
    const arn = await importCertificate(emulator, identity);
    keys.set(arn, identity.key);
    return [id, arn];
  });
  return {
    vpcId,
    subnetIds: subnetIds.slice(0, 2),
    databaseGroupId,
    certificateArns: Object.fromEntries(await Promise.all(certificateArns)),
  };
}

async function startDatabases() {
  const own = (id: string) => certificateFor(nameOf(id), OWN_CA);
  const [sftp] = await Promise.all([
    startSftp(PLACES.sftp),
    startPostgresql(
      PLACES.postgresql,
      certificateFor(
        nameOf('postgresql-passthrough'),
        OWN_CA,
        ...['load', 'postgresql-shared', ENDED, KEPT].map(nameOf),
      ),
    ),
    startPostgresql(PLACES.managed, certificateFor(MANAGED_NAME, RDS_CA)),
    startPostgresql(PLACES.first, own('failover')),
    startPostgresql(PLACES.second, own('failover')),
    startMariadb(PLACES.mariadb, certificateFor(nameOf('mariadb-passthrough'), OWN_CA, nameOf('mariadb-shared'))),
    startRedis(PLACES.redis, own('redis-passthrough')),
    startRedis(PLACES.plainRedis),
    startMemcached(PLACES.memcached, own('memcached-passthrough')),
    startInfluxdb(PLACES.influxdb, own('influxdb-passthrough')),
    startRabbitmq(PLACES.rabbitmq, own('rabbitmq-passthrough')),
    startClickhouse(PLACES.clickhouse, own('clickhouse-http-passthrough')),
    startNeptuneStandIn(PLACES.neptune, certificateFor(NEPTUNE_NAME, PUBLIC_CA)),
    startEcho(PLACES.echo),
  ]);
  return sftp;
}

/** What /etc/ssl/certs holds, in the mount namespace of the run. */
function trustPublicCa(): void {
  const folder = '/etc/ssl/certs';
  writeFileSync(`${folder}/ca-certificates.crt`, PUBLIC_CA.certificate);
  writeFileSync(`${folder}/public-ca.pem`, PUBLIC_CA.certificate);
  execFileSync('openssl', ['rehash', folder], { stdio: 'ignore' });
}

/** Public addresses, as they come. */
class Addresses {
  private readonly known = new Map<string, string>();
  private next = 60;

  public of(key: string): string {
    const known = this.known.get(key) ?? `198.51.100.${this.next++}`;
    this.known.set(key, known);
    return known;
  }
}
