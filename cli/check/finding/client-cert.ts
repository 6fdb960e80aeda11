import type { DatabaseEngine } from '../../../lib/engine/database-engine';
import type { Judge } from './finding';

/** Whether the server serves clients that have no certificate of their own. */
export const clientCert: Judge = ({ request: { engine }, tls }) => {
  const seen = tls?.clientCertificate;
  if (!seen) return undefined;
  const detail = `the server ${seen.evidence}`;
  switch (seen.verdict) {
    case 'not-demanded':
      return { status: 'ok', detail };
    case 'demanded':
      return { status: 'failed', detail, remedy: `${certificateFor(engine)}.` };
    case 'hangs-up':
      return {
        status: 'failed',
        detail: `${detail}, as servers do that demand a certificate of the client`,
        remedy: `Look whether the load balancer has healthy targets, and at the log of the server. If that is the reason: ${certificateFor(engine)}.`,
      };
    default:
      return { status: 'unknown', detail, remedy: seen.remedy ?? 'Look at the log of the server.' };
  }
};

function certificateFor({ displayName, _dialect }: DatabaseEngine): string {
  const setting = _dialect && SETTINGS[_dialect];
  return `give every client a certificate (and its key) of a CA that the server trusts, or let ${displayName} serve clients without one${setting ? `: ${setting}` : ''}`;
}

/** The words to look up in the engine's manual. */
const SETTINGS: Readonly<Record<string, string>> = {
  postgresql: 'clientcert and the method cert in pg_hba.conf',
  redis: 'tls-auth-clients no (or optional) in redis.conf',
  valkey: 'tls-auth-clients no (or optional) in valkey.conf',
  memcached: 'ssl_verify_mode',
  mongodb: 'net.tls.allowConnectionsWithoutCertificates in mongod.conf',
  elasticsearch: 'xpack.security.http.ssl.client_authentication',
  opensearch: 'plugins.security.ssl.http.clientauth_mode',
  rabbitmq: 'ssl_options.fail_if_no_peer_cert in rabbitmq.conf',
  clickhouse: 'openSSL.server.verificationMode',
  'clickhouse-http': 'openSSL.server.verificationMode',
  cassandra: 'client_encryption_options.require_client_auth in cassandra.yaml',
  oracle: 'SSL_CLIENT_AUTHENTICATION in sqlnet.ora and listener.ora',
};
