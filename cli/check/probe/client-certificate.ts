import type { Connection } from '../connection/connection';
import { ConversationError } from '../connection/conversation-error';
import { isAboutCertificate, type TlsSession } from '../connection/tls-session';
import { type ClientCertificateAnswer, NOT_DEMANDED } from '../protocol/protocol';
import { type Endpoint, onEnding } from './endpoint';

/**
 * Tells whether a server goes on with a client that has shown it no certificate. Whoever only asks for one goes on; in
 * TLS 1.3 whoever demands one says so after the handshake is done for the client.
 */
export async function lookAtClientCertificate(
  { protocol, serverName }: Endpoint,
  connection: Connection,
  session: TlsSession,
): Promise<ClientCertificateAnswer> {
  const wire = connection.wire(session.socket);
  try {
    await verdictOfServer(session, connection);
    return (await protocol.greet?.(wire, serverName)) ?? NOT_DEMANDED;
  } catch (error) {
    return onEnding(answerOf)(error);
  }
}

/**
 * Waits until a server that demands a certificate has had the time to say so. Before that nothing is sent: a server that
 * has ended the connection answers further bytes with a reset, which may overtake its alert.
 */
function verdictOfServer({ socket, version }: TlsSession, connection: Connection): Promise<void> {
  if (version !== 'TLSv1.3') return Promise.resolve();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, 4 * connection.connectMs + 250);
    let failure: unknown;
    // A session ticket is only given to a client that is accepted. It is read in the middle of a call of OpenSSL, in
    // which nothing can be sent.
    socket.once('session', () => setImmediate(resolve));
    socket.once('error', (error) => {
      failure = ConversationError.of(error) ?? error;
    });
    socket.once('close', () => {
      clearTimeout(timer);
      reject(failure ?? connection.failure);
    });
  });
}

function answerOf(error: ConversationError): ClientCertificateAnswer {
  if (isAboutCertificate(error)) return demanded(error);
  switch (error.ending) {
    case 'closed':
    case 'reset':
      return { verdict: 'hangs-up', evidence: `${error.message} after the TLS handshake, before serving the client` };
    default:
      return { verdict: 'unknown', evidence: `${error.message} after the TLS handshake` };
  }
}

/** What a server means that ends TLS because of the certificate that it was not shown. */
export function demanded({ alert, message }: ConversationError): ClientCertificateAnswer {
  const how = alert === undefined ? `${message} when` : `ends TLS with the alert ${alert.toLowerCase()} when`;
  return { verdict: 'demanded', evidence: `${how} the client presents no certificate` };
}
