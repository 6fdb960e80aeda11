import type { Duplex } from 'node:stream';
import { ConversationError } from './conversation-error';
import type { Parser } from './parsed';

/** No message before a login is longer. What comes beyond is never kept. */
const LIMIT = 16 * 1024;

/** One side of a conversation: writes messages, and reads them with parsers, within a bound. */
export class Wire {
  private pending: Buffer = Buffer.alloc(0);
  private error?: unknown;

  /** `failure` tells why the connection below is gone, if it is: streams on top of it may only know that it ended. */
  public constructor(
    public readonly stream: Duplex,
    private readonly failure: () => unknown,
    private readonly limit = LIMIT,
  ) {
    stream.on('error', (error) => {
      this.error ??= error;
    });
  }

  /** What has come and was not read yet. */
  public get unread(): Buffer {
    return this.pending;
  }

  public send(bytes: Buffer): void {
    if (this.stream.writable) this.stream.write(bytes);
  }

  /** Waits for one message. Rejects with a `ConversationError` when it cannot come any more. */
  public async read<Value>(parse: Parser<Value>): Promise<Value> {
    for (;;) {
      const parsed = parse(this.pending);
      if (parsed.kind === 'value') {
        this.pending = this.pending.subarray(parsed.length);
        return parsed.value;
      }
      if (parsed.kind === 'malformed') throw new ConversationError('malformed', parsed.reason);
      if (this.pending.length >= this.limit) {
        throw new ConversationError('malformed', `sends more than ${this.limit} bytes without finishing a message`);
      }
      await this.more();
    }
  }

  /**
   * Hands the stream over to TLS. Bytes that came before are an attempt to slip plaintext into the encrypted
   * connection, or the sign of another protocol.
   */
  public handOver(): Duplex {
    if (this.pending.length > 0) {
      throw new ConversationError('malformed', 'continues in plaintext after it agreed to TLS');
    }
    return this.stream;
  }

  private async more(): Promise<void> {
    const chunk: Buffer | null = this.stream.read();
    if (chunk) {
      this.pending = Buffer.concat([this.pending, chunk]);
      return;
    }
    if (this.stream.readableEnded) throw new ConversationError('closed');
    if (!this.stream.destroyed) await this.change();
    if (this.stream.destroyed) throw this.ending();
  }

  private change(): Promise<void> {
    const events = ['readable', 'end', 'error', 'close'];
    return new Promise((resolve) => {
      const settle = () => {
        for (const event of events) this.stream.removeListener(event, settle);
        resolve();
      };
      for (const event of events) this.stream.once(event, settle);
    });
  }

  private ending(): unknown {
    const error = this.failure() ?? this.error;
    if (!error) return new ConversationError('closed');
    return ConversationError.of(error) ?? error;
  }
}
