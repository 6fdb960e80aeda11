import { familyOf } from '../../../lib/clients/families';
import type { DatabaseEngine } from '../../../lib/engine/database-engine';
import { TlsHandshake } from '../../../lib/engine/tls-handshake';
import type { Judge } from './finding';

export const tls: Judge = ({ request: { engine, port }, tls: seen, addresses }) => {
  if (!seen) return addresses.some(({ failure }) => !failure) ? unchecked(engine) : undefined;
  if (!seen.opened && (seen.remedy !== undefined || seen.clientCertificate)) {
    const remedy = seen.remedy ?? 'Check again once clients without a certificate are accepted.';
    return { status: 'unknown', detail: `nothing was proven: the server ${seen.reason}`, remedy };
  }
  if (!seen.opened) {
    return { status: 'failed', detail: `the server ${seen.reason}`, remedy: remedyFor(engine, port, seen.hasNoTls) };
  }
  const detail = `${seen.version}, ${seen.cipher}`;
  if (!seen.lenient) return { status: 'ok', detail };
  return {
    status: 'failed',
    detail: `${detail}, but only for clients that allow old versions or small keys`,
    remedy: 'Enable TLS 1.2 and 1.3 on the server, with keys of current size.',
  };
};

function remedyFor(engine: DatabaseEngine, port: number, hasNoTls: boolean): string {
  const setting = familyOf(engine)?.tlsSettings;
  if (hasNoTls) return `Give ${engine.displayName} a certificate and enable TLS${setting ? `: ${setting}` : ''}.`;
  if (port !== engine.tlsPort)
    return `Check whether this is the TLS port: for ${engine.displayName} that is usually ${engine.tlsPort}.`;
  return `Check whether ${engine.displayName} listens on this port with TLS.`;
}

/** An engine that negotiates TLS inside its own protocol is not treated as one without TLS. */
function unchecked({ displayName, handshake, _negotiation }: DatabaseEngine): ReturnType<Judge> {
  return handshake === TlsHandshake.NEGOTIATED && _negotiation === undefined
    ? {
        status: 'unknown',
        detail: `nothing was proven: it is unknown how clients for ${displayName} negotiate TLS`,
        remedy: 'Connect with a client that verifies the certificate, and with one that does not use TLS.',
      }
    : undefined;
}
