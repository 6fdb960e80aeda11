import type { Finding } from '../../rules/rule';
import type { UserStatements } from './user-statements';

/**
 * A user whose names have passed the rules.
 *
 * @internal
 */
export interface NewUser {
  readonly user: string;
  readonly database: string;
  readonly connectionLimit: number;
  /** What it may read: the parts of the name of each table, or one name. */
  readonly canRead: readonly (readonly string[])[];
}

/**
 * How the users of one engine are written.
 *
 * @internal
 */
export interface UserDialect {
  readonly names: NameRules;
  /** User names that the server keeps for itself, or that its administrators usually have. */
  readonly reserved: RegExp | undefined;
  /** What `canRead` names, in the plural. */
  readonly reads: string;
  /** Placeholder for what may be read, if not given. */
  readonly example: string;
  /** Placeholder for the database, if not given. */
  readonly database?: string;
  readonly write: (user: NewUser) => Omit<UserStatements, 'user'>;
}

/**
 * Which names an engine, and the client that runs the statements, can take.
 *
 * @internal
 */
export interface NameRules {
  /** Names of tables have parts; all others are used unchanged. */
  readonly parts: 'schema' | 'schema-required' | 'database' | 'none';
  /** The schema of a table that names none. */
  readonly defaultSchema?: string;
  readonly longest: number;
  readonly unit: 'bytes' | 'characters';
  readonly longestUser: number;
  /** What no quoting protects from the server or its client. */
  readonly refuses?: { readonly pattern: RegExp; readonly because: string };
}

/**
 * What a name is refused for, apart from its property.
 *
 * @internal
 */
export type NameProblem = Pick<Finding, 'reason' | 'remedy'>;
