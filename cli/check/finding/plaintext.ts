import type { DatabaseEngine } from '../../../lib/engine/database-engine';
import type { Judge } from './finding';

/** Whether the server refuses clients without TLS: a listener that passes TLS through passes plaintext through too. */
export const plaintext: Judge = ({ request: { engine }, plaintext: seen }) => {
  if (!seen) return undefined;
  const detail = `the server ${seen.evidence}`;
  switch (seen.verdict) {
    case 'refused':
      return { status: 'ok', detail };
    case 'accepted':
      return { status: 'failed', detail, remedy: `Make ${engine.displayName} refuse plaintext${how(engine)}.` };
    default:
      return { status: 'unknown', detail, remedy: seen.remedy ?? `Check the server itself${how(engine)}.` };
  }
};

function how({ _plaintextRefusal }: DatabaseEngine): string {
  return _plaintextRefusal ? `: ${_plaintextRefusal}` : '';
}
