import { setTimeout } from 'node:timers/promises';
import type { Login } from '../../../lambda/database-user/secret-value';

export interface ClientOptions {
  /** What the secret says now. */
  readonly current: () => Promise<Login>;
  readonly isLetIn: (login: Login) => Promise<boolean>;
}

/** A client that logs in again every 50 ms with what it holds of the secret, and reads that again when it is denied. */
export class ReconnectingClient {
  public tries = 0;
  public denials = 0;
  private isOver = false;
  private readonly running: Promise<void>;

  public constructor(options: ClientOptions) {
    this.running = this.run(options);
    // Whoever stops the client is told.
    this.running.catch(() => undefined);
  }

  public async stop(): Promise<void> {
    this.isOver = true;
    await this.running;
  }

  private async run({ current, isLetIn }: ClientOptions): Promise<void> {
    for (let login = await current(); !this.isOver; await setTimeout(50)) {
      this.tries += 1;
      if (await isLetIn(login)) continue;
      this.denials += 1;
      login = await current();
      if (!(await isLetIn(login))) throw new Error('The client was denied with what the secret says');
    }
  }
}
