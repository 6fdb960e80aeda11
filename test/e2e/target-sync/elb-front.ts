import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to a call instead of, or after, its being passed on. */
export type Fault =
  | 'throttled'
  | 'broken'
  | 'denied'
  | 'reset'
  | 'reset after it was done'
  | 'hangs'
  | 'hangs after it was done';

export interface ElbCall {
  readonly action: string;
  readonly arn: string;
  /** The how many-th call about this target group it is, from 0. */
  readonly nth: number;
  readonly addresses: readonly string[];
  readonly zones: readonly string[];
  readonly at: number;
}

interface Registered {
  readonly id: string;
  readonly port: string;
  readonly zone: string;
  readonly at: number;
  leftAt?: number;
}

const HEALTHY_AFTER_MS = 1500;
const DRAINING_MS = 3000;

/**
 * Stands between the function and the emulator: lets calls fail as a test asks for, and adds what the emulator does
 * not model: targets are `initial` at first, and `draining` for a while when they are deregistered.
 */
export class ElbFront {
  public readonly calls: ElbCall[] = [];
  public fault: (call: ElbCall) => Fault | undefined = () => undefined;
  private readonly targets = new Map<string, Registered[]>();
  private readonly server: Server;

  private constructor(private readonly emulator: string) {
    this.server = createServer((request, response) => {
      this.handle(request, response).catch(() => response.destroy());
    });
  }

  public static async start(emulator: string): Promise<ElbFront> {
    const front = new ElbFront(emulator);
    await new Promise<void>((resolve) => front.server.listen(0, '127.0.0.1', resolve));
    return front;
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The addresses that the load balancer sends connections to. */
  public live(arn: string): string[] {
    return (this.targets.get(arn) ?? [])
      .filter(({ leftAt }) => leftAt === undefined)
      .map(({ id }) => id)
      .sort();
  }

  public callsAbout(arn: string): string[] {
    return this.calls.filter((call) => call.arn === arn).map(({ action }) => action);
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += chunk;
    const call = this.record(new URLSearchParams(body));
    const fault = this.fault(call);
    if (fault === 'reset') return void response.destroy();
    if (fault === 'hangs') return;
    if (fault === 'throttled') return fail(response, 400, 'Throttling');
    if (fault === 'denied') return fail(response, 403, 'AccessDenied');
    if (fault === 'broken') return fail(response, 500, 'InternalFailure');
    const headers = {
      authorization: request.headers.authorization ?? '',
      'content-type': request.headers['content-type'] ?? '',
    };
    const answer = await fetch(this.emulator, { method: 'POST', headers, body });
    const text = await answer.text();
    if (answer.ok) this.follow(call, new URLSearchParams(body));
    if (fault === 'reset after it was done') return void response.destroy();
    if (fault === 'hangs after it was done') return;
    const described = call.action === 'DescribeTargetHealth' && answer.ok;
    response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(described ? this.describe(call.arn) : text);
  }

  private record(parameters: URLSearchParams): ElbCall {
    const arn = parameters.get('TargetGroupArn') ?? '';
    const nth = this.calls.filter((call) => call.arn === arn).length;
    const all = (field: string) => [...parameters].filter(([name]) => name.endsWith(field)).map(([, value]) => value);
    const [addresses, zones] = [all('.Id'), all('.AvailabilityZone')];
    const call = { action: parameters.get('Action') ?? '', arn, nth, addresses, zones, at: Date.now() };
    this.calls.push(call);
    return call;
  }

  private follow({ action, arn, addresses }: ElbCall, parameters: URLSearchParams): void {
    const targets = this.targets.get(arn) ?? [];
    this.targets.set(arn, targets);
    for (const [i, id] of addresses.entries()) {
      const member = (field: string) => parameters.get(`Targets.member.${i + 1}.${field}`) ?? '';
      const known = targets.find((target) => target.id === id && target.port === member('Port'));
      if (action === 'DeregisterTargets' && known) known.leftAt ??= Date.now();
      if (action !== 'RegisterTargets' || (known && known.leftAt === undefined)) continue;
      if (known) targets.splice(targets.indexOf(known), 1);
      targets.push({ id, port: member('Port'), zone: member('AvailabilityZone'), at: Date.now() });
    }
  }

  private describe(arn: string): string {
    const members = (this.targets.get(arn) ?? [])
      .filter(({ leftAt }) => leftAt === undefined || leftAt + DRAINING_MS > Date.now())
      .map(({ id, port, zone, at, leftAt }) => {
        const state = leftAt !== undefined ? 'draining' : at + HEALTHY_AFTER_MS > Date.now() ? 'initial' : 'healthy';
        const where = zone ? `<AvailabilityZone>${zone}</AvailabilityZone>` : '';
        return `<member><Target><Id>${id}</Id><Port>${port}</Port>${where}</Target><TargetHealth><State>${state}</State></TargetHealth></member>`;
      });
    return `<DescribeTargetHealthResponse><DescribeTargetHealthResult><TargetHealthDescriptions>${members.join('')}</TargetHealthDescriptions></DescribeTargetHealthResult></DescribeTargetHealthResponse>`;
  }
}

function fail(response: ServerResponse, status: number, code: string): void {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${code}</Message></Error>`;
  response.writeHead(status, { 'content-type': 'text/xml' }).end(`<ErrorResponse>${error}</ErrorResponse>`);
}
