/** What a user of an integration is made of. All values decide the statements, so none may be unknown until apply. */
export interface UserStatementsOptions {
  /** Name of the new user, such as `looker`: letters, digits, `_`, `.` and `-`. */
  readonly user: string;

  /**
   * What the user can read, and nothing else:
   *
   * - tables, as `table` or `schema.table` (Oracle wants both), for MySQL, MariaDB, ClickHouse and Cassandra as `table`
   *   or `database.table`; a part with a dot in it stands in double quotes;
   * - patterns of keys for Redis and Valkey, such as `orders:*`;
   * - collections for MongoDB and DocumentDB;
   * - indexes or patterns of them for Elasticsearch and OpenSearch;
   * - queues for RabbitMQ;
   * - databases for InfluxDB and CouchDB.
   */
  readonly canRead: string[];

  /**
   * The database that holds it: for RabbitMQ the virtual host, for Cassandra the keyspace.
   *
   * @default the word DATABASE stands for it; `/` for RabbitMQ
   */
  readonly database?: string;

  /**
   * How many connections the user may hold at once, where the engine can limit that.
   *
   * @default 10
   */
  readonly connectionLimit?: number;
}

/**
 * The engine's own statements for a user with the least privileges, to be run by whoever administers the database.
 * They hold no password.
 */
export interface UserStatements {
  /** Name of the user. */
  readonly user: string;

  /** Where to run the statements, as a full sentence. */
  readonly where: string;

  /** The statements, in their order. Words in capitals stand for what only the reader knows. */
  readonly statements: string[];

  /**
   * Statements that take rights away which every user has. Others may rely on them: read before you run them.
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

/** Lines that belong in a file of the server. */
export interface UserConfiguration {
  /** Name of the file. */
  readonly file: string;

  /** The lines, in their order. */
  readonly lines: string[];
}
