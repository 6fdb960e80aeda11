import { readable } from '../rules/type-check';

/** What is granted on: a schema, which is a database in MySQL and MariaDB, or some of its tables. */
export interface GrantScope {
  /** The schema; for MySQL and MariaDB the database. May be a token. */
  readonly schema: string;

  /**
   * Tables, views and, for PostgreSQL, sequences, without the schema. Each may be a token, as may the list.
   *
   * @default all tables and views of the schema, with the sequences of PostgreSQL as far as they are needed
   */
  readonly tables?: string[];
}

/** Privileges in the engine's own words. */
export interface CustomGrantProps {
  /**
   * Such as `SELECT` and `TRUNCATE`; docs/database-users.md lists those of each engine. The right to grant them to others
   * is not among them.
   */
  readonly privileges: string[];

  /** What they are on. */
  readonly on: GrantScope;
}

/** What a login may do. Everything that is not granted is taken away again where somebody else has granted it. */
export class Grant {
  /**
   * Reads: `SELECT`, for MySQL and MariaDB also `SHOW VIEW`.
   *
   * @param on the schema, or some of its tables.
   */
  public static read(on: GrantScope): Grant {
    return new Grant('read', on);
  }

  /**
   * Reads and changes rows: in addition `INSERT`, `UPDATE` and `DELETE`. No table is made, changed or emptied as a whole.
   *
   * @param on the schema, or some of its tables.
   */
  public static readWrite(on: GrantScope): Grant {
    return new Grant('readWrite', on);
  }

  /**
   * Any privileges on tables.
   *
   * @param props the privileges, and what they are on.
   */
  public static custom(props: CustomGrantProps): Grant {
    const { on, privileges } = readable(props);
    return new Grant('custom', on as GrantScope, privileges, props);
  }

  /** @internal */
  public readonly _kind: 'read' | 'readWrite' | 'custom';
  /** @internal */
  public readonly _on: GrantScope;
  /** Those of a custom grant. @internal */
  public readonly _privileges?: readonly string[];
  /** What a custom grant was made with. @internal */
  public readonly _props?: CustomGrantProps;

  private constructor(kind: Grant['_kind'], on: GrantScope, privileges?: readonly string[], props?: CustomGrantProps) {
    this._kind = kind;
    this._on = on;
    this._privileges = privileges;
    this._props = props;
  }
}
