import type { AddressInfo } from 'node:net';
import { createTCPServer, createUDPServer, type DnsHandler, Packet } from 'dns2';

/** What the server does with questions about a name. */
export type Zone =
  | { readonly addresses: readonly string[]; readonly ttl?: number }
  /** Names one address in each answer, the next one each time. */
  | { readonly rotation: readonly string[]; readonly ttl?: number }
  | { readonly alias: string; readonly addresses: readonly string[]; readonly ttl?: number }
  | { readonly rcode: 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED' }
  | 'empty'
  | 'silent';

const RCODES = { SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 };

/** A DNS server on a loopback port, over UDP and TCP, whose names the test writes and rewrites. */
export class LoopbackDns {
  public questions = 0;
  private readonly zones = new Map<string, Zone>();
  private readonly cached = new Map<string, { readonly zone: Zone; readonly until: number }>();
  private readonly udp;
  private readonly tcp;

  private constructor(
    private readonly isCaching: boolean,
    private readonly host: string,
  ) {
    const handle: DnsHandler = (request, send) => {
      const answer = this.answer(request);
      if (answer) void send(answer);
    };
    this.udp = createUDPServer(handle);
    this.tcp = createTCPServer(handle);
  }

  /** With `isCaching` it behaves as the resolver of a VPC: it repeats an answer for its TTL, with what is left of it. */
  public static async start({ isCaching = false, host = '127.0.0.1', port = 0 } = {}): Promise<LoopbackDns> {
    const dns = new LoopbackDns(isCaching, host);
    // The system picks a port that is free for TCP; that it is taken for UDP is rare, and fails the test at once.
    await new Promise<void>((resolve) => dns.tcp.listen(port, host, resolve));
    await dns.udp.listen(dns.port, host);
    return dns;
  }

  public get address(): string {
    return `${this.host}:${this.port}`;
  }

  private get port(): number {
    return (this.tcp.address() as AddressInfo).port;
  }

  public set(name: string, zone: Zone): void {
    this.zones.set(name, zone);
  }

  public async stop(): Promise<void> {
    await Promise.all(
      [this.udp, this.tcp].map((server) => new Promise<void>((resolve) => server.close(() => resolve()))),
    );
  }

  private answer(request: Packet): Packet | undefined {
    this.questions++;
    const [question] = request.questions;
    const { zone, ttl } = this.lookUp(question.name);
    if (zone === 'silent') return undefined;
    const response = Packet.createResponseFromRequest(request);
    response.header.ra = 1;
    if (zone === 'empty') return response;
    if ('rcode' in zone) {
      response.header.rcode = RCODES[zone.rcode];
      return response;
    }
    const owner = 'alias' in zone ? zone.alias : question.name;
    if ('alias' in zone) {
      response.answers.push(record({ name: question.name, type: Packet.TYPE.CNAME, ttl: 300, domain: owner }));
    }
    const addresses = 'rotation' in zone ? [zone.rotation[this.questions % zone.rotation.length]] : zone.addresses;
    const isWanted = (address: string) => address.includes(':') === (question.type === Packet.TYPE.AAAA);
    for (const address of addresses.filter(isWanted)) {
      response.answers.push(record({ name: owner, type: question.type, ttl, address }));
    }
    return response;
  }

  private lookUp(name: string): { zone: Zone; ttl: number } {
    const fresh = this.zones.get(name) ?? { rcode: 'NXDOMAIN' };
    const ttl = typeof fresh === 'object' && 'ttl' in fresh ? (fresh.ttl ?? 0) : 0;
    if (!this.isCaching || ttl === 0) return { zone: fresh, ttl };
    const cached = this.cached.get(name);
    if (cached && cached.until > Date.now()) {
      return { zone: cached.zone, ttl: Math.ceil((cached.until - Date.now()) / 1000) };
    }
    this.cached.set(name, { zone: fresh, until: Date.now() + ttl * 1000 });
    return { zone: fresh, ttl };
  }
}

function record(fields: Partial<Packet.Resource>): Packet.Resource {
  return Packet.createResourceFromQuestion({ name: '', type: 0, class: Packet.CLASS.IN } as Packet.Question, fields);
}
