import { type Socket, connect as tcpConnect } from 'node:net';
import type { Duplex } from 'node:stream';
import { ConversationError } from './conversation-error';
import { Wire } from './wire';

/** One address of an endpoint, and how much time a connection to it has. */
export interface Target {
  readonly address: string;
  readonly port: number;
  readonly timeoutMs: number;
}

/**
 * A TCP connection with one deadline for all that happens on it, so that no server can stretch the time by sending a
 * byte now and then.
 */
export class Connection {
  /** Resolves with a connection, or rejects with a `ConversationError`. */
  public static open({ address, port, timeoutMs }: Target): Promise<Connection> {
    const start = performance.now();
    const socket = tcpConnect({ host: address, port, noDelay: true });
    const connection = new Connection(socket, timeoutMs);
    return new Promise((resolve, reject) => {
      socket.once('connect', () => {
        connection.connectMs = performance.now() - start;
        resolve(connection);
      });
      socket.once('close', () => reject(connection.failure));
    });
  }

  public connectMs = 0;
  private deadline: NodeJS.Timeout;
  private error?: unknown;

  private constructor(
    public readonly socket: Socket,
    timeoutMs: number,
  ) {
    socket.on('error', (error) => {
      this.error ??= error;
    });
    this.deadline = this.startClock(timeoutMs);
    socket.once('close', () => clearTimeout(this.deadline));
  }

  /** Why the connection is gone. */
  public get failure(): unknown {
    return this.error === undefined
      ? new ConversationError('closed')
      : (ConversationError.of(this.error) ?? this.error);
  }

  /** A conversation on the connection, or on a stream on top of it. */
  public wire(stream: Duplex = this.socket, limit?: number): Wire {
    return new Wire(stream, () => this.error, limit);
  }

  /** Gives the connection that much time from now on. */
  public extend(timeoutMs: number): void {
    clearTimeout(this.deadline);
    if (!this.socket.destroyed) this.deadline = this.startClock(timeoutMs);
  }

  public close(): void {
    this.socket.destroy();
  }

  private startClock(timeoutMs: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.error ??= new ConversationError('timed-out');
      this.socket.destroy();
    }, timeoutMs);
  }
}
