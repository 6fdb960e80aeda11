import { givesUpSeconds, interval, KERNEL_DECIDES, type Keepalives } from './client-keepalive';

/**
 * Clients of PostgreSQL and Redshift.
 *
 * @see https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-KEEPALIVES-IDLE
 * @see https://jdbc.postgresql.org/documentation/use/
 * @see https://www.pgbouncer.org/config.html#tcp_keepidle
 * @see https://www.npgsql.org/doc/keepalive.html
 * @internal
 */
export const postgresql: Keepalives = ({ seconds }) => [
  {
    client: 'psql and everything else on libpq',
    setting: `keepalives_idle=${seconds}&keepalives_interval=${interval(seconds)}&keepalives_count=4`,
    afterSeconds: seconds,
    note: `Add it to the parameters of the URL. With libpq 12 or later on Linux, add tcp_user_timeout=${givesUpSeconds(seconds) * 1000} as well: keepalives are not sent while data waits for an answer, and this ends such a connection.`,
  },
  {
    client: 'PostgreSQL JDBC driver',
    setting: 'tcpKeepAlive=true',
    note: 'Add it to the parameters of the URL: keepalive is off by default. When to speak is up to the operating system. socketTimeout (in seconds, longer than the longest query) ends a query that a dead database does not answer.',
  },
  {
    client: 'PgBouncer',
    setting: [
      'tcp_keepalive = 1',
      `tcp_keepidle = ${seconds}`,
      `tcp_keepintvl = ${interval(seconds)}`,
      'tcp_keepcnt = 4',
    ].join('\n'),
    afterSeconds: seconds,
    note: `It stands in the section [pgbouncer] of pgbouncer.ini. On Linux, tcp_user_timeout = ${givesUpSeconds(seconds) * 1000} beside it ends connections whose data nobody acknowledges.`,
  },
  {
    client: 'Npgsql',
    setting: `Keepalive=${seconds}`,
    afterSeconds: seconds,
    note: 'Add it to the connection string: Npgsql then sends a query when the connection is idle.',
  },
  {
    client: 'node-postgres',
    setting: `keepAlive: true, keepAliveInitialDelayMillis: ${seconds * 1000}`,
    afterSeconds: seconds,
    note: 'Both are properties of the configuration of the client or the pool.',
  },
];

/**
 * Clients of MySQL and MariaDB. The command line clients have no option for it.
 *
 * @see https://dev.mysql.com/doc/connector-j/en/connector-j-connp-props-networking.html
 * @see https://mariadb.com/docs/connectors/mariadb-connector-j/about-mariadb-connector-j
 * @internal
 */
export const mysql: Keepalives = ({ seconds }) => [
  { client: 'mysql, mariadb and everything else on their C libraries', note: KERNEL_DECIDES },
  {
    client: 'MySQL Connector/J',
    setting: 'tcpKeepAlive=true',
    note: 'It is the default already. When to speak is up to the operating system. socketTimeout (in milliseconds, longer than the longest query; 0 by default, which means never) ends a query that a dead database does not answer.',
  },
  {
    client: 'MariaDB Connector/J',
    setting: `tcpKeepAlive=true&tcpKeepIdle=${seconds}&tcpKeepInterval=${interval(seconds)}&tcpKeepCount=4`,
    afterSeconds: seconds,
    note: 'Add it to the parameters of the URL; Java 11 or later. socketTimeout (in milliseconds, longer than the longest query) ends a query that a dead database does not answer.',
  },
];

/**
 * Clients of SQL Server.
 *
 * @see https://github.com/microsoft/go-mssqldb#less-common-parameters
 * @see https://learn.microsoft.com/sql/connect/odbc/dsn-connection-string-attribute
 * @internal
 */
export const sqlServer: Keepalives = ({ seconds }) => [
  {
    client: 'go-mssqldb, and sqlcmd in Go',
    setting: `keepAlive=${Math.min(30, seconds)}`,
    afterSeconds: Math.min(30, seconds),
    note: 'Add it to the parameters of the URL; without it, the driver speaks every 30 seconds.',
  },
  {
    client: 'ODBC Driver 17 and 18, and sqlcmd on them',
    setting: `KeepAlive=${Math.min(30, seconds)}`,
    afterSeconds: Math.min(30, seconds),
    note: 'It stands in the section of the driver in odbcinst.ini; without it, the driver speaks every 30 seconds.',
  },
  {
    client: 'Microsoft JDBC Driver',
    note: `${KERNEL_DECIDES} socketTimeout (in milliseconds, longer than the longest query) ends a query that a dead database does not answer.`,
  },
];

/**
 * Clients of Oracle. EXPIRE_TIME counts in minutes.
 *
 * @see https://python-oracledb.readthedocs.io/en/latest/user_guide/connection_handling.html#connectionha
 * @see https://docs.oracle.com/en/database/oracle/oracle-database/19/netrf/local-naming-parameters-in-tns-ora-file.html
 * @internal
 */
export const oracle: Keepalives = ({ seconds }) => [
  ...(seconds < 60
    ? []
    : [
        {
          client: 'sqlplus and everything else on Oracle Client 19 or later',
          setting: '(EXPIRE_TIME=1)',
          afterSeconds: 60,
          note: 'Put it right behind "(DESCRIPTION=" in the connect descriptor; it counts in minutes.',
        },
      ]),
  {
    client: seconds < 60 ? 'sqlplus and everything else on Oracle Client' : 'Oracle Client 18 or earlier',
    setting: '(ENABLE=BROKEN)',
    note: 'Put it right behind "(DESCRIPTION=" in the connect descriptor. It turns TCP keepalive on; when to speak is up to the operating system.',
  },
];

/**
 * Clients of ClickHouse's own protocol, which speak after 290 seconds by default.
 *
 * @see https://clickhouse.com/docs/operations/settings/settings#tcp_keep_alive_timeout
 * @internal
 */
export const clickhouse: Keepalives = ({ seconds }) => [
  {
    client: 'clickhouse-client',
    setting: `--tcp_keep_alive_timeout=${seconds}`,
    afterSeconds: seconds,
    note: 'Add it to the command.',
  },
];

/**
 * Clients of Cassandra, whose drivers send a heartbeat.
 *
 * @see https://docs.datastax.com/en/developer/python-driver/latest/api/cassandra/cluster/
 * @see https://docs.datastax.com/en/developer/java-driver/latest/manual/core/configuration/reference/
 * @internal
 */
export const cassandra: Keepalives = ({ seconds }) => [
  {
    client: 'cqlsh and the Python driver',
    setting: `idle_heartbeat_interval=${Math.min(30, seconds)}`,
    afterSeconds: Math.min(30, seconds),
    note: 'It is an argument of Cluster(); 30 seconds are the default, which cqlsh keeps.',
  },
  {
    client: 'Java driver',
    setting: `advanced.heartbeat.interval = ${Math.min(30, seconds)} seconds`,
    afterSeconds: Math.min(30, seconds),
    note: 'It stands in application.conf; 30 seconds are the default.',
  },
];
