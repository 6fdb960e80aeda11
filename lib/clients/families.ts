import type { Dialect, NegotiatedDialect } from '../engine/catalogue';
import type { DatabaseEngine } from '../engine/database-engine';
import type { ClientFamily } from './client-family';
import { CASSANDRA_FAMILY } from './family/cassandra';
import { CLICKHOUSE_FAMILY } from './family/clickhouse';
import { COUCHDB_FAMILY } from './family/couchdb';
import { INFLUXDB_FAMILY } from './family/influxdb';
import { MEMCACHED_FAMILY } from './family/memcached';
import { MONGODB_FAMILY } from './family/mongodb';
import { MYSQL_FAMILY } from './family/mysql';
import { NEPTUNE_FAMILY } from './family/neptune';
import { ORACLE_FAMILY } from './family/oracle';
import { POSTGRESQL_FAMILY } from './family/postgresql';
import { RABBITMQ_FAMILY } from './family/rabbitmq';
import { REDIS_FAMILY } from './family/redis';
import { SEARCH_FAMILY } from './family/search';
import { SFTP_FAMILY } from './family/sftp';
import { SQL_SERVER_FAMILY } from './family/sql-server';
import { PATH, type UrlForm, type VerifyingUrlForm } from './url-form';
import type { KnownParameter } from './url-parameters';

type Negotiating = ClientFamily & { readonly url: VerifyingUrlForm | undefined };

/**
 * Every engine of the catalogue. The type ensures that none is forgotten, and that none which negotiates TLS leaves
 * it to the scheme of its URL.
 */
const FAMILIES: { readonly [dialect in Dialect]: dialect extends NegotiatedDialect ? Negotiating : ClientFamily } = {
  ...POSTGRESQL_FAMILY,
  ...MYSQL_FAMILY,
  ...SQL_SERVER_FAMILY,
  ...REDIS_FAMILY,
  ...MEMCACHED_FAMILY,
  ...MONGODB_FAMILY,
  ...SEARCH_FAMILY,
  ...COUCHDB_FAMILY,
  ...INFLUXDB_FAMILY,
  ...RABBITMQ_FAMILY,
  ...CLICKHOUSE_FAMILY,
  ...CASSANDRA_FAMILY,
  ...ORACLE_FAMILY,
  ...NEPTUNE_FAMILY,
  ...SFTP_FAMILY,
};

/**
 * What is known of the clients of an engine; nothing of those of a custom one.
 *
 * @internal
 */
export function familyOf(engine: DatabaseEngine): ClientFamily | undefined {
  return engine._dialect && FAMILIES[engine._dialect];
}

/**
 * Whether servers of any engine keep this user name for themselves: a database may move from one engine to another.
 *
 * @internal
 */
export function isReservedUser(name: string): boolean {
  return Object.values<ClientFamily>(FAMILIES).some(({ users }) => users?.reserved?.test(name));
}

/**
 * The URL of an engine; a custom one has the usual parts, and the parameters that its props name.
 *
 * @internal
 */
export function urlForm(engine: DatabaseEngine): UrlForm {
  const parameters = engine._urlParameters;
  return familyOf(engine)?.url ?? { ...PATH, parameters: parameters ? () => parameters : 'by scheme' };
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
 * Every parameter that may be in a URL of the engine: none that weakens the check of the certificate, carries a secret,
 * leads to another host or makes the client run code or read files for the server.
 *
 * @internal
 */
export function knownParameters(engine: DatabaseEngine): readonly KnownParameter[] {
  return familyOf(engine)?.urlParameters ?? [];
}
