import type { DatabaseEngine } from '../engine/database-engine';
import { familyOf } from './families';

/**
 * When a database of one's own must be told that its certificate has changed, as full sentences; nothing where that is
 * not known.
 *
 * @see https://www.postgresql.org/docs/current/ssl-tcp.html#SSL-SERVER-FILES
 * @see https://mariadb.com/docs/server/reference/sql-statements/administrative-sql-statements/flush-commands/flush
 * @see https://dev.mysql.com/doc/refman/8.4/en/alter-instance.html
 * @see https://redis.io/docs/latest/operate/oss_and_stack/management/security/encryption/
 * @see https://github.com/memcached/memcached/blob/master/doc/protocol.txt (refresh_certs)
 * @see https://www.mongodb.com/docs/manual/reference/command/rotateCertificates/
 * @see https://docs.opensearch.org/latest/security/configuration/tls/#hot-reloading-tls-certificates
 * @see https://www.rabbitmq.com/docs/ssl#rotation
 * @see https://clickhouse.com/docs/sql-reference/statements/system#reload-config
 * @see https://cassandra.apache.org/doc/latest/cassandra/managing/operating/security.html#ssl-certificate-hot-reloading
 * @internal
 */
export function certificateReload(engine: DatabaseEngine): string | undefined {
  const reload = familyOf(engine)?.certificateReload;
  return (
    reload &&
    `Each time its certificate or key changes, ${engine.displayName} ${reload}. Open connections keep the old one.`
  );
}
