import type { Dialect } from '../../engine/catalogue';
import { TlsHandshake } from '../../engine/tls-handshake';
import { cassandra } from './cassandra';
import { clickhouse } from './clickhouse';
import type { ClientConnection, Recipes } from './client-connection';
import type { ClientRecipe } from './client-recipe';
import { httpsAt } from './https';
import { memcached } from './memcached';
import { mongodb } from './mongodb';
import { mariadb, mysql } from './mysql';
import { oracle } from './oracle';
import { postgresql } from './postgresql';
import { rabbitmq } from './rabbitmq';
import { redis, valkey } from './redis';
import { sftp } from './sftp';
import { sqlServer } from './sql-server';
import { openssl, throughStunnel } from './tls-wrapper';

const RECIPES: Readonly<Record<Dialect, Recipes>> = {
  postgresql,
  redshift: postgresql,
  mysql,
  mariadb,
  sqlserver: sqlServer,
  redis,
  valkey,
  memcached,
  mongodb,
  documentdb: mongodb,
  elasticsearch: httpsAt('/'),
  opensearch: httpsAt('/'),
  couchdb: httpsAt('/_up'),
  influxdb: httpsAt('/ping'),
  rabbitmq,
  clickhouse,
  'clickhouse-http': httpsAt('/ping'),
  cassandra,
  oracle,
  neptune: httpsAt('/status'),
  sftp,
};

/**
 * How the clients of an engine connect to an endpoint, best first.
 *
 * @internal
 */
export function clientRecipes(connection: ClientConnection): readonly ClientRecipe[] {
  const { engine, tls } = connection;
  if (tls === 'terminate' && engine.handshake !== TlsHandshake.IMMEDIATE) return [throughStunnel(connection)];
  if (engine._dialect) return RECIPES[engine._dialect](connection);
  return engine.handshake === TlsHandshake.IMMEDIATE ? [openssl(connection), throughStunnel(connection)] : [];
}
