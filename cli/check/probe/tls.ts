import { certificateFacts } from '../certificate-facts';
import type { ConversationError } from '../connection/conversation-error';
import { NoClientCertificateError, type TlsSession } from '../connection/tls-session';
import type { TlsOpened, TlsSeen } from '../observation';
import { demanded, lookAtClientCertificate } from './client-certificate';
import { type Endpoint, NoTlsError, onConnection, onEnding, openSession, TurnedAwayError } from './endpoint';

/** Opens TLS as a client of today does; where that fails, as one of yesterday would. */
export function lookAtTls(endpoint: Endpoint): Promise<TlsSeen> {
  return tryTls(endpoint, false).catch(
    onEnding((error) => {
      const failed = tlsFailed(error);
      if (isFinal(error)) return failed;
      return tryTls(endpoint, true).catch(onEnding(() => failed));
    }),
  );
}

async function tryTls(endpoint: Endpoint, lenient: boolean): Promise<TlsOpened> {
  return onConnection(endpoint.target, async (connection) => {
    const session = await openSession(endpoint, connection, lenient);
    const seen = tlsOpened(session, endpoint.serverName, lenient);
    return { ...seen, clientCertificate: await lookAtClientCertificate(endpoint, connection, session) };
  });
}

/** What no other offer of the client's would change. */
function isFinal(error: ConversationError): boolean {
  return (
    error instanceof NoTlsError ||
    error instanceof TurnedAwayError ||
    error instanceof NoClientCertificateError ||
    error.ending === 'timed-out'
  );
}

function tlsOpened(session: TlsSession, serverName: string, lenient: boolean): Omit<TlsOpened, 'clientCertificate'> {
  const { version, cipher, chainError, handshakeMs, certificate } = session;
  return {
    opened: true,
    version,
    cipher,
    lenient,
    handshakeMs,
    certificate: certificateFacts(certificate, serverName),
    ...(chainError === undefined ? {} : { chainError }),
  };
}

function tlsFailed(error: ConversationError): TlsSeen {
  return {
    opened: false,
    reason: error.message,
    hasNoTls: error instanceof NoTlsError,
    ...(error instanceof TurnedAwayError ? { remedy: error.remedy } : {}),
    ...(error instanceof NoClientCertificateError ? { clientCertificate: demanded(error) } : {}),
  };
}
