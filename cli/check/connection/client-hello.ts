import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';

/** What to offer. */
export interface HelloOptions {
  /** The newest version on offer. TLS 1.1 makes an offer of TLS 1.0 and 1.1. */
  readonly newest: 'TLSv1.1' | 'TLSv1.2';
  readonly serverName: string;
}

/**
 * A ClientHello, written by hand: OpenSSL, as it comes with Node or with an operating system, may be built or
 * configured never to offer old versions, and a probe that silently offers new ones would call every server safe.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4346#section-7.4.1.2
 */
export function clientHello({ newest, serverName }: HelloOptions): Buffer {
  const extensions = [
    ...(isIP(serverName) ? [] : [extension(0, serverNameList(serverName))]),
    extension(10, vector(2, numbers(GROUPS))),
    extension(11, vector(1, Buffer.from([0]))),
    ...(newest === 'TLSv1.2' ? [extension(13, vector(2, numbers(SIGNATURE_SCHEMES)))] : []),
  ];
  const body = Buffer.concat([
    numbers([newest === 'TLSv1.2' ? 0x0303 : 0x0302]),
    randomBytes(32),
    vector(1, Buffer.alloc(0)), // no session to resume
    vector(2, numbers([...(newest === 'TLSv1.2' ? AEAD_SUITES : []), ...OLD_SUITES])),
    vector(1, Buffer.from([0])), // no compression
    vector(2, Buffer.concat(extensions)),
  ]);
  const handshake = Buffer.concat([Buffer.from([1]), vector(3, body)]);
  return Buffer.concat([Buffer.from([22, 3, 1]), vector(2, handshake)]);
}

// https://www.iana.org/assignments/tls-parameters
const AEAD_SUITES = [0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0x009e, 0x009c, 0x009d];
/** CBC and RC4 with every key exchange that certificates allow; the last one says that renegotiation is secure. */
const OLD_SUITES = [
  0xc009, 0xc00a, 0xc013, 0xc014, 0x0033, 0x0039, 0x002f, 0x0035, 0xc008, 0xc012, 0x0016, 0x000a, 0xc007, 0xc011,
  0x0005, 0x0004, 0x00ff,
];
const GROUPS = [0x001d, 0x0017, 0x0018, 0x0019];
const SIGNATURE_SCHEMES = [0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601];

function serverNameList(name: string): Buffer {
  return vector(2, Buffer.concat([Buffer.from([0]), vector(2, Buffer.from(name))]));
}

function extension(type: number, data: Buffer): Buffer {
  return Buffer.concat([numbers([type]), vector(2, data)]);
}

function numbers(values: readonly number[]): Buffer {
  return Buffer.from(values.flatMap((number) => [number >> 8, number & 0xff]));
}

/** Bytes behind their own length. */
function vector(lengthBytes: number, data: Buffer): Buffer {
  const length = Buffer.alloc(lengthBytes);
  length.writeUIntBE(data.length, 0, lengthBytes);
  return Buffer.concat([length, data]);
}
