import { INCOMPLETE, malformed, type Parsed, value } from '../connection/parsed';

// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase.html

/** How a server opens the conversation. */
export type Opening =
  | { readonly type: 'greeting'; readonly version: string; readonly offersTls: boolean }
  | { readonly type: 'error'; readonly error: ServerError };

/** What a server makes of a login. */
export type LoginAnswer =
  | { readonly type: 'ok' }
  | { readonly type: 'go-on' }
  | { readonly type: 'error'; readonly error: ServerError };

export interface ServerError {
  readonly code: number;
  readonly text: string;
}

const CAPABILITIES = { protocol41: 0x0200, ssl: 0x0800, secureConnection: 0x8000, pluginAuth: 0x0008_0000 };

/** Tells the server that TLS follows. */
export function sslRequest(): Buffer {
  return packet(1, clientHead(CAPABILITIES.ssl));
}

/** Asks for a login with an empty answer to the server's challenge: no password is hashed, none is sent. */
export function loginRequest(user: string): Buffer {
  const body = Buffer.concat([clientHead(0), Buffer.from(`${user}\0`), Buffer.from([0]), Buffer.from(`${PLUGIN}\0`)]);
  return packet(1, body);
}

/** The server's greeting, or the error of a server that rejects everybody. */
export function parseOpening(bytes: Buffer): Parsed<Opening> {
  const parsed = parsePacket(bytes, 0);
  if (parsed.kind !== 'value') return parsed;
  const body = parsed.value;
  if (body[0] === 0xff) return value({ type: 'error', error: parseError(body) }, parsed.length);
  const versionEnd = body.indexOf(0, 1);
  const capabilitiesAt = versionEnd + 1 + 4 + 8 + 1;
  if (body[0] !== 10 || versionEnd < 0 || body.length < capabilitiesAt + 2) return NOT_MYSQL;
  return value(
    {
      type: 'greeting',
      version: body.toString('utf8', 1, versionEnd),
      offersTls: (body.readUInt16LE(capabilitiesAt) & CAPABILITIES.ssl) !== 0,
    },
    parsed.length,
  );
}

/** The answer to a login: yes, no, or another question. */
export function parseLoginAnswer(bytes: Buffer): Parsed<LoginAnswer> {
  const parsed = parsePacket(bytes, 2);
  if (parsed.kind !== 'value') return parsed;
  switch (parsed.value[0]) {
    case 0x00:
      return value({ type: 'ok' }, parsed.length);
    case 0x01:
    case 0xfe:
      return value({ type: 'go-on' }, parsed.length);
    case 0xff:
      return value({ type: 'error', error: parseError(parsed.value) }, parsed.length);
    default:
      return NOT_MYSQL;
  }
}

const PLUGIN = 'mysql_native_password';
const LONGEST_PACKET = 8 * 1024;
const NOT_MYSQL = malformed('does not answer like MySQL');

function parsePacket(bytes: Buffer, sequence: number): Parsed<Buffer> {
  if (bytes.length < 4) return INCOMPLETE;
  const length = bytes.readUIntLE(0, 3);
  if (bytes[3] !== sequence || length === 0) return NOT_MYSQL;
  if (length > LONGEST_PACKET) return malformed(`announces a packet of ${length} bytes before any login`);
  return bytes.length < 4 + length ? INCOMPLETE : value(bytes.subarray(4, 4 + length), 4 + length);
}

/** `0xff`, the code, then (but not before the handshake) `#` and the SQLSTATE, then the text. */
function parseError(body: Buffer): ServerError {
  const text = body.toString('utf8', 3, 2000).replace(/^#.{5}/s, '');
  return { code: body.length < 3 ? 0 : body.readUInt16LE(1), text };
}

function clientHead(flags: number): Buffer {
  const head = Buffer.alloc(32);
  const { protocol41, secureConnection, pluginAuth } = CAPABILITIES;
  head.writeUInt32LE(flags | protocol41 | secureConnection | pluginAuth, 0);
  head.writeUInt32LE(LONGEST_PACKET, 4);
  head.writeUInt8(33, 8); // utf8
  return head;
}

function packet(sequence: number, body: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUIntLE(body.length, 0, 3);
  head.writeUInt8(sequence, 3);
  return Buffer.concat([head, body]);
}
