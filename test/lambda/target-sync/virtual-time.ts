import type { Clock } from '../../../lambda/target-sync/clock';

/** A clock that jumps from one sleeper to the next as soon as everything waits, so that a minute takes milliseconds. */
export class VirtualTime implements Clock {
  private time = 1_000_000;
  private readonly sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  private seed: number;

  public constructor(seed = 1) {
    this.seed = seed;
  }

  public readonly now = (): number => this.time;

  public readonly sleep = (ms: number): Promise<void> =>
    new Promise((wake) => {
      this.sleepers.push({ at: this.time + ms, wake });
    });

  /** Repeats itself from run to run. */
  public readonly random = (): number => {
    this.seed = (this.seed * 48_271) % 2_147_483_647;
    return this.seed / 2_147_483_647;
  };

  /** Runs everything until the promise is settled. */
  public async until<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const settled = promise.finally(() => {
      isSettled = true;
    });
    settled.catch(() => undefined);
    while (!isSettled) {
      await new Promise(setImmediate);
      if (isSettled) break;
      this.wakeNext();
    }
    return settled;
  }

  private wakeNext(): void {
    const at = Math.min(...this.sleepers.map((sleeper) => sleeper.at));
    const index = this.sleepers.findIndex((sleeper) => sleeper.at === at);
    if (index < 0) return;
    this.time = Math.max(this.time, at);
    this.sleepers.splice(index, 1)[0].wake();
  }
}
