/** Options of a user for an integration. The statements depend on all values, so they must be known at synthesis. */
export interface UserStatementsOptions {
  /** Name of the new user, such as `looker`: letters, digits, `_`, `.` and `-`. */
  readonly user: string;

  /**
   * The only things that the user can read:
   *
   * - tables, as `table` or `schema.table` (Oracle requires both), for MySQL, MariaDB, ClickHouse and Cassandra as
   *   `table`
   *   or `database.table`; put a part that contains a dot in double quotes;
   * - patterns of keys for Redis and Valkey, such as `orders:*`;
   * - collections for MongoDB and DocumentDB;
   * - indexes or patterns of them for Elasticsearch and OpenSearch;
   * - queues for RabbitMQ;
   * - databases for InfluxDB and CouchDB.
   */
  readonly canRead: string[];

  /**
   * The database that contains it: for RabbitMQ the virtual host, for Cassandra the keyspace.
   *
   * @default the placeholder DATABASE; `/` for RabbitMQ
   */
  readonly database?: string;

  /**
   * How many concurrent connections the user may have, if the engine can limit that.
   *
   * @default 10
   */
  readonly connectionLimit?: number;
}

/**
 * The engine's own statements for a user with the least privileges, to be run by a database administrator. They contain
 * no password.
 */
export interface UserStatements {
  /** Name of the user. */
  readonly user: string;

  /** Where to run the statements, as a full sentence. */
  readonly where: string;

  /** The statements, in order. Words in capitals are placeholders. */
  readonly statements: string[];

  /**
   * Statements that revoke rights which every user has. Others may rely on those rights: read them before you run them.
   */
  readonly hardening: string[];

  /** What removes the user again. */
  readonly removal: string[];

  /**
   * Lines for a configuration file of the server, before all others.
   *
   * @default - the statements suffice
   */
  readonly configuration?: UserConfiguration;

  /** Whether the statements themselves keep the user from connecting without TLS. */
  readonly requiresTls: boolean;

  /** What else to know, as full sentences. */
  readonly notes: string[];
}

/** Lines for a configuration file of the server. */
export interface UserConfiguration {
  /** Name of the file. */
  readonly file: string;

  /** The lines, in their order. */
  readonly lines: string[];
}
