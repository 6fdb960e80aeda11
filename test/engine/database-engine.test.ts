import { DatabaseEngine } from '../../lib/engine/database-engine';
import { TlsHandshake } from '../../lib/engine/tls-handshake';

const { IMMEDIATE, NEGOTIATED, NONE } = TlsHandshake;

describe('the catalogue of engines', () => {
  // Written by hand from the protocols' documentation, not from the source.
  const engines: [
    member: keyof typeof DatabaseEngine,
    name: string,
    port: number,
    tlsPort: number,
    handshake: TlsHandshake,
  ][] = [
    ['POSTGRESQL', 'postgresql', 5432, 5432, NEGOTIATED],
    ['AURORA_POSTGRESQL', 'aurora-postgresql', 5432, 5432, NEGOTIATED],
    ['MYSQL', 'mysql', 3306, 3306, NEGOTIATED],
    ['AURORA_MYSQL', 'aurora-mysql', 3306, 3306, NEGOTIATED],
    ['MARIADB', 'mariadb', 3306, 3306, NEGOTIATED],
    ['COCKROACHDB', 'cockroachdb', 26257, 26257, NEGOTIATED],
    ['REDSHIFT', 'redshift', 5439, 5439, NEGOTIATED],
    ['SQL_SERVER', 'sqlserver', 1433, 1433, NEGOTIATED],
    ['REDIS', 'redis', 6379, 6379, IMMEDIATE],
    ['VALKEY', 'valkey', 6379, 6379, IMMEDIATE],
    ['MEMCACHED', 'memcached', 11211, 11211, IMMEDIATE],
    ['MONGODB', 'mongodb', 27017, 27017, IMMEDIATE],
    ['DOCUMENTDB', 'documentdb', 27017, 27017, IMMEDIATE],
    ['ELASTICSEARCH', 'elasticsearch', 9200, 9200, IMMEDIATE],
    ['OPENSEARCH', 'opensearch', 9200, 9200, IMMEDIATE],
    ['COUCHDB', 'couchdb', 5984, 6984, IMMEDIATE],
    ['INFLUXDB', 'influxdb', 8086, 8086, IMMEDIATE],
    ['RABBITMQ', 'rabbitmq', 5672, 5671, IMMEDIATE],
    ['CLICKHOUSE', 'clickhouse', 9000, 9440, IMMEDIATE],
    ['CLICKHOUSE_HTTP', 'clickhouse-http', 8123, 8443, IMMEDIATE],
    ['CASSANDRA', 'cassandra', 9042, 9142, IMMEDIATE],
    ['ORACLE', 'oracle', 1521, 2484, IMMEDIATE],
    ['NEPTUNE', 'neptune', 8182, 8182, IMMEDIATE],
    ['SFTP', 'sftp', 22, 22, NONE],
  ];

  test.each(engines)('%s is %s, on port %i and with TLS on %i, %s', (member, name, port, tlsPort, handshake) => {
    const engine = DatabaseEngine[member] as DatabaseEngine;

    expect(engine).toMatchObject({ name, port, tlsPort, handshake });
    expect(engine.displayName).toMatch(/^[A-Z]/);
    expect(engine._problems).toEqual([]);
  });

  test('all() lists every engine once, by name', () => {
    const names = DatabaseEngine.all().map((engine) => engine.name);

    expect(names).toEqual(engines.map(([, name]) => name).sort());
  });

  test.each([
    ['memcached', undefined],
    ['cassandra', undefined],
    ['redis', 'rediss'],
    ['valkey', 'rediss'],
    ['rabbitmq', 'amqps'],
    ['documentdb', 'mongodb'],
    ['mariadb', 'mariadb'],
    ['neptune', 'https'],
    ['oracle', 'tcps'],
  ])('URLs of %s have the scheme %s', (name, scheme) => {
    expect(named(name).urlScheme).toBe(scheme);
  });

  test.each([
    ['mongodb', 'directConnection=true'],
    ['documentdb', 'replicaSet=rs0'],
    ['documentdb', 'retryWrites=false'],
    ['redis', 'cluster mode'],
    ['valkey', 'cluster mode'],
    ['memcached', 'auto discovery'],
    ['cassandra', 'address translator'],
    ['elasticsearch', 'sniffing'],
    ['opensearch', 'sniffing'],
    ['opensearch', '443'],
    ['oracle', 'SCAN'],
    ['redshift', 'verify-ca'],
    ['mysql', '50 minutes'],
    ['mysql', 'TRUNCATE TABLE performance_schema.host_cache'],
    ['mysql', 'max_connect_errors'],
    ['aurora-mysql', 'max_connect_errors'],
    ['mariadb', 'max_connect_errors'],
  ])('whoever exposes %s is told about %s', (name, fact) => {
    expect(named(name).warnings.join('\n')).toContain(fact);
  });

  test('every warning is a sentence', () => {
    for (const warning of DatabaseEngine.all().flatMap((engine) => engine.warnings)) {
      expect(warning).toMatch(/^[A-Z].*\.$/);
    }
  });

  test('health checks come rarely where the server counts them as failed logins', () => {
    const slow = DatabaseEngine.all().filter((engine) => engine._healthCheckIntervalSeconds !== 5);

    expect(slow.map((engine) => [engine.name, engine._healthCheckIntervalSeconds])).toEqual([
      ['aurora-mysql', 30],
      ['mariadb', 30],
      ['mysql', 30],
    ]);
  });

  test('only Neptune refuses passthrough', () => {
    const refusing = DatabaseEngine.all().filter((engine) => engine._passthroughRefusal);

    expect(refusing.map((engine) => engine.name)).toEqual(['neptune']);
  });

  test('every engine that negotiates TLS says what makes it refuse clients without', () => {
    for (const engine of DatabaseEngine.all()) {
      expect([engine.name, engine._plaintextRefusal !== undefined]).toEqual([
        engine.name,
        engine.handshake === NEGOTIATED,
      ]);
    }
  });

  test('a caller cannot change the warnings of an engine for others', () => {
    const before = DatabaseEngine.MYSQL.warnings.length;

    DatabaseEngine.AURORA_MYSQL.warnings.push('Mine.');

    expect(DatabaseEngine.MYSQL.warnings).toHaveLength(before);
    DatabaseEngine.AURORA_MYSQL.warnings.pop();
  });
});

function named(name: string): DatabaseEngine {
  return DatabaseEngine.all().find((engine) => engine.name === name)!;
}
