import type { Dialect } from '../engine/catalogue';
import type { DatabaseEngine } from '../engine/database-engine';

/**
 * What makes a server of one's own show a new certificate, as a clause that continues "<engine> ...". Connections that
 * are open keep the old one everywhere.
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
 */
const RELOADS: Partial<Readonly<Record<Dialect, string>>> = {
  postgresql: 'reads it again after `SELECT pg_reload_conf();`',
  mysql: 'reads it again after `ALTER INSTANCE RELOAD TLS;`',
  mariadb: 'reads it again after `FLUSH SSL;`',
  sqlserver: 'reads it when its service starts: restart it',
  redis: 'reads it again after `CONFIG SET tls-cert-file FILE tls-key-file KEY`, even where the paths stay the same',
  valkey: 'reads it again after `CONFIG SET tls-cert-file FILE tls-key-file KEY`, even where the paths stay the same',
  memcached: 'reads it again after the command `refresh_certs`',
  mongodb: 'reads it again after `db.adminCommand({ rotateCertificates: 1 })`',
  elasticsearch: 'notices a changed file by itself, within seconds',
  opensearch:
    'reads it again after `PUT _plugins/_security/api/ssl/http/reloadcerts`, where that is turned on; otherwise restart the node',
  couchdb: 'reads it when it starts: restart it',
  influxdb: 'reads it when it starts: restart it',
  rabbitmq: "reads it again after `rabbitmqctl eval 'ssl:clear_pem_cache().'`",
  clickhouse: 'notices a changed file by itself, or after `SYSTEM RELOAD CONFIG;`',
  'clickhouse-http': 'notices a changed file by itself, or after `SYSTEM RELOAD CONFIG;`',
  cassandra: 'notices a changed keystore by itself within ten minutes, or after `nodetool reloadssl`',
  oracle: 'reads its wallet when the listener starts: restart the listener',
};

/**
 * When a database of one's own must be told that its certificate has changed, as full sentences; nothing where that is
 * not known.
 *
 * @internal
 */
export function certificateReload(engine: DatabaseEngine): string | undefined {
  const reload = engine._dialect && RELOADS[engine._dialect];
  return (
    reload &&
    `Each time its certificate or key changes, ${engine.displayName} ${reload}. Connections that are open keep the old one.`
  );
}
