/*
 * What the program answers when it is asked what a login can really do: read by the command, and by whoever invokes the
 * function. Nothing in it is secret.
 */

/** The answer to `DESCRIBE_EVENT`. */
export interface UserDescription {
  /** The construct's path. */
  readonly user: string;
  /** Undefined if the server has neither a login nor the role. */
  readonly facts?: UserFacts;
  /** Where the facts are not as declared; empty where all is. */
  readonly differences: readonly Finding[];
  /** What is worth knowing and is not against what is declared. */
  readonly remarks: readonly Finding[];
  /** How many were left out because the answer of a function is limited; absent if none were. */
  readonly leftOut?: { readonly grants: number; readonly differences: number; readonly remarks: number };
}

/** One difference or remark. */
export interface Finding {
  readonly kind: FindingKind;
  /** One sentence. */
  readonly says: string;
}

/** Kinds of findings, in the order in which they are listed. */
export const FINDING_KINDS = [
  // Accounts of the user's names that this program did not make.
  'not-ours',
  'login-missing',
  'role-missing',
  'cannot-log-in',
  'secret',
  'attribute-beyond',
  'membership-missing',
  'connection-limit',
  'statement-timeout',
  'valid-until',
  'privilege-beyond',
  'privilege-missing',
  // The same for tables to come.
  'future-privilege-beyond',
  'future-privilege-missing',
  // Declared, and cannot be granted as things are.
  'cannot-grant',
  'owns-objects',
  'public-privilege',
  // Remarks only: tables made or dropped since the last converge.
  'new-table',
  'dropped-table',
  'ended',
  'login-not-tried',
] as const;

export type FindingKind = (typeof FINDING_KINDS)[number];

/** What the logins of a user can really do. */
export interface UserFacts {
  /** The role that holds the privileges; undefined if it does not exist. */
  readonly role?: RoleFacts;
  readonly logins: readonly LoginFacts[];
  readonly grants: readonly GrantFacts[];
  /** Other databases in which they were granted something, where a database is more than a schema. */
  readonly elsewhere: readonly string[];
  /** What all users may do in the declared database without having been granted it, in words. */
  readonly publicPrivileges: readonly string[];
  /** What they own, in the server's words. */
  readonly owns: readonly string[];
  /** Why accounts of these names are not taken for this program's. */
  readonly foreign: readonly string[];
}

export interface RoleFacts {
  readonly name: string;
  /** Attributes, roles and members beyond what is declared, such as `SUPERUSER`. */
  readonly beyond: readonly string[];
}

export interface LoginFacts {
  readonly name: string;
  readonly canLogIn: boolean;
  /** What ties it to the role and is missing, such as `membership of looker_access`. */
  readonly lacks: readonly string[];
  /** Undefined for none. */
  readonly connectionLimit?: number;
  /** Undefined for none. */
  readonly statementTimeoutSeconds?: number;
  readonly validUntil?: string;
  /** Attributes and roles beyond what is declared, such as `SUPERUSER`. */
  readonly beyond: readonly string[];
}

/** What one login or role was granted on one thing. */
export interface GrantFacts {
  /** The role or login that has it. */
  readonly to: string;
  /** What it is on, in the server's words: the same text for the same thing. */
  readonly on: string;
  /** In the server's words; those of a column with the column. */
  readonly privileges: readonly string[];
  /** Whether it is about what there is, what will be made, or both. */
  readonly holdsFor: 'now' | 'later' | 'both';
}
