import type { Rule } from '../rule';
import type { ConnectionUrlInput } from './connection-url';
import { TlsHandshake } from './tls-handshake';
import { urlForm } from './url-form';

/**
 * What is refused about connection URLs.
 *
 * @internal
 */
export const URL_RULES: readonly Rule<ConnectionUrlInput>[] = [
  {
    name: 'UrlNotSupported',
    because: 'Clients of some engines know no URL.',
    check: ({ engine }) =>
      engine.urlScheme
        ? undefined
        : {
            property: 'connectionUrl',
            reason: `has no form that clients of ${engine.displayName} understand`,
            remedy: 'Give them hostname and port, and the TLS settings of the client guide.',
          },
  },
  {
    name: 'UrlNeedsTlsWrapper',
    because: 'Where the listener terminates TLS, clients that negotiate it must wrap the connection themselves.',
    check: ({ engine, tls }) =>
      tls === 'terminate' && engine.handshake !== TlsHandshake.IMMEDIATE
        ? {
            property: 'connectionUrl',
            reason: `cannot say that the client of ${engine.displayName} goes through a TLS wrapper`,
            remedy: 'Use the wrapper of the client guide and connect to its local port.',
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
            reason: `has no place in a URL of ${engine.displayName}`,
            remedy: 'Leave it out and give it to the client beside the URL.',
          }
        : undefined,
  },
  {
    name: 'UrlDatabaseNotSupported',
    because: 'Some engines have one database only.',
    check: ({ engine, database }) =>
      database !== undefined && urlForm(engine).database === 'nowhere'
        ? {
            property: 'connectionUrl.database',
            value: database,
            reason: `has no place in a URL of ${engine.displayName}`,
            remedy: 'Leave it out.',
          }
        : undefined,
  },
  {
    name: 'UrlTextInvalid',
    because: 'Readers of URLs resolve the path segments "." and "..", and no encoding stands for half a character.',
    see: 'https://url.spec.whatwg.org/#double-dot-path-segment',
    check: ({ user = '', database = '', parameters = {} }) =>
      [
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
          remedy: 'Leave it out and give it to the client beside the URL.',
        })),
  },
  {
    name: 'UrlParameterCarriesSecret',
    because: 'URLs end up in outputs, logs and shell histories.',
    check: ({ parameters = {} }) =>
      Object.keys(parameters)
        .filter((name) => SECRET_PARAMETER.test(name))
        .map((name) => ({
          property: `connectionUrl.parameters.${name}`,
          reason: 'would put a secret into the URL',
          remedy: 'Leave it out and let the client read the secret from where it is kept.',
        })),
  },
  {
    name: 'UrlParameterWeakensTls',
    because:
      'A connection over the internet without encryption or a verified certificate is open to anybody on the way.',
    check: ({ parameters = {} }) =>
      Object.entries(parameters)
        .filter(([name, value]) => weakens(name, value))
        .map(([name, value]) => ({
          property: `connectionUrl.parameters.${name}`,
          value,
          reason: 'turns encryption or the check of the certificate off',
          remedy: 'Leave it out: the default verifies the certificate as far as a URL can say.',
        })),
  },
];

const SECRET_PARAMETER = /(password|passwd|passphrase|pwd|secret|token|api_?key)$|^(pass|p)$/i;

/** Parameters of common drivers, with the values that make them accept less than a verified certificate. */
const WEAKENING: readonly { readonly parameter: RegExp; readonly values: RegExp }[] = [
  { parameter: /^ssl[-_]?mode$/i, values: /^(disabled?|allow|prefer(red)?|required?|trust)$/i },
  {
    parameter:
      /^(encrypt|secure|ssl|tls|usessl|verify|verifyservercertificate|sslvalidate|ssl_check_hostname|ssl_server_dn_match|rejectunauthorized)$/i,
    values: /^(disable|false|no|off|0|f|n|optional|preferred|skip-verify|none|verify_none)$/i,
  },
  {
    parameter: /^(trustservercertificate|tlsinsecure|tlsallowinvalidcertificates|insecure|skip_verify)$/i,
    values: /^(true|yes|on|1|t)$/i,
  },
  { parameter: /^ssl_cert_reqs$/i, values: /^(none|optional)$/i },
  { parameter: /^sslaccept$/i, values: /^accept_invalid_certs$/i },
];

function weakens(name: string, value: string): boolean {
  return WEAKENING.some(({ parameter, values }) => parameter.test(name) && values.test(value));
}

/** Whether all of it is characters: encoders throw at half of a surrogate pair. */
function isText(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
