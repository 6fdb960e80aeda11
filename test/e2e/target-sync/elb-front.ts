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

/** What is said of a target for some time after it came into use; the last phase has no end. */
export interface Phase {
  readonly state: 'initial' | 'healthy' | 'unhealthy' | 'unused';
  readonly reason?: string;
  readonly seconds?: number;
}

interface Registered {
  readonly id: string;
  readonly port: string;
  readonly zone: string;
  readonly at: number;
  leftAt?: number;
}

const PHASES: readonly Phase[] = [
  { state: 'initial', reason: 'Elb.RegistrationInProgress', seconds: 1 },
  { state: 'initial', reason: 'Elb.InitialHealthChecking', seconds: 0.5 },
  { state: 'healthy' },
];
const DRAINING_SECONDS = 3;

/**
 * Stands between the function and the emulator: lets calls fail as a test asks for, and adds what the emulator does
 * not model: targets of a group without a listener are `unused`; then they are `initial`, and what a test says, for as
 * long as it says; and `draining` for a while when they are deregistered.
 */
export class ElbFront {
  public readonly calls: ElbCall[] = [];
  /** What becomes of a target of a group, and for how long it drains. */
  public phasesOf: (arn: string, id: string) => readonly Phase[] = () => PHASES;
  public drainingSecondsOf: (arn: string) => number = () => DRAINING_SECONDS;
  public fault: (call: ElbCall) => Fault | undefined = () => undefined;
  private readonly targets = new Map<string, Registered[]>();
  /** Since when a listener leads to a group; `undefined` until it does. Groups that are not here have always had one. */
  private readonly listeners = new Map<string, number | undefined>();
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

  /** Takes the listener away from a group that has just been made. */
  public withoutListener(arn: string): void {
    this.listeners.set(arn, undefined);
  }

  public addListener(arn: string): void {
    this.listeners.set(arn, Date.now());
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
    const said = { DescribeTargetHealth: this.describe, DescribeTargetGroups: this.describeGroup }[call.action];
    response
      .writeHead(answer.status, { 'content-type': 'text/xml' })
      .end(said && answer.ok ? said.call(this, call.arn) : text);
  }

  private record(parameters: URLSearchParams): ElbCall {
    const arn = parameters.get('TargetGroupArn') ?? parameters.get('TargetGroupArns.member.1') ?? '';
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
      .filter(({ leftAt = Date.now() }) => leftAt + this.drainingSecondsOf(arn) * 1000 > Date.now())
      .map((target) => {
        const { state, reason } = this.healthOf(arn, target);
        const where = target.zone ? `<AvailabilityZone>${target.zone}</AvailabilityZone>` : '';
        const why = reason ? `<Reason>${reason}</Reason>` : '';
        return `<member><Target><Id>${target.id}</Id><Port>${target.port}</Port>${where}</Target><TargetHealth><State>${state}</State>${why}</TargetHealth></member>`;
      });
    return `<DescribeTargetHealthResponse><DescribeTargetHealthResult><TargetHealthDescriptions>${members.join('')}</TargetHealthDescriptions></DescribeTargetHealthResult></DescribeTargetHealthResponse>`;
  }

  private healthOf(arn: string, { id, at, leftAt }: Registered): { readonly state: string; readonly reason?: string } {
    if (leftAt !== undefined) return { state: 'draining', reason: 'Target.DeregistrationInProgress' };
    const listening = this.listeningSince(arn);
    if (listening === undefined) return { state: 'unused', reason: 'Target.NotInUse' };
    let until = Math.max(at, listening);
    for (const phase of this.phasesOf(arn, id)) {
      until += (phase.seconds ?? Number.POSITIVE_INFINITY) * 1000;
      if (Date.now() < until) return phase;
    }
    return { state: 'healthy' };
  }

  private describeGroup(arn: string): string {
    const member =
      this.listeningSince(arn) === undefined
        ? ''
        : '<member>arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/dbep/0123456789abcdef</member>';
    const group = `<TargetGroupArn>${arn}</TargetGroupArn><LoadBalancerArns>${member}</LoadBalancerArns>`;
    return `<DescribeTargetGroupsResponse><DescribeTargetGroupsResult><TargetGroups><member>${group}</member></TargetGroups></DescribeTargetGroupsResult></DescribeTargetGroupsResponse>`;
  }

  private listeningSince(arn: string): number | undefined {
    return this.listeners.has(arn) ? this.listeners.get(arn) : 0;
  }
}

function fail(response: ServerResponse, status: number, code: string): void {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${code}</Message></Error>`;
  response.writeHead(status, { 'content-type': 'text/xml' }).end(`<ErrorResponse>${error}</ErrorResponse>`);
}
