import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { TdsTlsStream } from '../../../../cli/check/protocol/tds-tls-stream';
import { packet } from '../../support/tds-behaviour';

/** A stream whose two directions are apart, so that both can be looked at. */
class Line extends PassThrough {
  public readonly written: Buffer[] = [];

  public override write(chunk: Buffer, done?: unknown): boolean {
    this.written.push(chunk);
    if (typeof done === 'function') done();
    return true;
  }

  public receive(...chunks: readonly Buffer[]): void {
    for (const chunk of chunks) this.emit('data', chunk);
  }
}

const RECORD = Buffer.from([22, 3, 3, 0, 4, 1, 2, 3, 4]);

function write(stream: TdsTlsStream, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    stream.write(bytes, () => resolve());
  });
}

describe('TLS inside of TDS', () => {
  it('goes out in packets until the handshake is done, and bare after it', async () => {
    const line = new Line();
    const stream = new TdsTlsStream(line);

    await write(stream, RECORD);
    stream.finishHandshake();
    await write(stream, RECORD);

    expect(line.written).toEqual([packet(0x12, RECORD), RECORD]);
  });

  it('is cut into packets of the size that servers take before a login', async () => {
    const line = new Line();
    const stream = new TdsTlsStream(line);
    const long = Buffer.alloc(5000, 7);

    await write(stream, long);

    expect(Buffer.concat(line.written)).toEqual(
      Buffer.concat([packet(0x12, long.subarray(0, 4088)), packet(0x12, long.subarray(4088))]),
    );
  });

  test.each<[what: string, chunks: Buffer[]]>([
    ['in a packet', [packet(0x12, RECORD)]],
    ['in many packets', [...RECORD].map((byte) => packet(0x12, Buffer.from([byte])))],
    ['in parts of a packet', [...packet(0x12, RECORD)].map((byte) => Buffer.from([byte]))],
    ['bare', [RECORD]],
    // The fourth part begins as a packet of TDS does.
    ['bare and in parts', [RECORD.subarray(0, 4), RECORD.subarray(4)]],
    ['in a packet and then bare', [packet(0x12, RECORD.subarray(0, 9)), Buffer.alloc(0)]],
  ])('comes in %s', async (_, chunks) => {
    const line = new Line();
    const stream = new TdsTlsStream(line);

    line.receive(...chunks);
    line.emit('end');

    expect(Buffer.concat(await stream.toArray())).toEqual(RECORD);
  });

  it('is left to TLS to refuse where it is neither', async () => {
    const line = new Line();
    const stream = new TdsTlsStream(line);

    line.receive(Buffer.from('HTTP/1.1 400'));
    line.emit('end');

    expect(`${Buffer.concat(await stream.toArray())}`).toBe('HTTP/1.1 400');
  });

  it('ends with the connection, and with its errors', async () => {
    const line = new Line();
    const stream = new TdsTlsStream(line);
    const failed = once(stream, 'error');

    line.emit('error', new Error('reset'));

    expect(`${await failed}`).toMatch(/reset/);
    expect(line.destroyed).toBe(true);
  });
});
