import type { Dialect, ImmediateDialect } from '../../../lib/engine/catalogue';
import { serverText } from '../../server-text';

/**
 * What a client of an engine that opens with TLS would say without it, and how the engine answers that. None of these
 * questions carries a login.
 */
export interface Greeting {
  readonly question: Buffer;
  /** The question for a server that looks at the name it is asked by. */
  readonly questionFor?: (serverName: string) => Buffer;
  /** How many bytes of an answer it takes to recognise it. */
  readonly enough: number;
  /** Whether the bytes begin an answer in the engine's own protocol. */
  readonly isAnswer: (bytes: Buffer) => boolean;
  /** Whether servers with certain settings hang up on the question, which then says nothing about certificates. */
  readonly isTakenAmiss?: boolean;
}

const RESP: Greeting = { question: Buffer.from('PING\r\n'), enough: 2, isAnswer: startsWith(/^[+\-$:*]/) };

const REQUEST_ID = 0x0ddba11;
const MONGODB: Greeting = {
  question: isMasterQuery(),
  enough: 16,
  isAnswer: (bytes) => bytes.readUInt32LE(8) === REQUEST_ID,
};

const HTTP: Greeting = {
  question: httpQuestion('localhost'),
  questionFor: httpQuestion,
  enough: 12,
  isAnswer: startsWith(/^HTTP\/1\.\d \d{3}/),
};

/** The greeting of every engine of the catalogue whose clients open with TLS. */
export const GREETINGS: Readonly<Record<ImmediateDialect, Greeting>> = {
  redis: RESP,
  valkey: RESP,
  memcached: {
    question: Buffer.from('version\r\n'),
    enough: 5,
    isAnswer: startsWith(/^(VERSI|ERROR|CLIEN|SERVE)/),
    // With SASL it speaks its binary protocol only.
    isTakenAmiss: true,
  },
  mongodb: MONGODB,
  documentdb: MONGODB,
  elasticsearch: HTTP,
  opensearch: HTTP,
  couchdb: HTTP,
  influxdb: HTTP,
  neptune: HTTP,
  'clickhouse-http': HTTP,
  // The native port answers HTTP with an HTTP error that says which port it is.
  clickhouse: HTTP,
  // The answer is a method frame on channel 0, or the version that the server wants.
  // https://www.rabbitmq.com/resources/specs/amqp0-9-1.pdf, 4.2
  rabbitmq: {
    question: Buffer.from('AMQP\0\0\x09\x01', 'latin1'),
    enough: 4,
    isAnswer: (bytes) => bytes.toString('latin1', 0, 4) === 'AMQP' || bytes.readUIntBE(0, 3) === 0x01_00_00,
  },
  // An OPTIONS frame of the native protocol v4; answers carry the highest bit in their version.
  cassandra: {
    question: Buffer.from([4, 0, 0, 0, 5, 0, 0, 0, 0]),
    enough: 9,
    isAnswer: (bytes) => (bytes[0] & 0xf8) === 0x80,
  },
  // A TNS CONNECT that asks the listener whether it is there; it accepts, refuses, redirects or asks again.
  oracle: {
    question: tnsPing(),
    enough: 8,
    isAnswer: (bytes) => bytes[0] < 0x20 && [2, 4, 5, 11].includes(bytes[4]),
  },
};

/** The greeting of an engine; a custom one is asked nothing that its protocol knows. */
export function greetingOf(dialect: Dialect | undefined): Greeting | undefined {
  const greetings: Partial<Record<Dialect, Greeting>> = GREETINGS;
  return dialect && greetings[dialect];
}

/** What an answer tells; `more` where it is too short to tell. */
export type GreetingVerdict = 'plaintext' | 'tls' | 'http-refusal' | 'other' | 'more';

/** Judges what came back so far; `isOver` says that no more will come. */
export function judgeGreeting(greeting: Greeting | undefined, bytes: Buffer, isOver: boolean): GreetingVerdict {
  const enough = greeting?.enough ?? 2;
  if (isTlsRecord(bytes)) return 'tls';
  if (bytes.length < enough) return isOver ? 'other' : 'more';
  if (!greeting?.isAnswer(bytes)) return 'other';
  // A refusal says so in its headers or in its text, and then ends the connection, as the question asks.
  if (!/^HTTP\/1\.\d [34]/.test(bytes.toString('latin1', 0, enough))) return 'plaintext';
  if (HTTP_REFUSAL.test(bytes.toString('latin1'))) return 'http-refusal';
  return isOver || bytes.length >= LONGEST_HTTP ? 'plaintext' : 'more';
}

/** What an answer over TLS says of the client's certificate; `more` where it is too short to tell. */
export type SecureVerdict = { readonly type: 'served' | 'more' } | { readonly type: 'demand'; readonly words: string };

/**
 * Judges what came back over TLS so far. nginx, Apache and IIS finish the handshake without a certificate, and demand
 * one in HTTP; any other answer is one that a client without a certificate gets.
 */
export function judgeSecureAnswer(bytes: Buffer, isOver: boolean): SecureVerdict {
  const text = bytes.toString('latin1');
  const isShort = text.length === 0 || (text.length < 12 && text.startsWith('HTTP/1.'.slice(0, text.length)));
  if (isShort && !isOver) return { type: 'more' };
  if (!/^HTTP\/1\.\d (400|403|49[56])/.test(text)) return { type: 'served' };
  const [words] = HTTP_CERTIFICATE_DEMAND.exec(text) ?? [];
  if (words !== undefined) return { type: 'demand', words };
  return { type: isOver || bytes.length >= LONGEST_HTTP ? 'served' : 'more' };
}

/** The bytes as evidence. */
export function shown(bytes: Buffer): string {
  return `'${serverText(bytes.toString('latin1'), 60)}'`;
}

const LONGEST_HTTP = 4096;

/** How nginx, Apache and Go answer HTTP on a TLS port, in plaintext; or a redirect of theirs to HTTPS. */
const HTTP_REFUSAL = /HTTPS port|SSL-enabled server port|HTTPS server|upgrade required|\nlocation: https:/i;

/** How nginx, IIS and Apache say it. */
const HTTP_CERTIFICATE_DEMAND =
  /[^\r\n<>]{0,200}((ssl|tls|client)[ -]certificate|post-handshake authentication)[^\r\n<>]{0,200}/i;

/** An alert or any other record: the server speaks TLS, and did not like what it read. */
function isTlsRecord(bytes: Buffer): boolean {
  return bytes.length >= 2 && bytes[0] >= 20 && bytes[0] <= 23 && bytes[1] === 3;
}

function startsWith(pattern: RegExp): (bytes: Buffer) => boolean {
  return (bytes) => pattern.test(bytes.toString('latin1', 0, 16));
}

/** OP_QUERY with isMaster: the one command that every version still takes in the old format. */
function isMasterQuery(): Buffer {
  const document = Buffer.from('\x13\0\0\0\x10isMaster\0\x01\0\0\0\0', 'latin1');
  const body = Buffer.concat([Buffer.alloc(4), Buffer.from('admin.$cmd\0'), Buffer.alloc(4), int32(-1), document]);
  return Buffer.concat([int32(16 + body.length), int32(REQUEST_ID), int32(0), int32(2004), body]);
}

function int32(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(number);
  return bytes;
}

function tnsPing(): Buffer {
  const data = Buffer.from('(CONNECT_DATA=(COMMAND=ping))');
  const head = Buffer.alloc(58);
  head.writeUInt16BE(head.length + data.length, 0);
  head.writeUInt8(1, 4); // CONNECT
  head.writeUInt16BE(310, 8); // version
  head.writeUInt16BE(300, 10); // oldest version to talk to
  head.writeUInt16BE(2048, 14); // session data unit
  head.writeUInt16BE(0x7fff, 16); // transport data unit
  head.writeUInt16BE(0x7f08, 18); // characteristics of the transport
  head.writeUInt16BE(1, 22); // byte order
  head.writeUInt16BE(data.length, 24);
  head.writeUInt16BE(head.length, 26);
  return Buffer.concat([head, data]);
}

function httpQuestion(host: string): Buffer {
  // Nothing that a name may not hold gets into the request.
  const header = /^[\w.-]+$/.test(host) ? host : 'localhost';
  return Buffer.from(`GET / HTTP/1.1\r\nHost: ${header}\r\nConnection: close\r\n\r\n`);
}
