import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundleTargetSync } from '../../../lambda/target-sync/bundle';
import type { EndpointConfiguration } from '../../../lib/target-sync/contract';
import { LoopbackDns, type Zone } from '../../lambda/target-sync/loopback-dns';
import { Sandbox } from '../fixtures/functions/sandbox';
import { Emulator } from '../harness/emulator';
import { GuardedProcess } from '../harness/guarded-process';
import { scratchFolder } from '../harness/scratch';
import { ElbFront } from './elb-front';

export interface StageOptions {
  /** Whether DNS repeats an answer for its TTL, as the resolver of a VPC does. */
  readonly isCaching?: boolean;
}

/** What EventBridge and Terraform invoke the function with. */
export const SCHEDULE = { source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} };
export const FAILOVER = { source: 'aws.rds', detail: { SourceIdentifier: 'none', EventID: 'RDS-EVENT-0049' } };
export const APPLY = { source: 'terraform' };

/** What DNS answers while a database is at one address. */
export function at(address: string, ttl = 1): Zone {
  return { addresses: [address], ttl };
}

export function seconds(count: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, count * 1000));
}

/** Starts a stage before the tests of the present `describe`, without faults before each of them, and stops it after all. */
export function useStage(options?: StageOptions): () => Stage {
  let stage: Stage | undefined;
  const running = (): Stage => {
    if (!stage) throw new Error('The stage runs only inside of tests and hooks');
    return stage;
  };
  beforeAll(async () => {
    stage = await Stage.start(options);
  });
  afterAll(() => stage?.stop());
  beforeEach(() => {
    running().elb.fault = () => undefined;
  });
  return running;
}

/** The emulator with faults in front of it, a DNS server, and the bundled function. */
export class Stage {
  private readonly vpcs = new Map<string, string>();
  private count = 0;

  private constructor(
    public readonly emulator: Emulator,
    public readonly elb: ElbFront,
    public readonly dns: LoopbackDns,
    private readonly bundle: string,
  ) {}

  public static async start({ isCaching }: StageOptions = {}): Promise<Stage> {
    const bundle = join(scratchFolder('target-sync'), 'index.js');
    const [emulator, dns] = await Promise.all([
      Emulator.start(),
      LoopbackDns.start({ isCaching }),
      bundleTargetSync(bundle),
    ]);
    return new Stage(emulator, await ElbFront.start(emulator.url), dns, bundle);
  }

  /** Creates an empty target group, and a name for its database. */
  public async endpoint(zone: Zone, changes: Partial<EndpointConfiguration> = {}): Promise<EndpointConfiguration> {
    const name = `db-${++this.count}`;
    const hostname = `${name}.example.internal`;
    this.dns.set(hostname, zone);
    const targetGroupArn = await this.createTargetGroup(name, changes.family ?? 4);
    return {
      name,
      targetGroupArn,
      port: 5432,
      names: [{ hostname, identifier: name }],
      role: 'writer',
      family: 4,
      vpcCidrs: ['10.0.0.0/16'],
      quota: 500,
      graceSeconds: 3,
      dnsServers: [this.dns.address],
      ...changes,
    };
  }

  /** The same with targets in the group, as an earlier run has left them. */
  public async running(
    zone: Zone,
    targets: readonly string[],
    changes: Partial<EndpointConfiguration> = {},
  ): Promise<EndpointConfiguration> {
    const endpoint = await this.endpoint(zone, changes);
    await this.register(endpoint, targets);
    return endpoint;
  }

  public async register({ targetGroupArn, port }: EndpointConfiguration, addresses: readonly string[]): Promise<void> {
    const targets = addresses.flatMap((address, i) => [
      [`Targets.member.${i + 1}.Id`, address],
      [`Targets.member.${i + 1}.Port`, `${port}`],
    ]);
    const body = new URLSearchParams({
      Action: 'RegisterTargets',
      Version: '2015-12-01',
      TargetGroupArn: targetGroupArn,
      ...Object.fromEntries(targets),
    });
    await fetch(this.elb.url, { method: 'POST', body, headers: { authorization: SIGNATURE } });
  }

  /** Starts a process of the function that follows these endpoints. */
  public async sandbox(
    endpoints: readonly EndpointConfiguration[],
    { runSeconds = 6, intervalSeconds = 0.2 } = {},
  ): Promise<Sandbox> {
    return Sandbox.start(this.bundle, {
      AWS_ENDPOINT_URL: this.elb.url,
      TARGET_SYNC_ENDPOINTS: gzipSync(JSON.stringify(endpoints)).toString('base64'),
      TARGET_SYNC_RUN_SECONDS: `${runSeconds}`,
      TARGET_SYNC_INTERVAL_SECONDS: `${intervalSeconds}`,
    });
  }

  /** What the emulator has, which must be what the front believes. */
  public async registered({ targetGroupArn }: EndpointConfiguration): Promise<string[]> {
    const answer = await this.emulator.call('elasticloadbalancing', 'DescribeTargetHealth', {
      TargetGroupArn: targetGroupArn,
    });
    const addresses = answer.all('Id').sort();
    expect(addresses).toEqual(this.elb.live(targetGroupArn));
    return addresses;
  }

  public async stop(): Promise<void> {
    await GuardedProcess.killAll();
    await Promise.all([this.elb.stop(), this.dns.stop()]);
  }

  private async createTargetGroup(name: string, family: 4 | 6): Promise<string> {
    const vpc =
      this.vpcs.get('') ?? (await this.emulator.call('ec2', 'CreateVpc', { CidrBlock: '10.0.0.0/16' })).first('vpcId');
    this.vpcs.set('', vpc);
    const answer = await this.emulator.call('elasticloadbalancing', 'CreateTargetGroup', {
      Name: name,
      Protocol: 'TCP',
      Port: '5432',
      VpcId: vpc,
      TargetType: 'ip',
      ...(family === 6 ? { IpAddressType: 'ipv6' } : {}),
    });
    return answer.first('TargetGroupArn');
  }
}

const SIGNATURE =
  'AWS4-HMAC-SHA256 Credential=test/20250101/us-east-1/elasticloadbalancing/aws4_request, SignedHeaders=host, Signature=none';
