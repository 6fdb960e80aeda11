import { Duplex } from 'node:stream';
import { malformed } from '../connection/parsed';
import { PACKET_SIZE, parsePacket, tdsPacket } from './tds-packets';

const LARGEST_PAYLOAD = PACKET_SIZE - 8;
/** TLS records begin with 20 to 23, packets of TDS with 4 or 18: no byte is both. Bare TLS stays bare. */
const TLS_CONTENT = [20, 21, 22, 23];

/**
 * TDS 7.x sends its TLS handshake inside its own packets and everything after it bare. Writing wraps until it is
 * told that the handshake is over; reading sees by itself what comes.
 */
export class TdsTlsStream extends Duplex {
  private pending: Buffer = Buffer.alloc(0);
  private isWrapping = true;
  private isUnwrapping = true;

  public constructor(private readonly inner: Duplex) {
    super();
    inner.on('data', (chunk: Buffer) => this.unwrap(chunk));
    inner.on('end', () => this.push(null));
    inner.on('error', (error) => this.destroy(error));
    inner.on('close', () => this.destroy());
  }

  /** From now on bytes go out as they are. */
  public finishHandshake(): void {
    this.isWrapping = false;
  }

  public override _read(): void {
    this.inner.resume();
  }

  public override _write(chunk: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
    if (!this.isWrapping) {
      this.inner.write(chunk, done);
      return;
    }
    const packets: Buffer[] = [];
    for (let at = 0; at < chunk.length; at += LARGEST_PAYLOAD) {
      packets.push(tdsPacket(chunk.subarray(at, at + LARGEST_PAYLOAD)));
    }
    this.inner.write(Buffer.concat(packets), done);
  }

  public override _final(done: () => void): void {
    this.inner.end(done);
  }

  public override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.inner.destroy();
    done(error);
  }

  private unwrap(chunk: Buffer): void {
    this.pending = Buffer.concat([this.pending, chunk]);
    while (this.pending.length > 0) {
      this.isUnwrapping &&= !TLS_CONTENT.includes(this.pending[0]);
      const parsed = this.isUnwrapping ? parsePacket(this.pending) : malformed('sends bare TLS');
      if (parsed.kind === 'incomplete') return;
      // What is neither TLS nor a packet goes to TLS all the same, which knows how to refuse it.
      const payload = parsed.kind === 'value' ? parsed.value.payload : this.pending;
      this.pending = this.pending.subarray(parsed.kind === 'value' ? parsed.length : this.pending.length);
      if (!this.push(payload)) this.inner.pause();
    }
  }
}
