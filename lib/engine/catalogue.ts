import { TlsHandshake } from './tls-handshake';

/**
 * How clients and servers of an engine agree on TLS inside their own protocol.
 *
 * @internal
 */
export type Negotiation = 'postgresql' | 'mysql' | 'tds';

interface CommonFacts {
  readonly name: string;
  readonly displayName: string;
  /** The port of the engine's own protocol without a TLS layer around it. */
  readonly port: number;
  /** Where the engine keeps a second port for TLS. */
  readonly tlsPort?: number;
  /** Scheme of a URL over TLS. */
  readonly urlScheme?: string;
  /** Parameters of every URL of a custom engine; `clients/family/` knows those of the others. */
  readonly urlParameters?: Readonly<Record<string, string>>;
  /** The key of its clients in `clients/families.ts`; absent for custom engines, of which nothing more is known. */
  readonly dialect?: string;
  readonly warnings?: readonly string[];
  /** Why passthrough cannot work, as a clause that continues "tls ...". */
  readonly passthroughRefusal?: string;
  readonly healthCheckIntervalSeconds?: number;
  /** Whose CA signs the certificate that the database itself presents, where only one answer is possible. */
  readonly databaseAuthority?: 'rds' | 'redshift' | 'public';
}

/** An engine that negotiates TLS defines how, so that it can be checked, and how to enforce TLS. */
interface NegotiatedFacts extends CommonFacts {
  readonly handshake: TlsHandshake.NEGOTIATED;
  readonly negotiation: Negotiation;
  /**
   * What makes the database refuse clients without TLS, where it would serve them on the same port: a setting, or what
   * to do in the imperative, without a full stop. It follows a colon.
   */
  readonly plaintextRefusal: string;
}

interface OtherFacts extends CommonFacts {
  readonly handshake: TlsHandshake.IMMEDIATE | TlsHandshake.NONE;
  readonly negotiation?: undefined;
  readonly plaintextRefusal?: undefined;
}

/** How a custom engine negotiates is unknown. */
interface CustomFacts extends CommonFacts {
  readonly handshake: TlsHandshake;
  readonly dialect?: undefined;
  readonly negotiation?: undefined;
  readonly plaintextRefusal?: undefined;
}

/**
 * What is known of one engine.
 *
 * @internal
 */
export type EngineFacts = NegotiatedFacts | OtherFacts | CustomFacts;

const { IMMEDIATE, NEGOTIATED, NONE } = TlsHandshake;

// A plain TCP check is an aborted login to these servers. They count it for the node of the load balancer that it comes
// from, as they count the clients that come through this node, and a login that succeeds sets the count back. After
// max_connect_errors (100 by default) the node is blocked: 100 checks at 30 s are 50 minutes, and fewer if AWS checks
// more often than configured. The checks succeed all the while, since a blocked host may still connect.
// https://dev.mysql.com/doc/refman/8.4/en/host-cache.html
const COUNTED_HEALTH_CHECKS = {
  healthCheckIntervalSeconds: 30,
  warnings: [
    'TCP health checks count as connect errors: after 100 of them from one node of the load balancer without a successful login, 50 minutes at most with a check every 30 s, the server refuses that node and all clients that come through it ("Host is blocked because of many connection errors") until the host cache is flushed (FLUSH HOSTS, or TRUNCATE TABLE performance_schema.host_cache), and the checks do not notice. Raise max_connect_errors at the database; healthCheck.intervalSeconds can be up to 300.',
  ],
} as const;

const SNIFFING = 'Keep sniffing off in the client: it replaces the endpoint with the private addresses of the nodes.';

const CLUSTER_MODE =
  'Works with cluster mode disabled: in cluster mode the server redirects clients (MOVED) to the private addresses of its nodes.';

/**
 * The engines that this library supports. Ports are those of the engines' own documentation; handshakes are the protocols'.
 *
 * @internal
 */
export const CATALOGUE = {
  POSTGRESQL: {
    name: 'postgresql',
    displayName: 'PostgreSQL',
    port: 5432,
    handshake: NEGOTIATED,
    negotiation: 'postgresql',
    plaintextRefusal: '"hostssl" lines in pg_hba.conf, or rds.force_ssl = 1 on RDS',
    urlScheme: 'postgresql',
    dialect: 'postgresql',
  },
  AURORA_POSTGRESQL: {
    name: 'aurora-postgresql',
    displayName: 'Aurora PostgreSQL',
    port: 5432,
    handshake: NEGOTIATED,
    negotiation: 'postgresql',
    plaintextRefusal: 'rds.force_ssl = 1',
    urlScheme: 'postgresql',
    dialect: 'postgresql',
    databaseAuthority: 'rds',
  },
  COCKROACHDB: {
    name: 'cockroachdb',
    displayName: 'CockroachDB',
    port: 26257,
    handshake: NEGOTIATED,
    negotiation: 'postgresql',
    plaintextRefusal: 'start every node with --certs-dir and without --accept-sql-without-tls',
    urlScheme: 'postgresql',
    dialect: 'cockroachdb',
  },
  MYSQL: {
    name: 'mysql',
    displayName: 'MySQL',
    port: 3306,
    handshake: NEGOTIATED,
    negotiation: 'mysql',
    plaintextRefusal: 'require_secure_transport = ON',
    urlScheme: 'mysql',
    dialect: 'mysql',
    ...COUNTED_HEALTH_CHECKS,
  },
  AURORA_MYSQL: {
    name: 'aurora-mysql',
    displayName: 'Aurora MySQL',
    port: 3306,
    handshake: NEGOTIATED,
    negotiation: 'mysql',
    plaintextRefusal: 'require_secure_transport = ON',
    urlScheme: 'mysql',
    dialect: 'mysql',
    databaseAuthority: 'rds',
    ...COUNTED_HEALTH_CHECKS,
  },
  MARIADB: {
    name: 'mariadb',
    displayName: 'MariaDB',
    port: 3306,
    handshake: NEGOTIATED,
    negotiation: 'mysql',
    plaintextRefusal: 'require_secure_transport = ON',
    urlScheme: 'mariadb',
    dialect: 'mariadb',
    ...COUNTED_HEALTH_CHECKS,
  },
  REDSHIFT: {
    name: 'redshift',
    displayName: 'Amazon Redshift',
    port: 5439,
    handshake: NEGOTIATED,
    negotiation: 'postgresql',
    plaintextRefusal: 'require_ssl = true',
    urlScheme: 'postgresql',
    dialect: 'redshift',
    databaseAuthority: 'redshift',
    warnings: [
      "Under a name other than the cluster's own, only clients that accept name and address separately (psql) can verify the name; all others verify the CA (sslmode=verify-ca).",
    ],
  },
  SQL_SERVER: {
    name: 'sqlserver',
    displayName: 'SQL Server',
    port: 1433,
    handshake: NEGOTIATED,
    negotiation: 'tds',
    plaintextRefusal: '"Force Encryption" in its configuration, or rds.force_ssl = 1 on RDS',
    urlScheme: 'sqlserver',
    dialect: 'sqlserver',
  },
  REDIS: {
    name: 'redis',
    displayName: 'Redis',
    port: 6379,
    handshake: IMMEDIATE,
    urlScheme: 'rediss',
    dialect: 'redis',
    warnings: [CLUSTER_MODE],
  },
  VALKEY: {
    name: 'valkey',
    displayName: 'Valkey',
    port: 6379,
    handshake: IMMEDIATE,
    urlScheme: 'rediss',
    dialect: 'valkey',
    warnings: [CLUSTER_MODE],
  },
  MEMCACHED: {
    name: 'memcached',
    displayName: 'Memcached',
    port: 11211,
    handshake: IMMEDIATE,
    dialect: 'memcached',
    warnings: [
      'Use the static mode of the client: auto discovery ("config get cluster") returns the private names of the nodes.',
    ],
  },
  MONGODB: {
    name: 'mongodb',
    displayName: 'MongoDB',
    port: 27017,
    handshake: IMMEDIATE,
    urlScheme: 'mongodb',
    dialect: 'mongodb',
    warnings: [
      'Clients need directConnection=true: otherwise the driver reconnects to the replica set members under their private names.',
    ],
  },
  DOCUMENTDB: {
    name: 'documentdb',
    displayName: 'Amazon DocumentDB',
    port: 27017,
    handshake: IMMEDIATE,
    urlScheme: 'mongodb',
    dialect: 'documentdb',
    databaseAuthority: 'rds',
    warnings: [
      'Clients must leave out replicaSet=rs0 and set directConnection=true: otherwise the driver reconnects to the instances under their private names.',
      'Clients need retryWrites=false: DocumentDB does not support retryable writes.',
    ],
  },
  ELASTICSEARCH: {
    name: 'elasticsearch',
    displayName: 'Elasticsearch',
    port: 9200,
    handshake: IMMEDIATE,
    urlScheme: 'https',
    dialect: 'elasticsearch',
    warnings: [SNIFFING],
  },
  OPENSEARCH: {
    name: 'opensearch',
    displayName: 'OpenSearch',
    port: 9200,
    handshake: IMMEDIATE,
    urlScheme: 'https',
    dialect: 'opensearch',
    warnings: [SNIFFING, 'An Amazon OpenSearch Service domain listens on port 443, not on 9200.'],
  },
  COUCHDB: {
    name: 'couchdb',
    displayName: 'CouchDB',
    port: 5984,
    tlsPort: 6984,
    handshake: IMMEDIATE,
    urlScheme: 'https',
    dialect: 'couchdb',
  },
  INFLUXDB: {
    name: 'influxdb',
    displayName: 'InfluxDB',
    port: 8086,
    handshake: IMMEDIATE,
    urlScheme: 'https',
    dialect: 'influxdb',
  },
  RABBITMQ: {
    name: 'rabbitmq',
    displayName: 'RabbitMQ',
    port: 5672,
    tlsPort: 5671,
    handshake: IMMEDIATE,
    urlScheme: 'amqps',
    dialect: 'rabbitmq',
  },
  CLICKHOUSE: {
    name: 'clickhouse',
    displayName: 'ClickHouse (native protocol)',
    port: 9000,
    tlsPort: 9440,
    handshake: IMMEDIATE,
    urlScheme: 'clickhouse',
    dialect: 'clickhouse',
  },
  CLICKHOUSE_HTTP: {
    name: 'clickhouse-http',
    displayName: 'ClickHouse (HTTP)',
    port: 8123,
    tlsPort: 8443,
    handshake: IMMEDIATE,
    urlScheme: 'https',
    dialect: 'clickhouse-http',
  },
  CASSANDRA: {
    name: 'cassandra',
    displayName: 'Cassandra',
    port: 9042,
    tlsPort: 9142,
    handshake: IMMEDIATE,
    dialect: 'cassandra',
    warnings: [
      'Drivers discover the private addresses of the other nodes: give the driver an address translator that maps them all to the endpoint.',
    ],
  },
  ORACLE: {
    name: 'oracle',
    displayName: 'Oracle Database',
    port: 1521,
    tlsPort: 2484,
    handshake: IMMEDIATE,
    urlScheme: 'tcps',
    dialect: 'oracle',
    warnings: [
      'Works with a single instance: the listener of a RAC redirects clients (SCAN) to the private addresses of its nodes.',
    ],
  },
  NEPTUNE: {
    name: 'neptune',
    displayName: 'Amazon Neptune',
    port: 8182,
    handshake: IMMEDIATE,
    urlScheme: 'https',
    dialect: 'neptune',
    databaseAuthority: 'public',
    passthroughRefusal:
      "cannot pass TLS through to Neptune, which answers only under its own name: the listener must present a certificate for the endpoint's name",
  },
  SFTP: {
    name: 'sftp',
    displayName: 'SFTP',
    port: 22,
    handshake: NONE,
    urlScheme: 'sftp',
    dialect: 'sftp',
  },
} as const satisfies Record<string, (NegotiatedFacts | OtherFacts) & { readonly dialect: string }>;

/**
 * The key of an engine's clients: what its URL looks like, which clients there are, and so on.
 *
 * @internal
 */
export type Dialect = Known['dialect'];

/**
 * Those of the engines whose clients open with TLS.
 *
 * @internal
 */
export type ImmediateDialect = Extract<Known, { readonly handshake: TlsHandshake.IMMEDIATE }>['dialect'];

/**
 * Those of the engines that negotiate TLS, so that the scheme of a URL cannot promise it.
 *
 * @internal
 */
export type NegotiatedDialect = Extract<Known, { readonly handshake: TlsHandshake.NEGOTIATED }>['dialect'];

type Known = (typeof CATALOGUE)[keyof typeof CATALOGUE];
