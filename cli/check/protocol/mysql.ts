import { serverText } from '../../server-text';
import {
  type LoginAnswer,
  loginRequest,
  type Opening,
  parseLoginAnswer,
  parseOpening,
  type ServerError,
  sslRequest,
} from './mysql-packets';
import { MADE_UP_USER, type PlaintextAnswer, type Protocol } from './protocol';
import { mysqlRemedy, type Refusal } from './refusal';

/** MySQL, MariaDB and Aurora MySQL: the server speaks first. */
export const mysql: Protocol = {
  loginDeadline: 'connect_timeout, 10 seconds by default',

  startTls: async (wire) => {
    const opening = await wire.read(parseOpening);
    if (opening.type === 'error') return { ready: false, ...refusal(opening.error) };
    if (!opening.offersTls) return { ready: false, reason: `offers no TLS (version ${serverText(opening.version)})` };
    const transport = wire.handOver();
    wire.send(sslRequest());
    return { ready: true, transport };
  },

  tryPlaintext: async ({ plain }) => {
    const wire = await plain();
    const verdict = judgeOpening(await wire.read(parseOpening));
    if (verdict) return verdict;
    wire.send(loginRequest(MADE_UP_USER));
    return judgeLogin(await wire.read(parseLoginAnswer));
  },
};

/** What the greeting by itself says about plaintext. */
export function judgeOpening(opening: Opening): PlaintextAnswer | undefined {
  if (opening.type === 'error') {
    const { reason, remedy } = refusal(opening.error);
    return { verdict: 'unknown', evidence: reason, remedy };
  }
  if (opening.offersTls) return undefined;
  return { verdict: 'accepted', evidence: 'offers no TLS, so every client connects in plaintext' };
}

/**
 * What the answer to a made-up login tells. MySQL and MariaDB look at `require_secure_transport` only once the
 * password is right, so their "access denied" tells nothing; proxies in front of them look at once.
 *
 * @see https://github.com/mysql/mysql-server/blob/8.0/sql/auth/sql_authentication.cc (acl_authenticate)
 */
export function judgeLogin(answer: LoginAnswer): PlaintextAnswer {
  if (answer.type === 'ok')
    return { verdict: 'accepted', evidence: 'lets anybody in, without TLS and without a password' };
  if (
    answer.type === 'error' &&
    (answer.error.code === SECURE_TRANSPORT_REQUIRED || DEMANDS_TLS.test(answer.error.text))
  ) {
    return { verdict: 'refused', evidence: `answers: ${quote(answer.error)}` };
  }
  return { verdict: 'unknown', evidence: 'shows only after a login whether it requires TLS' };
}

// https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html#error_er_secure_transport_required
const SECURE_TRANSPORT_REQUIRED = 3159;
const DEMANDS_TLS =
  /(ssl|tls)\b[^.]*\brequired|(require[sd]?|must use)\b[^.]*\b(ssl|tls)|insecure (transport|connection)/i;

function refusal(error: ServerError): Refusal {
  return { reason: `rejects clients before TLS: ${quote(error)}`, remedy: mysqlRemedy(error.code) };
}

function quote({ code, text }: ServerError): string {
  return serverText(`${text} [${code}]`);
}
