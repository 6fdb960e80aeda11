import { serverText } from '../../server-text';
import type { Wire } from '../connection/wire';
import {
  type Message,
  parseMessage,
  parseSslAnswer,
  type ServerError,
  SSL_REQUEST,
  startupMessage,
  TERMINATE,
} from './postgresql-messages';
import {
  type ClientCertificateAnswer,
  MADE_UP_USER,
  NOT_DEMANDED,
  type PlaintextAnswer,
  type Protocol,
} from './protocol';
import { postgresqlRemedy } from './refusal';

/** PostgreSQL and everything that speaks its protocol: Aurora, CockroachDB, Redshift, poolers. */
export const postgresql: Protocol = {
  opening: () => SSL_REQUEST,
  loginDeadline: 'authentication_timeout, 60 seconds by default',

  startTls: async (wire) => {
    wire.send(SSL_REQUEST);
    const answer = await wire.read(parseSslAnswer);
    if (answer === 'yes') return { ready: true, transport: wire.handOver() };
    if (answer === 'no') return { ready: false, reason: 'offers no TLS' };
    const remedy = postgresqlRemedy(answer.sqlState, answer.text);
    return { ready: false, reason: `rejects clients before TLS: ${quote(answer)}`, remedy };
  },

  greet: async (wire) => judgeSecureLogin(await askForLogin(wire)),

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
  if (isOutOfService(error)) {
    const remedy = postgresqlRemedy(error.sqlState, error.text);
    return { verdict: 'unknown', evidence: `is not in service: ${quote(error)}`, remedy };
  }
  if (isPastTheGate(error))
    return { verdict: 'accepted', evidence: `accepts the start of a login without TLS: ${quote(error)}` };
  return 'compare';
}

/**
 * A server that turns a made-up login away may do so because of the missing TLS, or because of the login. The same
 * login over TLS tells them apart.
 */
export function judgeComparison(plain: Message, encrypted: Message | undefined): PlaintextAnswer {
  const said = plain.type === 'error' ? quote(plain.error) : '';
  if (encrypted?.type === 'authentication' || demandsCertificate(encrypted)) {
    return { verdict: 'refused', evidence: `rejects without TLS a login whose start it accepts with TLS: ${said}` };
  }
  return {
    verdict: 'unknown',
    evidence: `rejects a made-up login with and without TLS, so its rules name users or databases: ${said}`,
  };
}

/**
 * What the answer to a login over TLS tells about a certificate of the client. PostgreSQL asks every client for one
 * where it knows a CA, and looks at it only once a rule of pg_hba.conf wants it.
 *
 * @see https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/libpq/auth.c (ClientAuthentication)
 */
export function judgeSecureLogin(answer: Message): ClientCertificateAnswer {
  if (answer.type === 'error') {
    const { error } = answer;
    if (demandsCertificate(answer)) return { verdict: 'demanded', evidence: `answers: ${quote(error)}` };
    if (isOutOfService(error)) {
      const remedy = postgresqlRemedy(error.sqlState, error.text);
      return { verdict: 'unknown', evidence: `is not in service: ${quote(error)}`, remedy };
    }
  }
  return NOT_DEMANDED;
}

function demandsCertificate(answer: Message | undefined): boolean {
  return answer?.type === 'error' && /client certificate/i.test(answer.error.text);
}

async function askForLogin(wire: Wire): Promise<Message> {
  wire.send(startupMessage(MADE_UP_USER));
  const answer = await wire.read(parseMessage);
  wire.send(TERMINATE);
  return answer;
}

// https://www.postgresql.org/docs/current/protocol-message-formats.html
const METHODS: Record<number, string> = { 3: 'in plaintext', 5: 'MD5', 7: 'GSSAPI', 9: 'SSPI', 10: 'SCRAM' };

/** Poolers and hosted databases say it in words. pg_hba.conf's "no encryption" says only how the client came. */
const DEMANDS_TLS = /(ssl|tls|encryption)\b[^.]*\brequire|require[sd]?\b[^.]*\b(ssl|tls|encrypt)|insecure/i;

/**
 * Errors that come only after the rules of pg_hba.conf let the connection pass. CockroachDB does not ask an unknown user
 * for a password: it reports that there is no such user, under codes that differ by version.
 *
 * @see https://github.com/cockroachdb/cockroach/blob/master/pkg/sql/pgwire/auth.go (handleAuthentication)
 */
function isPastTheGate({ sqlState, routine, text }: ServerError): boolean {
  return (
    sqlState === '28P01' ||
    sqlState === '3D000' ||
    routine === 'InitializeSessionUserId' ||
    routine === 'auth_failed' ||
    text.startsWith('password authentication failed')
  );
}

function isOutOfService({ sqlState }: ServerError): boolean {
  return /^(53|57)/.test(sqlState);
}

function quote({ sqlState, text }: ServerError): string {
  return serverText(sqlState ? `${text} [${sqlState}]` : text);
}
