import type { ClientFamily } from '../client-family';
import { https } from '../keepalive/https';
import { httpsAt, NO_COLON } from '../recipes/https';
import { PATH } from '../url-form';
import type { UserDialect } from '../user-statements/user-dialect';

/**
 * Members of a database of CouchDB may write; a design document of the database keeps this one from it.
 *
 * @see https://docs.couchdb.org/en/stable/intro/security.html
 * @see https://docs.couchdb.org/en/stable/ddocs/ddocs.html#validate-document-update-functions
 */
const users: UserDialect = {
  names: {
    parts: 'none',
    longest: 238,
    unit: 'characters',
    longestUser: 64,
    refuses: {
      pattern: /[^a-z0-9_$()+/-]|^[^a-z]/,
      because: 'CouchDB database names consist of lowercase letters, digits and _$()+-/, and begin with a letter',
    },
  },
  reserved: undefined,
  reads: 'databases',
  example: 'orders',
  write: ({ user, canRead }) => {
    const readsOnly = `function (next, previous, login) { if (login.name === ${JSON.stringify(user)}) throw { forbidden: "reads only" }; }`;
    const paths = canRead.map(([name]) => encodeURIComponent(name));
    return {
      where: 'Send them with curl, as an administrator.',
      statements: [
        `PUT /_users/org.couchdb.user:${user}\n${JSON.stringify({
          name: user,
          type: 'user',
          roles: [],
          password_scheme: 'pbkdf2',
          pbkdf2_prf: 'sha256',
          iterations: 600_000,
          salt: 'SALT',
          derived_key: 'DERIVED_KEY',
        })}`,
        ...paths.map(
          (path) => `PUT /${path}/_design/reads-only-${user}\n${JSON.stringify({ validate_doc_update: readsOnly })}`,
        ),
        ...paths.map(
          (path) =>
            `PUT /${path}/_security\n${JSON.stringify({ admins: { roles: ['_admin'] }, members: { names: [user], roles: ['_admin'] } })}`,
        ),
      ],
      hardening: [],
      removal: [`DELETE /_users/org.couchdb.user:${user}?rev=REVISION`],
      requiresTls: false,
      notes: [
        'SALT and DERIVED_KEY are placeholders for a random text and for the PBKDF2 key derived from password and salt, in hexadecimal.',
        'The request replaces _security as a whole: add the names that `GET /DATABASE/_security` shows.',
        'A server that listens only with httpsd keeps all users from connecting without TLS.',
      ],
    };
  },
};

/** @internal */
export const COUCHDB_FAMILY = {
  couchdb: {
    url: { ...PATH, parameters: 'by scheme' },
    urlParameters: [],
    recipes: httpsAt('/_up'),
    keepalives: https,
    users,
    userPattern: NO_COLON,
    databasePattern: undefined,
    urlNote: undefined,
    certificateReload: 'reads it only when it starts: restart it',
    tlsSettings: undefined,
    clientCertificateSettings: undefined,
  },
} as const satisfies Readonly<Record<string, ClientFamily>>;
