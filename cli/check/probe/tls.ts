import { certificateFacts } from '../certificate-facts';
import type { ConversationError } from '../connection/conversation-error';
import type { TlsSession } from '../connection/tls-session';
import type { TlsOpened, TlsSeen } from '../observation';
import { type Endpoint, NoTlsError, onConnection, onEnding, openSession } from './endpoint';

/** Opens TLS as a client of today does; where that fails, as one of yesterday would. */
export function lookAtTls(endpoint: Endpoint): Promise<TlsSeen> {
  return tryTls(endpoint, false).catch(
    onEnding((error) => {
      const failed = tlsFailed(error);
      if (error instanceof NoTlsError || error.ending === 'timed-out') return failed;
      return tryTls(endpoint, true).catch(onEnding(() => failed));
    }),
  );
}

async function tryTls(endpoint: Endpoint, lenient: boolean): Promise<TlsOpened> {
  return onConnection(endpoint.target, async (connection) =>
    tlsOpened(await openSession(endpoint, connection, lenient), endpoint.serverName, lenient),
  );
}

function tlsOpened(session: TlsSession, serverName: string, lenient: boolean): TlsOpened {
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
  return { opened: false, reason: error.message, hasNoTls: error instanceof NoTlsError };
}
