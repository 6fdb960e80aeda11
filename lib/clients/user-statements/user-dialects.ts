import type { Dialect } from '../../engine/catalogue';
import type { DatabaseEngine } from '../../engine/database-engine';
import { documentdb, mongodb } from './mongodb';
import { mariadb, mysql } from './mysql';
import { oracle } from './oracle';
import { cassandra, clickhouse, couchdb, influxdb, rabbitmq } from './other';
import { postgresql, redshift } from './postgresql';
import { redis, valkey } from './redis';
import { elasticsearch, opensearch } from './search';
import { sqlServer } from './sql-server';
import type { UserDialect } from './user-dialect';

/** Memcached has no logins that could be told apart, Neptune has those of IAM, and SFTP those of the machine. */
const USER_DIALECTS: Partial<Readonly<Record<Dialect, UserDialect>>> = {
  postgresql,
  redshift,
  mysql,
  mariadb,
  sqlserver: sqlServer,
  redis,
  valkey,
  mongodb,
  documentdb,
  elasticsearch,
  opensearch,
  couchdb,
  influxdb,
  rabbitmq,
  clickhouse,
  'clickhouse-http': clickhouse,
  cassandra,
  oracle,
};

/**
 * How logins of an engine are written; `undefined` where it has none.
 *
 * @internal
 */
export function userDialect(engine: DatabaseEngine): UserDialect | undefined {
  return engine._dialect && USER_DIALECTS[engine._dialect];
}
