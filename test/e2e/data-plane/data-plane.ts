import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type Server as TlsServer, connect as tlsConnect } from 'node:tls';
import type { Emulator } from '../harness';
import { admits, peerAt, reachableTargets } from './admission';
import { Flow } from './flow';
import type { Listener, LoadBalancer, Network, Node, Target, WeightedTargetGroup } from './network';
import { readNetwork } from './read-network';
import { tlsPolicy } from './tls-policies';
import { NotUnderstood } from './understood';

export interface DataPlaneOptions {
  readonly read: () => Promise<Network>;
  /** The address of a node that clients connect to. */
  readonly addressOf: (loadBalancer: LoadBalancer, node: Node, index: number) => string;
  /** Private keys by the ARN of their certificate: ACM does not give them away. */
  readonly keys?: ReadonlyMap<string, string>;
  /** Where a target is, if not at its own address. */
  readonly locate?: (target: Target) => { readonly host: string; readonly port: number };
  /** How long a second of AWS takes here. @default 1000 */
  readonly secondMs?: number;
}

/** What became of a connection. */
export interface Decision {
  readonly listenerArn: string;
  readonly source: string;
  readonly at: number;
  /** The address that it was sent to, or why it was not. */
  readonly outcome: string;
}

/** How long a client may take to send its part of a TLS handshake. */
const HANDSHAKE_MS = 60_000;

/** Moves bytes as the network load balancers would that the API describes. */
export class DataPlane {
  public readonly decisions: Decision[] = [];
  private readonly doors = new Map<string, Door>();
  private network!: Network;
  private watching?: NodeJS.Timeout;
  private isStopped = false;

  private constructor(private readonly options: DataPlaneOptions) {}

  /** Opens every listener of every load balancer; refuses to where anything about them is not understood. */
  public static async start(options: DataPlaneOptions): Promise<DataPlane> {
    const plane = new DataPlane(options);
    await plane.refresh();
    return plane;
  }

  public static reading(emulator: Emulator): () => Promise<Network> {
    return () => readNetwork(emulator);
  }

  public get loadBalancers(): readonly LoadBalancer[] {
    return this.network.loadBalancers;
  }

  /** Open connections, of one listener or of all. */
  public flows(listenerArn?: string): readonly Flow[] {
    return [...this.doors.values()]
      .filter(({ place }) => listenerArn === undefined || place.listener.arn === listenerArn)
      .flatMap(({ flows }) => [...flows]);
  }

  /** Reads the API anew and behaves accordingly from then on. */
  public async refresh(): Promise<void> {
    const network = await this.options.read();
    if (this.isStopped) return;
    this.network = network;
    const places = network.loadBalancers.flatMap((loadBalancer) =>
      loadBalancer.nodes.flatMap((node, index) =>
        loadBalancer.listeners.map((listener): Place => {
          const address = this.options.addressOf(loadBalancer, node, index);
          return { loadBalancer, node, listener, address };
        }),
      ),
    );
    const keys = new Set(places.map(keyOf));
    for (const [key, door] of this.doors) if (!keys.has(key)) await this.close(key, door);
    await Promise.all(places.map((place) => this.open(place)));
    for (const door of this.doors.values()) for (const flow of door.flows) follow(flow, door.place, this.secondMs);
  }

  /** Keeps reading the API until it is told otherwise; what goes wrong then goes wrong when it stops. */
  public watch(intervalMs: number): () => Promise<void> {
    let failure: unknown;
    let turn: Promise<void> = Promise.resolve();
    const next = () => {
      turn = this.refresh().catch((error) => {
        failure ??= error;
      });
      turn.then(() => {
        if (!failure && this.watching) this.watching = setTimeout(next, intervalMs);
      });
    };
    this.watching = setTimeout(next, 0);
    return async () => {
      clearTimeout(this.watching);
      this.watching = undefined;
      await turn;
      if (failure) throw failure;
    };
  }

  public async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.watching);
    await Promise.all([...this.doors].map(([key, door]) => this.close(key, door)));
  }

  private get secondMs(): number {
    return this.options.secondMs ?? 1000;
  }

  private async open(place: Place): Promise<void> {
    const key = keyOf(place);
    const known = this.doors.get(key);
    if (known) {
      const arns = place.listener.targetGroups.map(({ arn }) => arn);
      if ([...known.flows].some(({ target }) => !arns.includes(target.groupArn))) {
        throw new NotUnderstood('a listener that leaves a target group with open connections');
      }
      known.place = place;
      return;
    }
    const door: Door = { place, flows: new Set(), server: createServer({ pauseOnConnect: true, allowHalfOpen: true }) };
    const terminator = place.listener.tls && this.terminator(place.listener, door);
    door.server.on('connection', (socket) => this.enter(door, socket, terminator));
    this.doors.set(key, door);
    await new Promise<void>((resolve, reject) => {
      door.server.once('error', reject).listen(place.listener.port, place.address, 4096, resolve);
    });
  }

  private terminator({ tls }: Listener, door: Door): TlsServer {
    if (!tls) throw new Error('no TLS');
    const key = this.options.keys?.get(tls.certificateArn);
    if (!key) throw new NotUnderstood(`the certificate ${tls.certificateArn}, whose key nobody has given it`);
    if (!new X509Certificate(tls.certificate).checkPrivateKey(createPrivateKey(key))) {
      throw new Error(`the key given for ${tls.certificateArn} belongs to another certificate`);
    }
    const server = createTlsServer({
      ...tlsPolicy(tls.policy),
      cert: tls.certificate,
      key,
      handshakeTimeout: HANDSHAKE_MS,
      allowHalfOpen: true,
    });
    server.on('secureConnection', (socket) => this.join(door, socket));
    server.on('tlsClientError', (_, socket) => socket.destroy());
    return server;
  }

  /** On AWS nothing answers a client that is not admitted, and it waits in vain; here it is told, to save time. */
  private enter(door: Door, socket: Socket, terminator?: TlsServer): void {
    const { loadBalancer, listener } = door.place;
    socket.on('error', () => undefined);
    const peer = peerAt(this.network, socket.remoteAddress ?? '');
    if (!admits(this.network, loadBalancer.securityGroupIds, 'ingress', peer, listener.port)) {
      this.decide(door, peer.address, 'not admitted');
      socket.resetAndDestroy();
      return;
    }
    if (terminator) terminator.emit('connection', socket);
    else this.join(door, socket);
    socket.resume();
  }

  private join(door: Door, client: Socket): void {
    const { loadBalancer, node, listener } = door.place;
    const source = client.remoteAddress ?? '';
    client.on('error', () => undefined);
    const ends = `${source} ${client.remotePort} ${door.place.address} ${listener.port}`;
    const targetGroup = pickGroup(listener.targetGroups, ends);
    const target = targetGroup && pick(reachableTargets(this.network, loadBalancer, node, targetGroup), ends);
    if (!target) {
      this.decide(door, source, 'no target');
      client.destroy();
      return;
    }
    this.decide(door, source, target.address);
    const place = this.options.locate?.(target) ?? {
      host: target.address,
      port: target.port,
      localAddress: node.privateAddress,
    };
    const connection = connect({ ...place, allowHalfOpen: true });
    // As on AWS, nothing about the certificate of a target is verified.
    const server = targetGroup.isTls ? tlsConnect({ socket: connection, rejectUnauthorized: false }) : connection;
    const at = { groupArn: targetGroup.arn, address: target.address, port: target.port };
    const flow = new Flow(source, at, client, server, listener.idleTimeoutSeconds * this.secondMs, (each) =>
      door.flows.delete(each),
    );
    door.flows.add(flow);
  }

  private decide({ place }: Door, source: string, outcome: string): void {
    this.decisions.push({ listenerArn: place.listener.arn, source, at: Date.now(), outcome });
  }

  private async close(key: string, { server, flows }: Door): Promise<void> {
    this.doors.delete(key);
    for (const flow of flows) flow.reset();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** Where a listener is reached. */
interface Place {
  readonly loadBalancer: LoadBalancer;
  readonly node: Node;
  readonly listener: Listener;
  readonly address: string;
}

/** A listener that is open at one node. */
interface Door {
  place: Place;
  readonly server: Server;
  readonly flows: Set<Flow>;
}

function keyOf({ listener, address }: Place): string {
  const { arn, port, tls } = listener;
  return [arn, address, port, tls?.certificateArn, tls?.policy].join(' ');
}

/** Does to an open connection what the state of its target calls for, in the group that it was sent to. */
function follow(flow: Flow, { listener: { targetGroups } }: Place, secondMs: number): void {
  const { address, port, groupArn } = flow.target;
  const targetGroup = targetGroups.find(({ arn }) => arn === groupArn);
  if (targetGroup === undefined) throw new NotUnderstood(`a connection to ${groupArn}, which no listener forwards to`);
  const target = targetGroup.targets.find((each) => each.address === address && each.port === port);
  const { deregistrationDelaySeconds, endsConnectionsOnDeregistration, endsConnectionsOfUnhealthy } = targetGroup;
  if (target === undefined || target.state === 'draining') {
    if (endsConnectionsOnDeregistration) flow.endAfter(deregistrationDelaySeconds * secondMs);
  } else if (target.state === 'unhealthy' || target.state === 'unhealthy.draining') {
    if (endsConnectionsOfUnhealthy) flow.reset();
  } else {
    flow.keep();
  }
}

/** A group for a new connection, by weight; one without weight gets none. */
function pickGroup(groups: readonly WeightedTargetGroup[], ends: string): WeightedTargetGroup | undefined {
  const total = groups.reduce((sum, { weight }) => sum + weight, 0);
  let left = createHash('sha256').update(`group ${ends}`).digest().readUInt32BE() % Math.max(total, 1);
  return groups.find(({ weight }) => {
    left -= weight;
    return weight > 0 && left < 0;
  });
}

/** The same target for all packets of a connection, and another one for the next: a hash over both ends. */
function pick(targets: readonly Target[], flow: string): Target | undefined {
  const hash = createHash('sha256').update(flow).digest().readUInt32BE();
  return targets[hash % Math.max(targets.length, 1)];
}
