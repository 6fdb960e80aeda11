import type { Problem } from '../rules/endpoint-error';
import { applyRules } from '../rules/rule';
import { CATALOGUE, type Dialect, type EngineFacts, type Negotiation } from './catalogue';
import { CUSTOM_ENGINE_RULES, type CustomEngineProps, customEngineShapeProblems } from './custom-engine';
import type { TlsHandshake } from './tls-handshake';

/** The shortest that AWS accepts: a dead database should be noticed within two of them. */
const DEFAULT_HEALTH_CHECK_INTERVAL_SECONDS = 5;

/**
 * The database engine behind an endpoint: its ports, when its protocol starts TLS, and how clients refer to it.
 *
 * For a product that speaks the protocol of another engine, use that engine: `POSTGRESQL` for TimescaleDB, `REDIS` for
 * KeyDB. Anything else is a `custom` engine.
 */
export class DatabaseEngine {
  /** PostgreSQL, on RDS or elsewhere. */
  public static readonly POSTGRESQL = new DatabaseEngine(CATALOGUE.POSTGRESQL);
  /** Aurora PostgreSQL. */
  public static readonly AURORA_POSTGRESQL = new DatabaseEngine(CATALOGUE.AURORA_POSTGRESQL);
  /** CockroachDB, which its clients reach like PostgreSQL. */
  public static readonly COCKROACHDB = new DatabaseEngine(CATALOGUE.COCKROACHDB);
  /** MySQL, on RDS or elsewhere. */
  public static readonly MYSQL = new DatabaseEngine(CATALOGUE.MYSQL);
  /** Aurora MySQL. */
  public static readonly AURORA_MYSQL = new DatabaseEngine(CATALOGUE.AURORA_MYSQL);
  /** MariaDB, on RDS or elsewhere. */
  public static readonly MARIADB = new DatabaseEngine(CATALOGUE.MARIADB);
  /** Amazon Redshift. */
  public static readonly REDSHIFT = new DatabaseEngine(CATALOGUE.REDSHIFT);
  /** Microsoft SQL Server, TDS 7.x. */
  public static readonly SQL_SERVER = new DatabaseEngine(CATALOGUE.SQL_SERVER);
  /** Redis, with cluster mode disabled. */
  public static readonly REDIS = new DatabaseEngine(CATALOGUE.REDIS);
  /** Valkey, with cluster mode disabled. */
  public static readonly VALKEY = new DatabaseEngine(CATALOGUE.VALKEY);
  /** Memcached, without auto discovery. */
  public static readonly MEMCACHED = new DatabaseEngine(CATALOGUE.MEMCACHED);
  /** MongoDB: one member of a replica set, or a standalone server. */
  public static readonly MONGODB = new DatabaseEngine(CATALOGUE.MONGODB);
  /** Amazon DocumentDB. */
  public static readonly DOCUMENTDB = new DatabaseEngine(CATALOGUE.DOCUMENTDB);
  /** Elasticsearch. */
  public static readonly ELASTICSEARCH = new DatabaseEngine(CATALOGUE.ELASTICSEARCH);
  /** OpenSearch; a domain of Amazon OpenSearch Service listens on port 443. */
  public static readonly OPENSEARCH = new DatabaseEngine(CATALOGUE.OPENSEARCH);
  /** CouchDB. */
  public static readonly COUCHDB = new DatabaseEngine(CATALOGUE.COUCHDB);
  /** InfluxDB. */
  public static readonly INFLUXDB = new DatabaseEngine(CATALOGUE.INFLUXDB);
  /** RabbitMQ, AMQP. */
  public static readonly RABBITMQ = new DatabaseEngine(CATALOGUE.RABBITMQ);
  /** ClickHouse, native protocol. */
  public static readonly CLICKHOUSE = new DatabaseEngine(CATALOGUE.CLICKHOUSE);
  /** ClickHouse, HTTP interface. */
  public static readonly CLICKHOUSE_HTTP = new DatabaseEngine(CATALOGUE.CLICKHOUSE_HTTP);
  /** Cassandra, native protocol. */
  public static readonly CASSANDRA = new DatabaseEngine(CATALOGUE.CASSANDRA);
  /** Oracle Database, a single instance. */
  public static readonly ORACLE = new DatabaseEngine(CATALOGUE.ORACLE);
  /** Amazon Neptune. */
  public static readonly NEPTUNE = new DatabaseEngine(CATALOGUE.NEPTUNE);
  /** SFTP (SSH file transfer). */
  public static readonly SFTP = new DatabaseEngine(CATALOGUE.SFTP);

  /** An engine that is not in the catalogue. Its mistakes are reported by the endpoint that uses it. */
  public static custom(props: CustomEngineProps): DatabaseEngine {
    const typeProblems = customEngineShapeProblems(props);
    if (typeProblems.length > 0) return new DatabaseEngine({ ...CATALOGUE.POSTGRESQL, name: 'custom' }, typeProblems);
    const takenNames = DatabaseEngine.all().map((engine) => engine.name);
    const problems = applyRules(CUSTOM_ENGINE_RULES, { props, takenNames });
    return new DatabaseEngine({ ...props, displayName: props.displayName ?? props.name }, problems);
  }

  /** Every engine of the catalogue, by name. */
  public static all(): DatabaseEngine[] {
    return Object.values(DatabaseEngine)
      .filter((member): member is DatabaseEngine => member instanceof DatabaseEngine)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Stable identifier, such as `postgresql`: lowercase letters, digits and hyphens. */
  public readonly name: string;
  /** Name as people write it, such as `PostgreSQL`. */
  public readonly displayName: string;
  /** Port of the engine's own protocol. */
  public readonly port: number;
  /** Port of the engine's protocol over TLS; the same as `port` if the engine has no second one. */
  public readonly tlsPort: number;
  /** When TLS starts in the protocol. */
  public readonly handshake: TlsHandshake;
  /** Scheme of a URL over TLS; absent if the engine has no URL format. */
  public readonly urlScheme?: string;
  /** Parameters of every URL of a custom engine. @internal */
  public readonly _urlParameters?: Readonly<Record<string, string>>;
  /** What to know when this engine is exposed. Full sentences. */
  public readonly warnings: string[];

  /** @internal */
  public readonly _problems: readonly Problem[];
  /** @internal */
  public readonly _dialect?: Dialect;
  /** How clients agree on TLS with it; absent if they do not, or if it is unknown. @internal */
  public readonly _negotiation?: Negotiation;
  /**
   * Why passthrough cannot work, as a clause that continues "tls ...".
   *
   * @internal
   */
  public readonly _passthroughRefusal?: string;
  /** @internal */
  public readonly _healthCheckIntervalSeconds: number;
  /**
   * Whose CA signs the certificate that the database itself presents, where only one answer is possible.
   *
   * @internal
   */
  public readonly _databaseAuthority?: 'rds' | 'redshift' | 'public';

  /**
   * What makes the database refuse clients without TLS, which passthrough leaves to it.
   *
   * @internal
   */
  public readonly _plaintextRefusal?: string;

  private constructor(facts: EngineFacts, problems: readonly Problem[] = []) {
    this.name = facts.name;
    this.displayName = facts.displayName;
    this.port = facts.port;
    this.tlsPort = facts.tlsPort ?? facts.port;
    this.handshake = facts.handshake;
    this.urlScheme = facts.urlScheme;
    this._urlParameters = facts.urlParameters && { ...facts.urlParameters };
    this.warnings = [...(facts.warnings ?? [])];
    this._problems = problems;
    this._dialect = facts.dialect as Dialect | undefined;
    this._negotiation = facts.negotiation;
    this._passthroughRefusal = facts.passthroughRefusal;
    this._healthCheckIntervalSeconds = facts.healthCheckIntervalSeconds ?? DEFAULT_HEALTH_CHECK_INTERVAL_SECONDS;
    this._databaseAuthority = facts.databaseAuthority;
    this._plaintextRefusal = facts.plaintextRefusal;
  }
}
