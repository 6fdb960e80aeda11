import type { Socket } from 'node:net';

/** One connection of a client, and the one to a target that it is joined with. */
export class Flow {
  public readonly since = Date.now();
  private last = Date.now();
  private isOver = false;
  private ending?: NodeJS.Timeout;
  private readonly sockets: readonly Socket[];

  public constructor(
    public readonly source: string,
    public readonly target: { readonly groupArn: string; readonly address: string; readonly port: number },
    client: Socket,
    server: Socket,
    private readonly idleMs: number,
    private readonly onEnd: (flow: Flow) => void,
  ) {
    this.sockets = [client, server];
    this.forward(client, server);
    this.forward(server, client);
    let open = 2;
    for (const socket of this.sockets) {
      socket.on('error', () => this.reset());
      socket.on('close', () => {
        open--;
        if (open === 0) this.finish();
      });
    }
  }

  /** Ends the connection on both sides, as a load balancer that has forgotten it or gives it up. */
  public reset(): void {
    for (const socket of this.sockets) socket.destroyed || reset(socket);
    this.finish();
  }

  /** Ends the connection after a while, unless the target comes back before that. */
  public endAfter(ms: number): void {
    this.ending ??= setTimeout(() => this.reset(), ms);
  }

  public keep(): void {
    clearTimeout(this.ending);
    this.ending = undefined;
  }

  private forward(from: Socket, to: Socket): void {
    from.on('data', (chunk) => {
      // Nobody hears of an idle timeout until one side sends something.
      if (Date.now() - this.last > this.idleMs) return this.reset();
      this.last = Date.now();
      if (to.write(chunk)) return;
      from.pause();
      to.once('drain', () => from.resume());
    });
    from.on('end', () => to.end());
  }

  private finish(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.keep();
    this.onEnd(this);
  }
}

/** TLS sockets have no reset of their own. */
function reset(socket: Socket): void {
  if (socket.constructor.name === 'Socket') socket.resetAndDestroy();
  else socket.destroy();
}
