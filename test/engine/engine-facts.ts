import type { DatabaseEngine } from '../../lib/engine/database-engine';

/** Name of a catalogue entry, which reads better in the name of a test than the engine itself. */
export type Member = keyof typeof DatabaseEngine;

/** What the documentation of an engine says of its protocol. */
export interface EngineFacts {
  readonly member: Member;
  readonly name: string;
  /** The port without TLS. */
  readonly port: number;
  readonly tlsPort: number;
  /** When TLS begins: with the first byte, within the protocol, or never. */
  readonly handshake: 'immediate' | 'negotiated' | 'none';
  /** The scheme of its URLs, where its clients have any. */
  readonly urlScheme?: string;
  /** Whether users are created in the database itself. */
  readonly hasUsers: boolean;
  /** Whether it answers only under its own name, which clients of an endpoint do not send: TLS cannot pass through. */
  readonly refusesPassthrough: boolean;
}

type Row = readonly [Member, name: string, port: number, tlsPort: number, EngineFacts['handshake'], urlScheme?: string];

/**
 * Written by hand from the documentation of the protocols and not from the catalogue, which is compared with it. Every
 * other test that needs such a fact takes it from here.
 */
const ROWS: readonly Row[] = [
  ['POSTGRESQL', 'postgresql', 5432, 5432, 'negotiated', 'postgresql'],
  ['AURORA_POSTGRESQL', 'aurora-postgresql', 5432, 5432, 'negotiated', 'postgresql'],
  ['MYSQL', 'mysql', 3306, 3306, 'negotiated', 'mysql'],
  ['AURORA_MYSQL', 'aurora-mysql', 3306, 3306, 'negotiated', 'mysql'],
  ['MARIADB', 'mariadb', 3306, 3306, 'negotiated', 'mariadb'],
  ['COCKROACHDB', 'cockroachdb', 26257, 26257, 'negotiated', 'postgresql'],
  ['REDSHIFT', 'redshift', 5439, 5439, 'negotiated', 'postgresql'],
  ['SQL_SERVER', 'sqlserver', 1433, 1433, 'negotiated', 'sqlserver'],
  ['REDIS', 'redis', 6379, 6379, 'immediate', 'rediss'],
  ['VALKEY', 'valkey', 6379, 6379, 'immediate', 'rediss'],
  ['MEMCACHED', 'memcached', 11211, 11211, 'immediate'],
  ['MONGODB', 'mongodb', 27017, 27017, 'immediate', 'mongodb'],
  ['DOCUMENTDB', 'documentdb', 27017, 27017, 'immediate', 'mongodb'],
  ['ELASTICSEARCH', 'elasticsearch', 9200, 9200, 'immediate', 'https'],
  ['OPENSEARCH', 'opensearch', 9200, 9200, 'immediate', 'https'],
  ['COUCHDB', 'couchdb', 5984, 6984, 'immediate', 'https'],
  ['INFLUXDB', 'influxdb', 8086, 8086, 'immediate', 'https'],
  ['RABBITMQ', 'rabbitmq', 5672, 5671, 'immediate', 'amqps'],
  ['CLICKHOUSE', 'clickhouse', 9000, 9440, 'immediate', 'clickhouse'],
  ['CLICKHOUSE_HTTP', 'clickhouse-http', 8123, 8443, 'immediate', 'https'],
  ['CASSANDRA', 'cassandra', 9042, 9142, 'immediate'],
  ['ORACLE', 'oracle', 1521, 2484, 'immediate', 'tcps'],
  ['NEPTUNE', 'neptune', 8182, 8182, 'immediate', 'https'],
  ['SFTP', 'sftp', 22, 22, 'none', 'sftp'],
];

/** Their users are those of SASL, IAM and the operating system. */
const WITHOUT_USERS: readonly Member[] = ['MEMCACHED', 'NEPTUNE', 'SFTP'];

const REFUSES_PASSTHROUGH: readonly Member[] = ['NEPTUNE'];

export const ENGINE_FACTS: readonly EngineFacts[] = ROWS.map(([member, name, port, tlsPort, handshake, urlScheme]) => ({
  member,
  name,
  port,
  tlsPort,
  handshake,
  urlScheme,
  hasUsers: !WITHOUT_USERS.includes(member),
  refusesPassthrough: REFUSES_PASSTHROUGH.includes(member),
}));

/** Where the TLS of an engine's clients ends most often: at the listener, if they open with it. */
export function usualTls(engine: DatabaseEngine): 'terminate' | 'passthrough' {
  return handshakeOf(engine) === 'immediate' ? 'terminate' : 'passthrough';
}

/** When TLS begins; a custom engine has said it itself. */
export function handshakeOf({ name, handshake }: DatabaseEngine): EngineFacts['handshake'] {
  return ENGINE_FACTS.find((facts) => facts.name === name)?.handshake ?? handshake;
}
