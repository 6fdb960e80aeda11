import { TlsHandshake } from '../../../lib/engine/tls-handshake';
import type { Judge } from './finding';

const STATUS = { refused: 'ok', accepted: 'failed', unknown: 'unknown' } as const;

/** TLS 1.0 and 1.1 are not to be spoken any more. https://www.rfc-editor.org/rfc/rfc8996 */
export const oldTls: Judge = ({ request: { engine }, tls, oldTls: seen }) => {
  // If new TLS is not accepted, a refusal of old TLS proves nothing.
  if (!seen || (!tls?.opened && seen.verdict !== 'accepted')) return undefined;
  const finding = { status: STATUS[seen.verdict], detail: `the server ${seen.evidence}` };
  if (seen.verdict !== 'accepted') return finding;
  const atListener =
    engine.handshake === TlsHandshake.IMMEDIATE
      ? ' If the load balancer terminates TLS, use TlsPolicy.RECOMMENDED.'
      : '';
  return { ...finding, remedy: `Let ${engine.displayName} speak TLS 1.2 and 1.3 only.${atListener}` };
};
