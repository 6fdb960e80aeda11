import { familyOf } from '../../../lib/clients/families';
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
        detail: `${detail}, as servers do that require a client certificate`,
        remedy: `Check whether the load balancer has healthy targets, and read the server's log. If a missing client certificate is the reason: ${certificateFor(engine)}.`,
      };
    default:
      return { status: 'unknown', detail, remedy: seen.remedy ?? "Read the server's log." };
  }
};

function certificateFor(engine: DatabaseEngine): string {
  const { displayName } = engine;
  const setting = familyOf(engine)?.clientCertificateSettings;
  return `give every client a certificate (and its key) from a CA that the server trusts, or let ${displayName} serve clients without one${setting ? `: ${setting}` : ''}`;
}
