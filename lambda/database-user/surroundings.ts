import type { DeclaredUser } from '../../lib/users/contract';
import type { Secrecy } from './secrecy';
import type { Secrets } from './secrets';
import type { Connection, UserServer } from './user-server';

/** What the tasks work with; the handler gives the real ones. */
export interface Surroundings {
  readonly user: DeclaredUser;
  readonly secrets: Secrets;
  /** Connects to the declared server. */
  readonly connect: (connection: Connection) => Promise<UserServer>;
  /** Logs in over verified TLS and leaves again; false if the server denies name or password. */
  readonly login: (connection: Connection) => Promise<boolean>;
  readonly generatePassword: () => string;
  /** A name for a new version of the secret. */
  readonly newToken: () => string;
  readonly now: () => number;
  readonly secrecy: Secrecy;
}
