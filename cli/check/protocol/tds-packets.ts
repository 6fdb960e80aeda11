import { INCOMPLETE, malformed, type Parsed, value } from '../connection/parsed';

// https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-tds/60f56408-0188-4cd5-8b90-25c6f2423868

/** What a side says about encryption in its PRELOGIN. */
export enum Encryption {
  /** Encrypts the login, and nothing after it. */
  LOGIN_ONLY = 0,
  ON = 1,
  NOT_SUPPORTED = 2,
  REQUIRED = 3,
}

export interface TdsPacket {
  readonly type: number;
  readonly payload: Buffer;
}

export const PRELOGIN = 0x12;
const RESPONSE = 0x04;
const HEADER = 8;
/** The size of packets before a login agrees on another one. */
export const PACKET_SIZE = 4096;
const END_OF_MESSAGE = 1;

/** The client's PRELOGIN. */
export function prelogin(encryption: Encryption): Buffer {
  const values: readonly [token: number, data: Buffer][] = [
    [Option.VERSION, Buffer.from([17, 0, 0, 0, 0, 0])],
    [Option.ENCRYPTION, Buffer.from([encryption])],
    [Option.INSTANCE, Buffer.from([0])],
    [Option.THREAD_ID, Buffer.alloc(4)],
    [Option.MARS, Buffer.from([0])],
  ];
  let offset = values.length * 5 + 1;
  const table = values.map(([token, data]) => {
    const entry = Buffer.alloc(5);
    entry.writeUInt8(token, 0);
    entry.writeUInt16BE(offset, 1);
    entry.writeUInt16BE(data.length, 3);
    offset += data.length;
    return entry;
  });
  return tdsPacket(Buffer.concat([...table, Buffer.from([Option.END]), ...values.map(([, data]) => data)]));
}

/** Wraps bytes, at most a packet of them, as TDS 7.x does with TLS. */
export function tdsPacket(payload: Buffer): Buffer {
  const header = Buffer.alloc(HEADER);
  header.writeUInt8(PRELOGIN, 0);
  header.writeUInt8(END_OF_MESSAGE, 1);
  header.writeUInt16BE(HEADER + payload.length, 2);
  header.writeUInt8(1, 6);
  return Buffer.concat([header, payload]);
}

/** One packet, of the two types that come before a login. */
export function parsePacket(bytes: Buffer): Parsed<TdsPacket> {
  if (bytes.length === 0) return INCOMPLETE;
  if (bytes[0] !== PRELOGIN && bytes[0] !== RESPONSE) return NOT_SQL_SERVER;
  if (bytes.length < HEADER) return INCOMPLETE;
  const length = bytes.readUInt16BE(2);
  if (length <= HEADER) return NOT_SQL_SERVER;
  return bytes.length < length
    ? INCOMPLETE
    : value({ type: bytes[0], payload: bytes.subarray(HEADER, length) }, length);
}

/** What the server's PRELOGIN says about encryption; `undefined` where it says nothing. */
export function parsePrelogin(bytes: Buffer): Parsed<Encryption | undefined> {
  const packet = parsePacket(bytes);
  if (packet.kind !== 'value') return packet;
  const { type, payload } = packet.value;
  if (type !== RESPONSE) return NOT_SQL_SERVER;
  for (let at = 0; payload[at] !== Option.END; at += 5) {
    if (at + 5 > payload.length) return NOT_SQL_SERVER;
    if (payload[at] !== Option.ENCRYPTION) continue;
    const said = payload[payload.readUInt16BE(at + 1)];
    return said in Encryption ? value(said as Encryption, packet.length) : NOT_SQL_SERVER;
  }
  return value(undefined, packet.length);
}

enum Option {
  VERSION = 0,
  ENCRYPTION = 1,
  INSTANCE = 2,
  THREAD_ID = 3,
  MARS = 4,
  END = 0xff,
}

const NOT_SQL_SERVER = malformed('does not answer like SQL Server');
