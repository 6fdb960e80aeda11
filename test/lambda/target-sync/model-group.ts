import type { Clock } from '../../../lambda/target-sync/clock';
import type { Step } from '../../../lambda/target-sync/plan';
import type { State, Target } from '../../../lambda/target-sync/target';
import type { TargetGroup } from '../../../lambda/target-sync/target-groups';

type Description = Step['target'];

/** A call that the API was asked to make, in order. */
export interface Call {
  readonly action: 'describe' | 'isInUse' | 'receives' | 'register' | 'deregister';
  readonly addresses: readonly string[];
  readonly at: number;
}

/** What AWS says of a target for some time after it came into use; the last phase has no end. */
export interface Phase {
  readonly state: State;
  readonly reason?: string;
  readonly ms?: number;
}

export interface Times {
  /** How long a call takes. */
  readonly callMs?: number;
  readonly healthyAfterMs?: number;
  readonly drainingMs?: number;
  /** Instead of `healthyAfterMs`, what becomes of a target. */
  readonly phases?: (address: string) => readonly Phase[];
  /** When a listener comes to the group, in ms from the beginning; before that, its targets are not checked. */
  readonly listenerAfterMs?: number;
}

/** A target group as AWS models it: registration by address and port, health checks, draining. */
export class ModelGroup implements TargetGroup {
  public readonly calls: Call[] = [];
  /** Every set of live addresses that there has been, newest last. */
  public readonly history: string[][] = [];
  /** Throws in place of a call, or after it where `done` is set: the answer is lost, the effect stays. */
  public fault: (call: Call) => { readonly error: Error; readonly done?: boolean } | undefined = () => undefined;

  /** Whether its listener gives it any. */
  public hasWeight = true;
  private readonly targets = new Map<
    string,
    { readonly description: Description; readonly registeredAt: number; leftAt?: number }
  >();

  private readonly listenerAt: number;

  public constructor(
    private readonly clock: Clock,
    private readonly times: Times = {},
    initially: readonly Description[] = [],
  ) {
    this.listenerAt = clock.now() + (times.listenerAfterMs ?? Number.NEGATIVE_INFINITY);
    for (const description of initially)
      this.targets.set(keyOf(description), { description, registeredAt: Number.NEGATIVE_INFINITY });
    this.history.push(this.live());
  }

  public async describe(): Promise<readonly Target[]> {
    return this.call('describe', [], () =>
      [...this.targets.values()]
        .filter(({ leftAt }) => leftAt === undefined || this.clock.now() < leftAt + (this.times.drainingMs ?? 10_000))
        .map(({ description, registeredAt, leftAt }) => ({
          ...description,
          ...(leftAt === undefined ? this.health(description.address, registeredAt) : DRAINING),
        })),
    );
  }

  public isInUse(): Promise<boolean> {
    return this.call('isInUse', [], () => this.clock.now() >= this.listenerAt);
  }

  public receives(): Promise<boolean> {
    return this.call('receives', [], () => this.hasWeight && this.clock.now() >= this.listenerAt);
  }

  public register(targets: readonly Description[]): Promise<void> {
    return this.call('register', targets, () => {
      for (const description of targets) {
        const isLive =
          this.targets.get(keyOf(description))?.leftAt === undefined && this.targets.has(keyOf(description));
        if (!isLive) this.targets.set(keyOf(description), { description, registeredAt: this.clock.now() });
      }
    });
  }

  public deregister(targets: readonly Description[]): Promise<void> {
    return this.call('deregister', targets, () => {
      for (const description of targets) {
        const target = this.targets.get(keyOf(description));
        if (target) target.leftAt ??= this.clock.now();
      }
    });
  }

  /** The addresses that the load balancer sends connections to. */
  public live(): string[] {
    return [...this.targets.values()]
      .filter(({ leftAt }) => leftAt === undefined)
      .map(({ description }) => description.address)
      .sort();
  }

  private health(address: string, registeredAt: number): Pick<Target, 'state' | 'reason'> {
    const now = this.clock.now();
    if (now < this.listenerAt) return { state: 'unused', reason: 'Target.NotInUse' };
    const phases = this.times.phases?.(address) ?? [
      { state: 'initial', ms: this.times.healthyAfterMs ?? 10_000 },
      { state: 'healthy' },
    ];
    let until = Math.max(registeredAt, this.listenerAt);
    for (const { state, reason, ms = Number.POSITIVE_INFINITY } of phases) {
      until += ms;
      if (now < until || ms === Number.POSITIVE_INFINITY) return { state, reason };
    }
    return { state: 'healthy' };
  }

  private async call<T>(action: Call['action'], targets: readonly Description[], effect: () => T): Promise<T> {
    const call = { action, addresses: targets.map(({ address }) => address), at: this.clock.now() };
    this.calls.push(call);
    const fault = this.fault(call);
    await this.clock.sleep(this.times.callMs ?? 20);
    if (fault && !fault.done) throw fault.error;
    const result = effect();
    if (this.live().join() !== this.history.at(-1)?.join()) this.history.push(this.live());
    if (fault) throw fault.error;
    return result;
  }
}

const DRAINING = { state: 'draining', reason: 'Target.DeregistrationInProgress' } as const;

function keyOf({ address, port }: Description): string {
  return `${address}:${port}`;
}
