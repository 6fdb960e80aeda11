import { TlsHandshake } from '../engine/tls-handshake';
import type { Rule } from '../rules/rule';
import { isUnresolved } from '../tokens/unresolved';
import { knownParameter, urlForm } from './families';
import type { ConnectionUrlInput } from './write-url';

/**
 * What is refused about connection URLs.
 *
 * @internal
 */
export const URL_RULES: readonly Rule<ConnectionUrlInput>[] = [
  {
    name: 'UrlNotSupported',
    because: 'Some engines have no connection-URL format.',
    check: ({ engine }) =>
      engine.urlScheme
        ? undefined
        : {
            property: 'connectionUrl',
            reason: `has no form that clients for ${engine.displayName} understand`,
            remedy: 'Use hostname and port, and the TLS settings from the client guide.',
          },
  },
  {
    name: 'UrlNeedsTlsWrapper',
    because: 'If the listener terminates TLS, clients that negotiate it must wrap the connection themselves.',
    check: ({ engine, tls }) =>
      tls === 'terminate' && engine.handshake !== TlsHandshake.IMMEDIATE
        ? {
            property: 'connectionUrl',
            reason: `cannot say that the client of ${engine.displayName} goes through a TLS wrapper`,
            remedy: 'Use the wrapper from the client guide and connect to its local port.',
          }
        : undefined,
  },
  {
    name: 'UrlUserNotSupported',
    because: 'Some URLs have no place for a user.',
    check: ({ engine, user }) =>
      user && !urlForm(engine).user
        ? {
            property: 'connectionUrl.user',
            value: user,
            reason: `cannot be part of a URL for ${engine.displayName}`,
            remedy: 'Leave it out and set it in the client, separately from the URL.',
          }
        : undefined,
  },
  {
    name: 'UrlDatabaseNotSupported',
    because: 'Some engines have only one database.',
    check: ({ engine, database }) =>
      database !== undefined && urlForm(engine).database === 'nowhere'
        ? {
            property: 'connectionUrl.database',
            value: database,
            reason: `cannot be part of a URL for ${engine.displayName}`,
            remedy: 'Leave it out.',
          }
        : undefined,
  },
  {
    name: 'UrlTextInvalid',
    because: 'URL parsers resolve the path segments "." and "..", and half a character cannot be encoded.',
    see: 'https://url.spec.whatwg.org/#double-dot-path-segment',
    check: ({ engine, user = '', database = '', parameters = {} }) =>
      [
        ...Object.entries(engine._urlParameters ?? {}).map(([name, value]) => ({
          property: `engine.urlParameters.${name}`,
          value,
          invalid: !isText(name) || !isText(value),
        })),
        { property: 'connectionUrl.user', value: user, invalid: !isText(user) },
        { property: 'connectionUrl.database', value: database, invalid: !isText(database) || /^\.\.?$/.test(database) },
        ...Object.entries(parameters).map(([name, value]) => ({
          property: `connectionUrl.parameters.${name}`,
          value,
          invalid: !isText(name) || !isText(value),
        })),
      ]
        .filter(({ invalid }) => invalid)
        .map(({ property, value }) => ({
          property,
          value,
          reason: 'cannot be written in a URL',
          remedy: 'Leave it out and set it in the client, separately from the URL.',
        })),
  },
  {
    name: 'UrlParameterCarriesSecret',
    because: 'URLs end up in outputs, logs and shell histories.',
    check: (input) =>
      parametersThat('carry a secret', input).map(({ name }) => ({
        property: `connectionUrl.parameters.${name}`,
        reason: 'would put a secret into the URL',
        remedy: 'Leave it out and let the client read the secret from its own store.',
      })),
  },
  {
    name: 'UrlParameterWeakensTls',
    because: 'Anyone on the path can read a connection over the internet without encryption or a verified certificate.',
    check: (input) =>
      parametersThat('weaken TLS', input).map(({ name, value }) => ({
        property: `connectionUrl.parameters.${name}`,
        value,
        reason: 'turns encryption or certificate verification off, wholly or in part',
        remedy: `Leave it out: the default verifies the certificate as far as a URL can say.${insteadOf(input, name)}`,
      })),
  },
  {
    name: 'UrlParameterUnknown',
    because:
      'Drivers have hundreds of parameters; some lead to another host, run code, read files for the server or turn verification off.',
    check: (input) =>
      parametersThat('are unknown', input).map(({ name, value }) => ({
        property: `connectionUrl.parameters.${name}`,
        value,
        reason: `is not known to be harmless in a URL for ${input.engine.displayName}`,
        remedy: remedyFor(name),
      })),
  },
];

type Verdict = 'are fine' | 'carry a secret' | 'weaken TLS' | 'are unknown';

function parametersThat(verdict: Verdict, input: ConnectionUrlInput) {
  return Object.entries(input.parameters ?? {})
    .map(([name, value]) => ({ name, value }))
    .filter(({ name, value }) => verdictOn(input, name, value) === verdict);
}

function verdictOn({ engine }: ConnectionUrlInput, name: string, value: string): Verdict {
  if (SECRET_PARAMETER.test(name)) return 'carry a secret';
  const known = knownParameter(engine, name);
  // Terraform checks what only it knows.
  if (known) return !known.values || isUnresolved(value) || isOneOf(known.values, value) ? 'are fine' : 'weaken TLS';
  return WEAKENING_PARAMETER.test(name) ? 'weaken TLS' : 'are unknown';
}

function isOneOf(values: readonly string[], value: string): boolean {
  return values.includes(String(value).toLowerCase());
}

function insteadOf({ engine }: ConnectionUrlInput, name: string): string {
  const values = knownParameter(engine, name)?.values?.filter((value) => value !== '') ?? [];
  return values.length > 0 ? ` Otherwise write ${values.join(' or ')}.` : '';
}

function remedyFor(name: string): string {
  const [, remedy] = REMEDIES.find(([names]) => names.test(name)) ?? [];
  return (
    remedy ??
    "Set it in the client's options, separately from the URL; or append it to the URL in your own code, once you know what it does."
  );
}

const SECRET_PARAMETER =
  /(password|passwd|passphrase|pwd|secret|token|credentials?|jwt|(api|access|secret)[-_]?key(_?id)?)$|^(pass|p|auth|authmechanismproperties|session_id)$/i;

/** Driver parameters that reduce verification, or replace it with other code. */
const WEAKENING_PARAMETER =
  /insecure|invalid|no-?verify|skip_?verify|ssl_?factory|ssl_?disabled|hostname_?verifier|disable.*(ocsp|revocation)|^(use_?ssl|require_?ssl|ssl|ssl_?mode|tls|secure|encrypt|verify|verify_?(peer|server_?certificate)|trust_?server_?certificate|ssl_check_hostname|ssl_cert_reqs|sslaccept|reject_?unauthorized|allowpublickeyretrieval)$/i;

const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/^(user|username|uid|user id)$/i, 'Pass it as user to connectionUrl().'],
  [/^(db|dbname|database|databasename|vhost)$/i, 'Pass it as database to connectionUrl().'],
  [
    /^(host|hostaddr|hostname|port|server|addr|service|servicefile|failover.*|proxy.*|replicaset|loadbalanced|srv.*|source_route)$/i,
    'Leave it out: clients must connect to the endpoint. If name and address must be given separately, the client guide has the command.',
  ],
];

/** Whether all of it is characters: encoders throw at half of a surrogate pair. */
function isText(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
