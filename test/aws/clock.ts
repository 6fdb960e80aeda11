import { setTimeout as sleep } from 'node:timers/promises';

/** Waits and measures; every wait ends when the run is interrupted. */
export class Clock {
  public constructor(
    private readonly signal: AbortSignal,
    /** Seconds after which something that has not happened is given up. */
    public readonly patienceSeconds: number,
  ) {}

  public async wait(seconds: number): Promise<void> {
    await sleep(Math.min(seconds, this.patienceSeconds) * 1000, undefined, { signal: this.signal });
  }

  /** How long it took until something was so, in words. Given up after `patienceSeconds`, or sooner where asked for. */
  public async until(happens: () => Promise<boolean>, mostSeconds = this.patienceSeconds): Promise<string> {
    const seconds = Math.min(mostSeconds, this.patienceSeconds);
    const begin = Date.now();
    const elapsed = () => (Date.now() - begin) / 1000;
    while (!(await happens())) {
      if (elapsed() > seconds) return `not within ${seconds} s`;
      await sleep(500, undefined, { signal: this.signal });
    }
    return `after ${elapsed().toFixed(0)} s`;
  }

  /** Looks again and again for a while, and tells each change of what was seen with its time. */
  public async history(look: () => Promise<string>, isEnd: (seen: string) => boolean): Promise<string> {
    const begin = Date.now();
    const changes: string[] = [];
    let last: string | undefined;
    const outcome = await this.until(async () => {
      const seen = await look();
      if (seen !== last)
        changes.push(last === undefined ? seen : `${seen} at ${((Date.now() - begin) / 1000).toFixed(0)} s`);
      last = seen;
      return isEnd(seen);
    });
    return `${changes.join(', then ')} (${outcome})`;
  }
}
