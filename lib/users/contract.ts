/*
 * What the construct writes and the program reads: lambda/database-user. Nothing in it is secret.
 */

/** A login for one integration, as it is declared. */
export interface DeclaredUser {
  /** What logs and errors call it: the construct's path. */
  readonly name: string;
  readonly engine: 'postgres' | 'mysql' | 'mariadb';
  /** The database's own name, which its certificate carries: the program connects there, not through the endpoint. */
  readonly host: string;
  readonly port: number;
  /** PEM certificates that sign the server's; the public certification authorities of Node.js if missing. */
  readonly certificateAuthorities?: string;
  /** The database that holds what is granted. */
  readonly database: string;
  /** The login. A second one, for rotation where the server has no second password, is `secondLoginOf(userName)`. */
  readonly userName: string;
  readonly auth: 'password' | 'iam';
  readonly grants: readonly DeclaredGrant[];
  /** Whether tables that are made later are granted as those of today are. */
  readonly futureTables: boolean;
  readonly connectionLimit?: number;
  readonly statementTimeoutSeconds?: number;
  /** When the login ends, as ISO 8601 in UTC. */
  readonly validUntil?: string;
  /** Takes from PUBLIC what it gives in the declared database and its schemas. Others may rely on it. */
  readonly revokePublic: boolean;
  /** What happens to objects that belong to a login when it is removed. */
  readonly ownedObjects: 'refuse' | 'reassign-to-admin';
  readonly adminSecretArn: string;
  /** The secret whose versions the program makes; none for IAM authentication. */
  readonly secretArn?: string;
  /** What clients connect to, written into the secret. */
  readonly endpoint: ClientEndpoint;
}

/** How clients reach the database. */
export interface ClientEndpoint {
  readonly hostname: string;
  readonly port: number;
  readonly sslmode: string;
  /** PEM certificates that sign what clients are shown; the public certification authorities if both are missing. */
  readonly certificateAuthorities?: string;
  /** Where clients find them, if they are too many to be written here: the bundle of RDS. */
  readonly certificateAuthoritiesUrl?: string;
}

/** Privileges on the tables of one schema (of one database for MySQL and MariaDB). */
export interface DeclaredGrant {
  /** In MySQL and MariaDB a schema is a database. */
  readonly schema: string;
  /** All tables, views and sequences of the schema if missing. */
  readonly tables?: readonly string[];
  /** The engine's own words, such as `SELECT`. */
  readonly privileges: readonly string[];
}

/** What an apply asks for. Terraform adds `tf.action`. */
export interface UserInvocation {
  /** `exist`: invoked on create and destroy only, its input never changes. `converge`: on each change of the digest. */
  readonly task: 'exist' | 'converge';
}

/** Asks what the logins can really do; the answer is a `UserDescription`. Changes nothing. */
export const DESCRIBE_EVENT = { task: 'describe' } as const;

/** The same on a schedule: how many differences there are also becomes a metric (`metrics.ts`). */
export const DRIFT_METRIC_EVENT = { task: 'describe', metric: true } as const;

/** The variables of the function's environment. */
export const VARIABLES = {
  /** JSON of a `DeclaredUser`, plain or as Terraform's `base64gzip()` writes it. */
  user: 'DATABASE_USER',
} as const;

/** The role that holds the privileges; logins are its members. */
export function roleOf(userName: string): string {
  return `${userName}_access`;
}

/** The login that takes turns with the first one. */
export function secondLoginOf(userName: string): string {
  return `${userName}_2`;
}
