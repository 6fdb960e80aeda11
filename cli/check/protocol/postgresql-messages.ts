import { INCOMPLETE, malformed, type Parsed, value } from '../connection/parsed';

// https://www.postgresql.org/docs/current/protocol-message-formats.html

export const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);
export const TERMINATE = Buffer.from([0x58, 0, 0, 0, 4]);

/** What a server says before a login is done. */
export type Message =
  | { readonly type: 'authentication'; readonly method: number }
  | { readonly type: 'error'; readonly error: ServerError };

export interface ServerError {
  readonly sqlState: string;
  readonly text: string;
  /** The function of the server that raised it: the one part of an error that is never translated. */
  readonly routine: string;
}

/** Asks for a login, without a password: those are only ever sent when the server asks for them. */
export function startupMessage(user: string): Buffer {
  const parameters = Buffer.from(`user\0${user}\0database\0${user}\0\0`);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(head.length + parameters.length, 0);
  head.writeUInt32BE(0x0003_0000, 4);
  return Buffer.concat([head, parameters]);
}

/** The answer to an SSLRequest: one letter, or the error of a server that is too busy to negotiate. */
export function parseSslAnswer(bytes: Buffer): Parsed<'yes' | 'no' | ServerError> {
  switch (letter(bytes)) {
    case '':
      return INCOMPLETE;
    case 'S':
      return value('yes', 1);
    case 'N':
      return value('no', 1);
    case 'E': {
      if (isBareError(bytes)) return parseBareError(bytes);
      const message = parseMessage(bytes);
      if (message.kind !== 'value') return message;
      return message.value.type === 'error' ? value(message.value.error, message.length) : NOT_POSTGRESQL;
    }
    default:
      return NOT_POSTGRESQL;
  }
}

/** The first message that tells anything: notices and the negotiation of minor versions are passed over. */
export function parseMessage(bytes: Buffer, offset = 0): Parsed<Message> {
  const type = letter(bytes, offset);
  if (type !== '' && !'RENv'.includes(type)) return NOT_POSTGRESQL;
  if (bytes.length < offset + 5) return INCOMPLETE;
  const end = offset + 1 + bytes.readUInt32BE(offset + 1);
  if (end < offset + 5 || end > offset + LONGEST_MESSAGE) {
    return malformed(`announces a message of ${end - offset - 1} bytes before any login`);
  }
  if (bytes.length < end) return INCOMPLETE;
  const body = bytes.subarray(offset + 5, end);
  switch (type) {
    case 'R':
      if (body.length < 4) return NOT_POSTGRESQL;
      return value({ type: 'authentication', method: body.readUInt32BE(0) }, end);
    case 'E':
      return value({ type: 'error', error: parseError(body) }, end);
    default:
      return parseMessage(bytes, end);
  }
}

/**
 * Where the server cannot start a process for the connection, it writes the oldest form of an error, which has no
 * length: its second byte is a letter.
 *
 * @see https://github.com/postgres/postgres/blob/REL_16_STABLE/src/backend/postmaster/postmaster.c (report_fork_failure_to_client)
 */
function isBareError(bytes: Buffer): boolean {
  return bytes.length > 1 && bytes[1] >= 0x20 && bytes[1] < 0x7f;
}

function parseBareError(bytes: Buffer): Parsed<ServerError> {
  const end = bytes.indexOf(0);
  if (end < 0) return bytes.length > LONGEST_MESSAGE ? NOT_POSTGRESQL : INCOMPLETE;
  return value({ sqlState: '', text: bytes.toString('utf8', 1, end), routine: '' }, end + 1);
}

const LONGEST_MESSAGE = 8 * 1024;
const NOT_POSTGRESQL = malformed('does not answer like PostgreSQL');

function letter(bytes: Buffer, offset = 0): string {
  return bytes.toString('latin1', offset, offset + 1);
}

function parseError(body: Buffer): ServerError {
  const fields = body
    .toString('utf8', 0, 2000)
    .split('\0')
    .map((field): [string, string] => [field.slice(0, 1), field.slice(1)]);
  const { C = '', M = '', R = '' } = Object.fromEntries(fields);
  return { sqlState: C, text: M, routine: R };
}
