/** A login of the database that a `DatabaseUser` makes. */
export interface User {
  /** Path of the `DatabaseUser`. */
  readonly user: string;
  /** Name of the login, or an expression if it is known after apply. */
  readonly userName: string;
  /** The integration that it was made for; missing where it was made by itself. */
  readonly integration?: string;
  /** `password` or `iam`. */
  readonly auth: string;
  readonly database: string;
  readonly grants: readonly UserGrant[];
  /** Whether tables that are made later are granted too; an expression if that is known after apply. */
  readonly futureTables: boolean | string;
  /** Days after which its password is rotated; missing where it is not. */
  readonly rotateEveryDays?: number | string;
  /** When its password ends; missing where it does not. */
  readonly validUntil?: string;
}

/** Privileges on a schema, or on some of its tables. */
export interface UserGrant {
  readonly schema: string;
  /** All of the schema where it is missing; an expression if they are known after apply. */
  readonly tables?: readonly string[] | string;
  readonly privileges: readonly string[] | string;
}
