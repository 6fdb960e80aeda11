import type { Answer } from '../../../lambda/target-sync/answer';
import type { Clock } from '../../../lambda/target-sync/clock';
import type { Endpoint } from '../../../lambda/target-sync/configuration';
import { follow, type Outcome, type Span } from '../../../lambda/target-sync/follow';
import { type Memory, NOTHING } from '../../../lambda/target-sync/memory';
import { ModelGroup, type Times } from './model-group';
import { Recorder } from './recorder';
import { VirtualTime } from './virtual-time';

/** What the name answers from a second on, counted from the beginning. */
export type Script = readonly (readonly [fromSecond: number, answer: Answer])[];

export interface RunOptions {
  /** When the run begins, in seconds from now. */
  readonly after?: number;
  readonly seconds?: number;
  /** When its process is killed, in seconds from now. */
  readonly killedAfter?: number;
  readonly memory?: Memory;
  readonly apply?: boolean;
  /** How old the answers are that this run's caches give, one cache after the other. */
  readonly cacheSeconds?: readonly number[];
  /** Whether every question of this run fails. */
  readonly isDeaf?: boolean;
}

export interface Run extends Partial<Outcome> {
  readonly report: Recorder;
  readonly isKilled: boolean;
  readonly lookups: number;
}

/** One endpoint, one target group and one name, in virtual time. */
export class World {
  public readonly time: VirtualTime;
  public readonly group: ModelGroup;
  /** Questions that were asked by all runs. */
  public lookups = 0;
  private readonly beginning: number;

  public constructor(
    private readonly endpoint: Endpoint,
    private readonly script: Script,
    { initially = [], times = {}, seed = 1 }: { initially?: readonly string[]; times?: Times; seed?: number } = {},
  ) {
    this.time = new VirtualTime(seed);
    this.beginning = this.time.now();
    const targets = initially.map((address) => ({ address, port: endpoint.port }));
    this.group = new ModelGroup(this.time, times, targets);
  }

  /** Runs one process, or several at once. */
  public async run(...options: readonly RunOptions[]): Promise<Run[]> {
    const all = options.length === 0 ? [{}] : options;
    return this.time.until(Promise.all(all.map((one) => this.start(one))));
  }

  private answer(ageSeconds: number): Answer {
    const second = (this.time.now() - this.beginning) / 1000 - ageSeconds;
    return (
      this.script.filter(([from]) => from <= Math.max(0, second)).at(-1)?.[1] ?? { kind: 'failed', reason: 'NXDOMAIN' }
    );
  }

  private async start({
    after = 0,
    seconds = 55,
    killedAfter,
    apply,
    cacheSeconds = [0],
    isDeaf = false,
    memory = NOTHING,
  }: RunOptions): Promise<Run> {
    const report = new Recorder();
    let lookups = 0;
    const dies =
      killedAfter === undefined ? undefined : this.time.sleep(killedAfter * 1000).then(() => 'killed' as const);
    const until = killedAfter === undefined ? Number.POSITIVE_INFINITY : this.time.now() + killedAfter * 1000;
    // A killed process gets no more answers, to a call or to a sleep.
    const alive = async <T>(promise: Promise<T>): Promise<T> => {
      const value = await promise;
      return this.time.now() >= until ? new Promise<T>(() => undefined) : value;
    };
    const clock: Clock = { now: this.time.now, random: this.time.random, sleep: (ms) => alive(this.time.sleep(ms)) };
    const lives = async (): Promise<Outcome> => {
      await clock.sleep(after * 1000);
      const now = clock.now();
      const end = now + seconds * 1000;
      const span: Span = { end, verifiedBy: end + 5000, intervalMs: 1000, onlyUntilDone: apply ?? false };
      return follow(this.endpoint, memory, span, {
        clock,
        report,
        lookup: async () => {
          lookups++;
          this.lookups++;
          await clock.sleep(5);
          if (isDeaf) return { kind: 'failed', reason: 'SERVFAIL' };
          return this.answer(cacheSeconds[lookups % cacheSeconds.length]);
        },
        group: {
          describe: () => alive(this.group.describe()),
          isInUse: () => alive(this.group.isInUse()),
          receives: () => alive(this.group.receives()),
          register: (targets) => alive(this.group.register(targets)),
          deregister: (targets) => alive(this.group.deregister(targets)),
        },
      });
    };
    const outcome = await (dies ? Promise.race([lives(), dies]) : lives());
    return { report, lookups, isKilled: outcome === 'killed', ...(outcome === 'killed' ? {} : outcome) };
  }
}
