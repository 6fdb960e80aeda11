import type { Wire } from '../connection/wire';
import { serverText } from '../server-text';
import {
  type Message,
  parseMessage,
  parseSslAnswer,
  type ServerError,
  SSL_REQUEST,
  startupMessage,
  TERMINATE,
} from './postgresql-messages';
import { MADE_UP_USER, type PlaintextAnswer, type Protocol } from './protocol';

/** PostgreSQL and everything that speaks its protocol: Aurora, Redshift, poolers. */
export const postgresql: Protocol = {
  opening: () => SSL_REQUEST,
  loginDeadline: 'authentication_timeout, 60 seconds by default',

  startTls: async (wire) => {
    wire.send(SSL_REQUEST);
    const answer = await wire.read(parseSslAnswer);
    if (answer === 'yes') return { ready: true, transport: wire.handOver() };
    return { ready: false, reason: answer === 'no' ? 'offers no TLS' : `answers with an error: ${quote(answer)}` };
  },

  tryPlaintext: async ({ plain, encrypted }) => {
    const answer = await askForLogin(await plain());
    const verdict = judgePlaintext(answer);
    if (verdict !== 'compare') return verdict;
    return judgeComparison(answer, await askForLogin(await encrypted()).catch(() => undefined));
  },
};

/** What the first answer to a login without TLS means; `compare` where the same over TLS must tell. */
export function judgePlaintext(answer: Message): PlaintextAnswer | 'compare' {
  if (answer.type === 'authentication') {
    return {
      verdict: 'accepted',
      evidence:
        answer.method === 0
          ? 'lets anybody in, without TLS and without a password'
          : `asks for a password without TLS${METHODS[answer.method] ? ` (${METHODS[answer.method]})` : ''}`,
    };
  }
  const { error } = answer;
  if (DEMANDS_TLS.test(error.text)) return { verdict: 'refused', evidence: `answers: ${quote(error)}` };
  if (/^(53|57)/.test(error.sqlState)) return { verdict: 'unknown', evidence: `is not in service: ${quote(error)}` };
  if (isPastTheGate(error)) return { verdict: 'accepted', evidence: `lets a login without TLS begin: ${quote(error)}` };
  return 'compare';
}

/**
 * A server that turns a made-up login away may do so because of the missing TLS, or because of the login. The same
 * login over TLS tells them apart.
 */
export function judgeComparison(plain: Message, encrypted: Message | undefined): PlaintextAnswer {
  const said = plain.type === 'error' ? quote(plain.error) : '';
  if (encrypted?.type === 'authentication') {
    return { verdict: 'refused', evidence: `turns away without TLS the login that it lets begin with TLS: ${said}` };
  }
  return {
    verdict: 'unknown',
    evidence: `turns a made-up login away with and without TLS, so its rules name users or databases: ${said}`,
  };
}

async function askForLogin(wire: Wire): Promise<Message> {
  wire.send(startupMessage(MADE_UP_USER));
  const answer = await wire.read(parseMessage);
  wire.send(TERMINATE);
  return answer;
}

// https://www.postgresql.org/docs/current/protocol-message-formats.html
const METHODS: Record<number, string> = { 3: 'in clear', 5: 'MD5', 7: 'GSSAPI', 9: 'SSPI', 10: 'SCRAM' };

/** Poolers and hosted databases say it in words. pg_hba.conf's "no encryption" says only how the client came. */
const DEMANDS_TLS = /(ssl|tls|encryption)\b[^.]*\brequire|require[sd]?\b[^.]*\b(ssl|tls|encrypt)|insecure/i;

/** Errors that come only after the rules of pg_hba.conf let the connection pass. */
function isPastTheGate({ sqlState, routine }: ServerError): boolean {
  return (
    sqlState === '28P01' || sqlState === '3D000' || routine === 'InitializeSessionUserId' || routine === 'auth_failed'
  );
}

function quote({ sqlState, text }: ServerError): string {
  return serverText(`${text} [${sqlState}]`);
}
