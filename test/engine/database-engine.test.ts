import { DatabaseEngine } from '../../lib/engine/database-engine';
import { ENGINE_FACTS, handshakeOf } from './engine-facts';

describe('the catalogue of engines', () => {
  test.each(ENGINE_FACTS)('$member is $name, on port $port and with TLS on $tlsPort, $handshake', (facts) => {
    const { member, name, port, tlsPort, handshake } = facts;
    const engine = DatabaseEngine[member] as DatabaseEngine;

    expect(engine).toMatchObject({ name, port, tlsPort, handshake });
    expect(engine.displayName).toMatch(/^[A-Z]/);
    expect(engine._problems).toEqual([]);
  });

  test('all() lists every engine once, by name', () => {
    const names = DatabaseEngine.all().map((engine) => engine.name);

    expect(names).toEqual(ENGINE_FACTS.map(({ name }) => name).sort());
  });

  test.each(ENGINE_FACTS)('URLs of $name have the scheme $urlScheme', ({ name, urlScheme }) => {
    expect(named(name).urlScheme).toBe(urlScheme);
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
    expect(ENGINE_FACTS.filter(({ refusesPassthrough }) => refusesPassthrough).map(({ name }) => name)).toEqual([
      'neptune',
    ]);
  });

  test('every engine that negotiates TLS says what makes it refuse clients without', () => {
    for (const engine of DatabaseEngine.all()) {
      expect([engine.name, engine._plaintextRefusal !== undefined]).toEqual([
        engine.name,
        handshakeOf(engine) === 'negotiated',
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
