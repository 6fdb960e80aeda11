import { Duplex } from 'node:stream';
import type { Behaviour } from './test-server';
import { acceptTls, type ServerTls } from './tls-behaviour';

export interface TdsServer {
  readonly tls?: ServerTls;
  /** What the server says to a client that wants TLS, and to one that has none. */
  readonly toTls: number;
  readonly toPlain: number;
}

/** SQL Server up to the login. */
export function tdsBehaviour({ tls, toTls, toPlain }: TdsServer): Behaviour {
  return (socket) => {
    socket.once('data', (request: Buffer) => {
      const wantsTls = encryptionOf(request) === 1;
      socket.write(preloginAnswer(wantsTls ? toTls : toPlain));
      if (!wantsTls || !tls) return;
      const secure = acceptTls(new WrappedInPackets(socket), { ...tls, maxVersion: tls.maxVersion ?? 'TLSv1.2' });
      secure.on('end', () => secure.end());
    });
  };
}

export function preloginAnswer(encryption: number): Buffer {
  const options = [0x00, 0, 11, 0, 6, 0x01, 0, 17, 0, 1, 0xff, 16, 0, 0x10, 0, 0, 0, encryption];
  return packet(4, Buffer.from(options));
}

export function packet(type: number, body: Buffer): Buffer {
  const head = Buffer.from([type, 1, 0, 0, 0, 0, 1, 0]);
  head.writeUInt16BE(8 + body.length, 2);
  return Buffer.concat([head, body]);
}

function encryptionOf(request: Buffer): number {
  const options = request.subarray(8);
  for (let at = 0; options[at] !== 0xff; at += 5) {
    if (options[at] === 1) return options[options.readUInt16BE(at + 1)];
  }
  throw new Error('The client says nothing about encryption');
}

/** The server's side of TLS inside packets; it ends with the handshake, which is the client's first bare record. */
class WrappedInPackets extends Duplex {
  private pending: Buffer = Buffer.alloc(0);
  private isWrapped = true;

  public constructor(private readonly inner: Duplex) {
    super();
    inner.on('data', (chunk: Buffer) => this.receive(chunk));
    inner.on('end', () => this.push(null));
    inner.on('close', () => this.destroy());
  }

  public override _read(): void {}

  public override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.inner.write(this.isWrapped ? packet(0x12, chunk) : chunk, () => done());
  }

  public override _final(done: () => void): void {
    this.inner.end(done);
  }

  private receive(chunk: Buffer): void {
    this.pending = Buffer.concat([this.pending, chunk]);
    while (this.pending.length >= 8) {
      if (this.pending[0] !== 0x12) this.isWrapped = false;
      const length = this.isWrapped ? this.pending.readUInt16BE(2) : this.pending.length;
      if (this.pending.length < length) return;
      this.push(this.pending.subarray(this.isWrapped ? 8 : 0, length));
      this.pending = this.pending.subarray(length);
    }
  }
}
