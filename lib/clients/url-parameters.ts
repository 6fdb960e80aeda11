import type { Dialect } from '../engine/catalogue';
import type { DatabaseEngine } from '../engine/database-engine';

/**
 * A parameter that may stand in a URL.
 *
 * @internal
 */
export interface KnownParameter {
  /** As its driver spells it. */
  readonly name: string;
  /** The values that keep the connection verified, in small letters; without them, any. */
  readonly values?: readonly string[];
}

/**
 * The parameter of that name, in any spelling, of one of the engine's drivers; nothing where it is not known to be
 * harmless.
 *
 * @internal
 */
export function knownParameter(engine: DatabaseEngine, name: string): KnownParameter | undefined {
  return knownParameters(engine).find((known) => known.name.toLowerCase() === name.toLowerCase());
}

/**
 * Every parameter that may stand in a URL of the engine: none that weakens the check of the certificate, carries a
 * secret, leads to another host or has the client run code or read files for the server.
 *
 * @internal
 */
export function knownParameters(engine: DatabaseEngine): readonly KnownParameter[] {
  return (engine._dialect && PARAMETERS[engine._dialect]) ?? [];
}

const any = (names: string): readonly KnownParameter[] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => ({ name: name.replace(/\+/g, ' ') }));

const only = (name: string, ...values: readonly string[]): KnownParameter => ({ name, values });

const TRUE = ['true', 'yes', '1'];

// https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS
const LIBPQ = [
  only('sslmode', 'verify-ca', 'verify-full'),
  only('ssl_min_protocol_version', 'tlsv1.2', 'tlsv1.3'),
  only('channel_binding', 'prefer', 'require'),
  only('require_auth', 'scram-sha-256'),
  // Encryption by Kerberos would take the place of TLS.
  only('gssencmode', 'disable'),
  ...any(`application_name fallback_application_name client_encoding options connect_timeout keepalives keepalives_idle
    keepalives_interval keepalives_count tcp_user_timeout target_session_attrs load_balance_hosts passfile sslrootcert
    sslcert sslkey sslcrl sslcrldir sslcertmode`),
];

// https://jdbc.postgresql.org/documentation/use/
const PGJDBC = [
  only('ssl', ...TRUE),
  ...any(`ApplicationName connectTimeout socketTimeout loginTimeout cancelSignalTimeout tcpKeepAlive tcpNoDelay
    currentSchema readOnly readOnlyMode targetServerType hostRecheckSeconds prepareThreshold
    preparedStatementCacheQueries preparedStatementCacheSizeMiB defaultRowFetchSize reWriteBatchedInserts stringtype
    preferQueryMode binaryTransfer autosave`),
];

// https://www.prisma.io/docs/orm/reference/connection-urls
const PRISMA = [
  only('sslaccept', 'strict'),
  ...any('connection_limit pool_timeout socket_timeout statement_cache_size'),
];

const POSTGRESQL = [
  ...LIBPQ,
  ...PGJDBC,
  ...PRISMA,
  ...any('schema pgbouncer'),
  // https://pkg.go.dev/github.com/jackc/pgx/v5
  ...any(`pool_max_conns pool_min_conns pool_max_conn_lifetime pool_max_conn_idle_time pool_health_check_period
    default_query_exec_mode statement_cache_capacity description_cache_capacity`),
  // https://node-postgres.com/apis/client
  ...any('statement_timeout query_timeout lock_timeout idle_in_transaction_session_timeout'),
];

const MYSQL = [
  // https://dev.mysql.com/doc/refman/8.4/en/connecting-using-uri-or-key-value-pairs.html
  only('ssl-mode', 'verify_ca', 'verify_identity'),
  only('tls-versions', 'tlsv1.2', 'tlsv1.3', 'tlsv1.2,tlsv1.3'),
  ...any('ssl-ca ssl-capath ssl-cert ssl-key ssl-crl ssl-crlpath connect-timeout compression compression-algorithms'),
  // https://dev.mysql.com/doc/connector-j/en/connector-j-reference-configuration-properties.html
  // https://mariadb.com/docs/connectors/mariadb-connector-j/about-mariadb-connector-j/connection-parameters
  only('sslMode', 'verify_ca', 'verify_identity', 'verify-ca', 'verify-full'),
  ...any(`connectTimeout socketTimeout tcpKeepAlive tcpNoDelay useUnicode characterEncoding connectionCollation
    connectionTimeZone serverTimezone forceConnectionTimeZoneToSession preserveInstants useCompression
    rewriteBatchedStatements useServerPrepStmts cachePrepStmts prepStmtCacheSize prepStmtCacheSqlLimit useCursorFetch
    defaultFetchSize zeroDateTimeBehavior tinyInt1isBit yearIsDateType trustCertificateKeyStoreUrl
    trustCertificateKeyStoreType clientCertificateKeyStoreUrl clientCertificateKeyStoreType`),
  // https://github.com/go-sql-driver/mysql#parameters
  only('tls', 'true'),
  ...any(`parseTime loc charset collation timeout readTimeout writeTimeout maxAllowedPacket interpolateParams
    clientFoundRows columnsWithAlias rejectReadOnly checkConnLiveness`),
  // https://dev.mysql.com/doc/connector-python/en/connector-python-connectargs.html
  // https://pymysql.readthedocs.io/en/latest/modules/connections.html
  only('ssl_verify_cert', ...TRUE),
  only('ssl_verify_identity', ...TRUE),
  ...any('ssl_ca ssl_cert ssl_key connect_timeout connection_timeout read_timeout write_timeout'),
  ...PRISMA,
  ...any('sslcert'),
  // Those of MariaDB's Connector/J, which reaches MySQL as well.
  only('useSsl', ...TRUE),
  ...any('serverSslCert tcpKeepIdle tcpKeepInterval tcpKeepCount'),
];

// https://learn.microsoft.com/sql/connect/golang/connection-options
const SQL_SERVER = [
  only('encrypt', 'strict', 'mandatory', ...TRUE),
  only('trustServerCertificate', 'false', 'no', '0'),
  only('tlsmin', '1.2', '1.3'),
  ...any(`app+name workstation+id connection+timeout dial+timeout keepAlive packet+size ApplicationIntent
    multisubnetfailover certificate serverCertificate hostNameInCertificate database language`),
];

const REDIS = [
  // https://redis.readthedocs.io/en/stable/connections.html
  only('ssl_cert_reqs', 'required'),
  only('ssl_check_hostname', ...TRUE),
  ...any(`db protocol client_name socket_timeout socket_connect_timeout socket_keepalive health_check_interval
    retry_on_timeout max_connections decode_responses encoding encoding_errors ssl_ca_certs ssl_ca_path ssl_certfile
    ssl_keyfile`),
  // https://redis.github.io/lettuce/user-guide/connecting-redis/
  only('verifyPeer', 'full', 'ca'),
  ...any('timeout clientName database'),
  // https://pkg.go.dev/github.com/redis/go-redis/v9#ParseURL
  ...any(`max_retries min_retry_backoff max_retry_backoff dial_timeout read_timeout write_timeout pool_fifo pool_size
    pool_timeout min_idle_conns max_idle_conns max_active_conns conn_max_idle_time conn_max_lifetime`),
];

// https://www.mongodb.com/docs/manual/reference/connection-string-options/
const MONGODB = [
  only('tls', 'true'),
  only('ssl', 'true'),
  // Otherwise the driver reconnects to the members under their private names.
  only('directConnection', 'true'),
  only('authMechanism', 'scram-sha-256', 'scram-sha-1', 'mongodb-x509', 'mongodb-aws', 'mongodb-oidc'),
  ...any(`appName authSource compressors zlibCompressionLevel connectTimeoutMS socketTimeoutMS timeoutMS
    serverSelectionTimeoutMS heartbeatFrequencyMS localThresholdMS maxPoolSize minPoolSize maxConnecting maxIdleTimeMS
    waitQueueTimeoutMS w wtimeoutMS journal readConcernLevel readPreference readPreferenceTags maxStalenessSeconds
    retryReads retryWrites uuidRepresentation serverMonitoringMode tlsCAFile tlsCertificateKeyFile`),
];

const DOCUMENTDB = [
  ...MONGODB.filter(({ name }) => name !== 'retryWrites'),
  // https://docs.aws.amazon.com/documentdb/latest/developerguide/functional-differences.html#functional-differences.retryable-writes
  only('retryWrites', 'false'),
];

const PARAMETERS: Partial<Readonly<Record<Dialect, readonly KnownParameter[]>>> = {
  postgresql: POSTGRESQL,
  redshift: [...LIBPQ, ...PGJDBC],
  mysql: MYSQL,
  mariadb: MYSQL,
  sqlserver: SQL_SERVER,
  redis: REDIS,
  valkey: REDIS,
  mongodb: MONGODB,
  documentdb: DOCUMENTDB,
  // https://docs.influxdata.com/influxdb/v1/tools/api/#query-string-parameters
  influxdb: any('db rp epoch precision chunked chunk_size pretty'),
  // https://www.rabbitmq.com/docs/uri-query-parameters
  // https://pika.readthedocs.io/en/stable/modules/parameters.html
  rabbitmq: [
    only('verify', 'verify_peer'),
    ...any(`cacertfile certfile keyfile depth auth_mechanism heartbeat connection_timeout channel_max frame_max
      blocked_connection_timeout connection_attempts retry_delay socket_timeout stack_timeout locale`),
  ],
  // https://clickhouse.com/docs/interfaces/cli#connection_string
  // https://clickhouse.com/docs/integrations/language-clients/go/config-reference
  clickhouse: [
    only('secure', '', ...TRUE),
    only('skip_verify', 'false'),
    ...any(`dial_timeout read_timeout connect_timeout receive_timeout send_timeout compress compress_level
      block_buffer_size max_open_conns max_idle_conns conn_max_lifetime max_execution_time max_memory_usage
      tcp_keep_alive_timeout`),
  ],
  // https://clickhouse.com/docs/interfaces/http
  'clickhouse-http': any(`database default_format compress decompress enable_http_compression wait_end_of_query
    buffer_size query_id role readonly max_execution_time max_result_rows max_rows_to_read max_memory_usage`),
  // https://docs.oracle.com/en/database/oracle/oracle-database/23/netag/support-easy-connect-plus.html
  oracle: [
    only('ssl_server_dn_match', 'yes', 'on', 'true'),
    ...any(`ssl_server_cert_dn wallet_location connect_timeout transport_connect_timeout retry_count retry_delay
      expire_time sdu recv_buf_size send_buf_size enable pool_connection_class pool_purity pool_boundary`),
  ],
};
