/**
 * An identifier of standard SQL.
 *
 * @internal
 */
export function doubleQuoted(name: string): string {
  return `"${name.replace(/"/g, '""')}"`;
}

/**
 * An identifier of MySQL and MariaDB, in which a backslash is a backslash.
 *
 * @see https://dev.mysql.com/doc/refman/8.4/en/identifiers.html
 * @internal
 */
export function backticked(name: string): string {
  return `\`${name.replace(/`/g, '``')}\``;
}

/**
 * An identifier of ClickHouse, in which a backslash escapes.
 *
 * @see https://clickhouse.com/docs/sql-reference/syntax#identifiers
 * @internal
 */
export function escapedBackticks(name: string): string {
  return `\`${name.replace(/[\\`]/g, '\\$&')}\``;
}

/**
 * An identifier of SQL Server.
 *
 * @internal
 */
export function bracketed(name: string): string {
  return `[${name.replace(/]/g, ']]')}]`;
}

/**
 * An identifier of InfluxQL, an argument for redis-cli: a backslash escapes.
 *
 * @see https://docs.influxdata.com/influxdb/v1/query_language/spec/#strings
 * @see https://redis.io/docs/latest/develop/tools/cli/#string-quoting-and-escaping
 * @internal
 */
export function escapedDoubleQuoted(name: string): string {
  return `"${name.replace(/[\\"]/g, '\\$&')}"`;
}

/**
 * A text as part of a regular expression that stands for itself.
 *
 * @internal
 */
export function literalPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
