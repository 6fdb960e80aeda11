import type { DeclaredUser } from '../../lib/users/contract';
import type { GrantFacts, UserFacts } from '../../lib/users/description';

/** A server on which a user is made, changed and removed. Each task is safe to repeat after a crash in its middle. */
export interface UserServer {
  /**
   * Makes the role, the logins that exist already or are asked for, and the grants exactly as declared: what is missing
   * is granted, what is left over is revoked. Sets no password: a login that is made here cannot log in yet, unless
   * it does so by IAM.
   */
  converge(user: DeclaredUser): Promise<Converged>;

  /** How passwords are exchanged without a moment without a working one. */
  rotation(): Promise<'dual-password' | 'two-logins'>;

  /**
   * Gives a login a password; makes the login a member of the role first where it is missing. With `keepOld` (dual
   * passwords only) the one in use works on until `discardOldPassword`, or until the next password is set that way. The
   * same password again changes nothing.
   */
  setPassword(
    user: DeclaredUser,
    login: string,
    password: string,
    options: { readonly keepOld: boolean },
  ): Promise<void>;

  /** Ends the second of two passwords. */
  discardOldPassword(login: string): Promise<void>;

  /** Ends the sessions of all logins and drops them and the role; what is missing already is no failure. */
  remove(user: DeclaredUser): Promise<Removed>;

  /** What the logins can really do, read from the catalogues; undefined if there are neither logins nor the role. */
  describe(user: DeclaredUser): Promise<Description | undefined>;

  close(): Promise<void>;
}

/** How to reach a server. The certificate is always verified. */
export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly certificateAuthorities?: string;
}

/** What was changed, in words without secrets, in order; empty where all was as declared. */
export interface Converged {
  readonly changes: readonly string[];
  /** What all users may do in the declared database without having been granted it, in words. */
  readonly publicPrivileges: readonly string[];
}

export interface Removed {
  readonly changes: readonly string[];
}

/** What there is, beside what `converge` would make of it. */
export interface Description {
  readonly facts: UserFacts;
  readonly wanted: Wanted;
}

/** What is declared to be granted, on what there is. */
export interface Wanted {
  readonly grants: readonly WantedGrant[];
  /** Why something of what is declared cannot be granted as things are. */
  readonly problems: readonly string[];
  /** What grants are on of which nothing is left, such as a table that was dropped. */
  readonly gone: readonly string[];
}

export interface WantedGrant extends GrantFacts {
  /** Granted as one of all tables, those made later left out: this one may be one of these. */
  readonly mayBeNew: boolean;
}
