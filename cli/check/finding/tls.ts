import type { DatabaseEngine } from '../../../lib/engine/database-engine';
import type { Judge } from './finding';

export const tls: Judge = ({ request: { engine, port }, tls: seen }) => {
  if (!seen) return undefined;
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
  const setting = engine._dialect && TLS_SETTINGS[engine._dialect];
  if (hasNoTls) return `Give ${engine.displayName} a certificate and turn TLS on${setting ? `: ${setting}` : ''}.`;
  if (port !== engine.tlsPort)
    return `Look whether this port is the one for TLS: with ${engine.displayName} that is usually ${engine.tlsPort}.`;
  return `Look whether ${engine.displayName} listens on this port, with TLS.`;
}

/** The words to look up in the engine's manual. */
const TLS_SETTINGS: Record<string, string> = {
  postgresql: 'ssl, ssl_cert_file and ssl_key_file in postgresql.conf',
  mysql: 'ssl_cert and ssl_key in my.cnf',
  mariadb: 'ssl_cert and ssl_key in my.cnf',
};
