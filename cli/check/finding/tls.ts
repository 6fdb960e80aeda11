import { familyOf } from '../../../lib/clients/families';
import type { DatabaseEngine } from '../../../lib/engine/database-engine';
import { TlsHandshake } from '../../../lib/engine/tls-handshake';
import type { Judge } from './finding';

export const tls: Judge = ({ request: { engine, port }, tls: seen, addresses }) => {
  if (!seen) return addresses.some(({ failure }) => !failure) ? unchecked(engine) : undefined;
  if (!seen.opened && (seen.remedy !== undefined || seen.clientCertificate)) {
    const remedy = seen.remedy ?? 'Check again once a client without a certificate gets in.';
    return { status: 'unknown', detail: `nothing was proven: the server ${seen.reason}`, remedy };
  }
  if (!seen.opened) {
    return { status: 'failed', detail: `the server ${seen.reason}`, remedy: remedyFor(engine, port, seen.hasNoTls) };
  }
  const detail = `${seen.version}, ${seen.cipher}`;
  if (!seen.lenient) return { status: 'ok', detail };
  return {
    status: 'failed',
    detail: `${detail}: only for clients that allow old versions or small keys`,
    remedy: 'Let the server speak TLS 1.2 and 1.3, with keys of today.',
  };
};

function remedyFor(engine: DatabaseEngine, port: number, hasNoTls: boolean): string {
  const setting = familyOf(engine)?.tlsSettings;
  if (hasNoTls) return `Give ${engine.displayName} a certificate and turn TLS on${setting ? `: ${setting}` : ''}.`;
  if (port !== engine.tlsPort)
    return `Look whether this port is the one for TLS: with ${engine.displayName} that is usually ${engine.tlsPort}.`;
  return `Look whether ${engine.displayName} listens on this port, with TLS.`;
}

/** What negotiates TLS in a protocol of its own is not taken for an engine without TLS. */
function unchecked({ displayName, handshake, _negotiation }: DatabaseEngine): ReturnType<Judge> {
  return handshake === TlsHandshake.NEGOTIATED && _negotiation === undefined
    ? {
        status: 'unknown',
        detail: `nothing was proven: it is not known how clients of ${displayName} negotiate TLS`,
        remedy: 'Connect with a client that verifies the certificate, and with one that does without TLS.',
      }
    : undefined;
}
