/** An account or role, as the server keeps it. */
export interface Account {
  readonly name: string;
  /** Empty for roles of MariaDB. */
  readonly host: string;
  readonly isLocked: boolean;
  readonly plugin: string;
  readonly hash: string;
  readonly requiresTls: boolean;
  /** 0 for none. */
  readonly connectionLimit: number;
  /** 0 for none. */
  readonly statementTimeoutSeconds: number;
  readonly defaultRoles: readonly string[];
}

/** A member of a role. */
export interface Member {
  readonly name: string;
  readonly host: string;
  /** May make others members. MariaDB gives this to whoever makes a role. */
  readonly isAdmin: boolean;
}

/** The only host of accounts that this program makes: the server sees whatever is between it and the client. */
export const ANY_HOST = '%';

/** How messages write an account. */
export function accountName({ name, host }: Pick<Account, 'name' | 'host'>): string {
  return host === '' ? `'${name}'` : `'${name}'@'${host}'`;
}
