import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import type { Connection } from './connection';
import { ConversationError } from './conversation-error';

/** How to open TLS. */
export interface TlsOptions {
  readonly serverName: string;
  /** PEM of the only CAs to trust. */
  readonly authorities?: string;
  /** Offers what clients of today no longer offer: TLS 1.0 and 1.1, small keys. */
  readonly lenient?: boolean;
  readonly maxVersion?: 'TLSv1.2';
}

/** An open TLS connection. Nothing is refused here: whether to trust it is for others to judge. */
export interface TlsSession {
  readonly socket: TLSSocket;
  /** As Node writes it: `TLSv1.3`. */
  readonly version: string;
  readonly cipher: string;
  readonly certificate: X509Certificate;
  /** Why OpenSSL does not trust the chain; absent where it does. */
  readonly chainError?: string;
  readonly handshakeMs: number;
}

/** Resolves with a session, or rejects with a `ConversationError`; the deadline is the connection's. */
export function openTls(connection: Connection, transport: Duplex, options: TlsOptions): Promise<TlsSession> {
  const start = performance.now();
  const socket = connect({
    socket: transport,
    // https://www.rfc-editor.org/rfc/rfc6066#section-3 allows no addresses.
    servername: isIP(options.serverName) ? undefined : options.serverName,
    ca: options.authorities,
    // What is presented must be seen before it can be judged; no secret ever goes over this connection.
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
    maxVersion: options.maxVersion,
    ...(options.lenient ? { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } : { minVersion: 'TLSv1.2' }),
  });
  return new Promise((resolve, reject) => {
    // In TLS 1.2, keys exist once the server has said all that it says before it hears of the client's certificate.
    let isHalfDone = false;
    socket.on('keylog', (line: Buffer) => {
      isHalfDone ||= line.toString('latin1', 0, 14) === 'CLIENT_RANDOM ';
    });
    const fail = (error?: Error) => {
      socket.destroy();
      const failure = failureOf(connection, error);
      reject(isHalfDone && hasEnded(failure) ? new NoClientCertificateError(failure) : failure);
    };
    connection.socket.once('close', () => fail());
    socket.on('error', fail);
    socket.once('close', () => fail());
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerX509Certificate();
      if (!certificate) return fail(new ConversationError('malformed', 'shows no certificate'));
      const { authorizationError } = socket;
      resolve({
        socket,
        version: socket.getProtocol() ?? 'unknown',
        cipher: socket.getCipher().standardName ?? socket.getCipher().name,
        certificate,
        ...(authorizationError ? { chainError: String(authorizationError) } : {}),
        handshakeMs: performance.now() - start,
      });
    });
  });
}

/** A server that ends the handshake of TLS 1.2 when the client answers it without a certificate. */
export class NoClientCertificateError extends ConversationError {
  public constructor({ ending, message, alert }: ConversationError) {
    super(ending, message, alert);
  }
}

function hasEnded(failure: unknown): failure is ConversationError {
  if (!(failure instanceof ConversationError)) return false;
  return failure.alert === undefined
    ? failure.ending === 'closed' || failure.ending === 'reset'
    : isAboutCertificate(failure);
}

/** Whether the server's alert is one of those that answer a client without a certificate. */
export function isAboutCertificate({ alert = '' }: ConversationError): boolean {
  return CERTIFICATE_ALERTS.has(alert);
}

// https://www.rfc-editor.org/rfc/rfc8446#section-6.2; before TLS 1.3 there was no separate alert for it.
const CERTIFICATE_ALERTS = new Set([
  'CERTIFICATE_REQUIRED',
  'BAD_CERTIFICATE',
  'NO_CERTIFICATE',
  'UNSUPPORTED_CERTIFICATE',
  'CERTIFICATE_UNKNOWN',
  'UNKNOWN_CA',
  'ACCESS_DENIED',
  'HANDSHAKE_FAILURE',
]);

/** The connection knows why it ended; TLS on top of it sees only that it did. */
function failureOf(connection: Connection, error?: Error): unknown {
  const cause = ConversationError.of(connection.failure);
  if (cause?.ending === 'timed-out') return cause;
  if (!error) return connection.failure;
  // Node's word for a connection that ends during the handshake, whoever ended it.
  if ((error as NodeJS.ErrnoException).code === 'ECONNRESET')
    return new ConversationError('closed', 'closes the connection during the TLS handshake');
  return ConversationError.of(error) ?? error;
}
