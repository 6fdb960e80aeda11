import type { Terminal } from '../terminal';
import { formatAddress } from './address';
import type { CheckRequest } from './request';

/** Tells somebody who waits at a terminal what is being checked; everybody else reads the report. */
export class Progress {
  private readonly start = Date.now();
  private readonly running = new Set<CheckRequest>();
  private readonly timer: NodeJS.Timeout;
  private done = 0;

  public constructor(
    private readonly terminal: Terminal,
    private readonly total: number,
  ) {
    this.timer = setInterval(() => this.show(), 1000).unref();
  }

  public begin(request: CheckRequest): void {
    this.running.add(request);
    this.show();
  }

  public end(request: CheckRequest): void {
    this.running.delete(request);
    this.done++;
    this.show();
  }

  public stop(): void {
    clearInterval(this.timer);
    this.terminal.progress?.('');
  }

  private show(): void {
    const seconds = Math.round((Date.now() - this.start) / 1000);
    const names = [...this.running].map(({ label, host, port }) => label ?? formatAddress(host, port));
    this.terminal.progress?.(`${this.done} of ${this.total} checked, ${seconds} s: ${names.join(', ')}`);
  }
}
