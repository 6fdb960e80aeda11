import { clientHello } from './client-hello';
import { ConversationError } from './conversation-error';
import { INCOMPLETE, malformed, type Parsed, value } from './parsed';
import type { Wire } from './wire';

/** Whether a server speaks TLS 1.0 or 1.1. The evidence is a clause that continues "the server ...". */
export interface OldTlsAnswer {
  readonly verdict: 'refused' | 'accepted' | 'unknown';
  readonly evidence: string;
}

/** Long chains of certificates fit in. */
export const LONGEST_FLIGHT = 64 * 1024;

/** Offers TLS 1.0 and 1.1, and nothing newer, on a connection that is ready for a ClientHello. */
export async function offerOldTls(wire: Wire, serverName: string): Promise<OldTlsAnswer> {
  wire.send(clientHello({ newest: 'TLSv1.1', serverName }));
  try {
    return await wire.read(parseServerFlight);
  } catch (error) {
    if (!(error instanceof ConversationError)) throw error;
    const isRefusal = error.ending === 'closed' || error.ending === 'reset';
    return { verdict: isRefusal ? 'refused' : 'unknown', evidence: `${error.message} when offered TLS 1.0 and 1.1` };
  }
}

/**
 * The server's answer. It has accepted an old version once its part of the handshake is complete: some begin, and
 * then fail to sign with the hashes that old versions need.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4346#section-7.3
 */
export function parseServerFlight(bytes: Buffer): Parsed<OldTlsAnswer> {
  const { handshake, alert, length, ending } = readRecords(bytes);
  const answer = readMessages(handshake, length);
  if (answer.kind !== 'incomplete' || alert === undefined) return answer.kind === 'incomplete' ? ending : answer;
  return value({ verdict: 'refused', evidence: `answers TLS 1.0 and 1.1 with alert ${alertName(alert)}` }, length);
}

interface Records {
  /** The handshake messages, one after the other. */
  readonly handshake: Buffer;
  /** The alert that ends the records, if one does. */
  readonly alert?: number;
  /** How many bytes were read. */
  readonly length: number;
  readonly ending: Parsed<never>;
}

function readRecords(bytes: Buffer): Records {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    if (bytes.length > at && !isRecord(bytes, at)) return found(parts, at, NOT_TLS);
    if (bytes.length < at + 5) return found(parts, at, INCOMPLETE);
    const end = at + 5 + bytes.readUInt16BE(at + 3);
    if (end === at + 5 || end > at + 5 + LONGEST_RECORD) return found(parts, at, NOT_TLS);
    if (bytes.length < end) return found(parts, at, INCOMPLETE);
    const body = bytes.subarray(at + 5, end);
    if (bytes[at] === ALERT && body[0] !== WARNING) {
      return { ...found(parts, end, INCOMPLETE), alert: body[1] ?? 0 };
    }
    if (bytes[at] === HANDSHAKE) parts.push(body);
    at = end;
  }
}

function found(parts: readonly Buffer[], length: number, ending: Parsed<never>): Records {
  return { handshake: Buffer.concat(parts), length, ending };
}

function readMessages(bytes: Buffer, length: number): Parsed<OldTlsAnswer> {
  let version: string | undefined;
  for (let at = 0; bytes.length >= at + 4; ) {
    const type = bytes[at];
    const end = at + 4 + bytes.readUIntBE(at + 1, 3);
    if (end > LONGEST_FLIGHT || (version === undefined && type !== SERVER_HELLO)) return NOT_TLS;
    if (type === SERVER_HELLO_DONE) return value({ verdict: 'accepted', evidence: `speaks ${version}` }, length);
    if (bytes.length < end) return INCOMPLETE;
    if (type === SERVER_HELLO) {
      if (end < at + 6) return NOT_TLS;
      version = VERSIONS[bytes.readUInt16BE(at + 4)];
      if (!version) return malformed('chooses a TLS version that was not offered');
    }
    at = end;
  }
  return INCOMPLETE;
}

const ALERT = 21;
const HANDSHAKE = 22;
const LONGEST_RECORD = 0x4800;
const WARNING = 1;
const SERVER_HELLO = 2;
const SERVER_HELLO_DONE = 14;
const VERSIONS: Record<number, string> = { 768: 'SSL 3.0', 769: 'TLS 1.0', 770: 'TLS 1.1' };
const NOT_TLS = malformed('does not answer with TLS');

function isRecord(bytes: Buffer, at: number): boolean {
  const isKnown = bytes[at] >= 20 && bytes[at] <= 23;
  return isKnown && (bytes.length === at + 1 || bytes[at + 1] === 3);
}

function alertName(description: number): string {
  return ALERTS[description] ?? `${description}`;
}

// https://www.iana.org/assignments/tls-parameters#tls-parameters-6
const ALERTS: Record<number, string> = {
  0: 'close_notify',
  10: 'unexpected_message',
  40: 'handshake_failure',
  47: 'illegal_parameter',
  70: 'protocol_version',
  71: 'insufficient_security',
  80: 'internal_error',
  86: 'inappropriate_fallback',
  112: 'unrecognized_name',
};
