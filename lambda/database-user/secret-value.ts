import { writeUrl } from '../../lib/clients/write-url';
import { DatabaseEngine } from '../../lib/engine/database-engine';
import type { DeclaredUser } from '../../lib/users/contract';

/** What the secret says of a login. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

/**
 * The text of a secret's version: the keys of AWS's convention, and what clients need beyond them.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
export function writeSecret(user: DeclaredUser, { username, password }: Login): string {
  const { engine, database, endpoint } = user;
  return JSON.stringify({
    engine,
    host: endpoint.hostname,
    port: endpoint.port,
    username,
    password,
    dbname: database,
    url: urlOf(user, { username, password }),
    sslmode: endpoint.sslmode,
    ca: endpoint.certificateAuthorities,
    ca_url: endpoint.certificateAuthoritiesUrl,
  });
}

/** The login that a version is about. */
export function readLogin(text: string): Login {
  const login = loginIn(text);
  // Nothing of its content: it may be a password.
  if (login === undefined) throw new Error('a version of the secret is not JSON with the texts username and password');
  return login;
}

function loginIn(text: string): Login | undefined {
  try {
    const { username, password } = JSON.parse(text);
    return typeof username === 'string' && typeof password === 'string' ? { username, password } : undefined;
  } catch {
    return undefined;
  }
}

const ENGINES = {
  postgres: DatabaseEngine.POSTGRESQL,
  mysql: DatabaseEngine.MYSQL,
  mariadb: DatabaseEngine.MARIADB,
} as const;

/** The words of a URL for what libpq calls `sslmode`. */
const PARAMETERS: { readonly [engine in DeclaredUser['engine']]: (sslmode: string) => Record<string, string> } = {
  postgres: (sslmode) => ({ sslmode }),
  mysql: sslModeOfMysql,
  mariadb: sslModeOfMysql,
};

function sslModeOfMysql(sslmode: string): Record<string, string> {
  return { 'ssl-mode': sslmode === 'verify-ca' ? 'VERIFY_CA' : 'VERIFY_IDENTITY' };
}

function urlOf({ engine, database, endpoint }: DeclaredUser, { username, password }: Login): string {
  const url = writeUrl(
    { database: 'path', user: true, parameters: () => ({}) },
    {
      engine: ENGINES[engine],
      hostname: endpoint.hostname,
      port: endpoint.port,
      user: username,
      database,
      parameters: PARAMETERS[engine](endpoint.sslmode),
      tls: 'terminate',
      terraform: NO_TERRAFORM,
    },
  );
  // The writer takes no passwords, as its URLs are printed. It encodes user names, so the first @ ends the user.
  return url.replace('@', () => `:${encodeURIComponent(password)}@`);
}

/** All texts are known here. */
const NO_TERRAFORM = { replace: refuse, jsonencode: refuse, percentEncode: refuse, matching: refuse };

function refuse(): never {
  throw new Error('a text is known only to Terraform');
}
