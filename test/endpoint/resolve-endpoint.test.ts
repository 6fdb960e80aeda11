import { type DatabaseEndpointProps, DatabaseEngine, EndpointCertificate, EndpointTls, TlsHandshake } from '../../lib';
import { resolveEndpoint } from '../../lib/endpoint/resolve-endpoint';
import { CERTIFICATE_ARN, refusal, synthesizeEndpoint, validProps } from '../support/endpoint';
import { onlyResource } from '../support/synthesis';

type Handshake = 'tls first' | 'tls first, own name' | 'negotiated' | 'none';

/** Port without TLS, port with TLS and when TLS begins, from the documentation of each engine. */
const ENGINES: readonly (readonly [name: string, port: number, tlsPort: number, handshake: Handshake])[] = [
  ['postgresql', 5432, 5432, 'negotiated'],
  ['aurora-postgresql', 5432, 5432, 'negotiated'],
  ['cockroachdb', 26257, 26257, 'negotiated'],
  ['mysql', 3306, 3306, 'negotiated'],
  ['aurora-mysql', 3306, 3306, 'negotiated'],
  ['mariadb', 3306, 3306, 'negotiated'],
  ['redshift', 5439, 5439, 'negotiated'],
  ['sqlserver', 1433, 1433, 'negotiated'],
  ['redis', 6379, 6379, 'tls first'],
  ['valkey', 6379, 6379, 'tls first'],
  ['memcached', 11211, 11211, 'tls first'],
  ['mongodb', 27017, 27017, 'tls first'],
  ['documentdb', 27017, 27017, 'tls first'],
  ['elasticsearch', 9200, 9200, 'tls first'],
  ['opensearch', 9200, 9200, 'tls first'],
  ['couchdb', 5984, 6984, 'tls first'],
  ['influxdb', 8086, 8086, 'tls first'],
  ['rabbitmq', 5672, 5671, 'tls first'],
  ['clickhouse', 9000, 9440, 'tls first'],
  ['clickhouse-http', 8123, 8443, 'tls first'],
  ['cassandra', 9042, 9142, 'tls first'],
  ['oracle', 1521, 2484, 'tls first'],
  ['neptune', 8182, 8182, 'tls first, own name'],
  ['sftp', 22, 22, 'none'],
];

const certificate = EndpointCertificate.fromArn(CERTIFICATE_ARN);
const MODES = {
  'left out': undefined,
  passthrough: EndpointTls.passthrough(),
  terminate: EndpointTls.terminate({ certificate }),
  're-encrypt': EndpointTls.terminate({ certificate, reencrypt: true }),
  'in plaintext': EndpointTls.terminate({ certificate, reencrypt: false }),
  'clients wrap': EndpointTls.terminate({ certificate, clientsWrapTls: true }),
  'clients wrap, re-encrypt': EndpointTls.terminate({ certificate, clientsWrapTls: true, reencrypt: true }),
};

type Mode = keyof typeof MODES;

// L is the listener, T the target; the letters behind them are their protocol and which of the engine's ports.
const OUTCOMES: { readonly [handshake in Handshake]: { readonly [mode in Mode]: string } } = {
  'tls first': {
    'left out': 'TlsChoiceMissing',
    passthrough: 'L TCP plain, T TCP tls',
    terminate: 'L TLS tls, T TLS tls',
    're-encrypt': 'L TLS tls, T TLS tls',
    'in plaintext': 'L TLS tls, T TCP plain',
    'clients wrap': 'ClientsWrapTlsPointless',
    'clients wrap, re-encrypt': 'ClientsWrapTlsPointless',
  },
  'tls first, own name': {
    'left out': 'TlsChoiceMissing',
    passthrough: 'PassthroughImpossible',
    terminate: 'L TLS tls, T TLS tls',
    're-encrypt': 'L TLS tls, T TLS tls',
    'in plaintext': 'L TLS tls, T TCP plain',
    'clients wrap': 'ClientsWrapTlsPointless',
    'clients wrap, re-encrypt': 'ClientsWrapTlsPointless',
  },
  negotiated: {
    'left out': 'L TCP plain, T TCP plain',
    passthrough: 'L TCP plain, T TCP plain',
    terminate: 'TlsTerminationBreaksNegotiation',
    're-encrypt': 'TlsTerminationBreaksNegotiation, ReencryptNeedsTlsFirst',
    'in plaintext': 'TlsTerminationBreaksNegotiation',
    'clients wrap': 'L TLS plain, T TCP plain',
    'clients wrap, re-encrypt': 'ReencryptNeedsTlsFirst',
  },
  none: {
    'left out': 'L TCP plain, T TCP plain',
    passthrough: 'L TCP plain, T TCP plain',
    terminate: 'TlsTerminationWithoutTls',
    're-encrypt': 'TlsTerminationWithoutTls, ReencryptNeedsTlsFirst',
    'in plaintext': 'TlsTerminationWithoutTls',
    'clients wrap': 'L TLS plain, T TCP plain',
    'clients wrap, re-encrypt': 'ReencryptNeedsTlsFirst',
  },
};

function outcome(props: DatabaseEndpointProps): string {
  const error = refusal(props);
  if (error) return error.problems.map(({ rule }) => rule).join(', ');
  const tf = synthesizeEndpoint(props);
  const [listener, target] = [onlyResource(tf, 'aws_lb_listener'), onlyResource(tf, 'aws_lb_target_group')];
  return `L ${listener.protocol} ${listener.port}, T ${target.protocol} ${target.port}`;
}

test('every engine of the catalogue is in the table', () => {
  expect(DatabaseEngine.all().map(({ name }) => name)).toEqual(ENGINES.map(([name]) => name).sort());
});

describe.each(ENGINES)('%s', (name, port, tlsPort, handshake) => {
  const engine = DatabaseEngine.all().find((known) => known.name === name)!;

  test.each(Object.keys(MODES) as Mode[])('with tls %s', (mode) => {
    const expected = OUTCOMES[handshake][mode].replace(/\bplain\b/g, String(port)).replace(/\btls\b/g, String(tlsPort));

    expect(outcome(validProps({ engine, tls: MODES[mode] }))).toBe(expected);
  });
});

test('a custom engine follows its handshake and ports', () => {
  const custom = { name: 'tarantool', port: 3301, tlsPort: 3302 };
  const immediate = DatabaseEngine.custom({ ...custom, handshake: TlsHandshake.IMMEDIATE });
  const negotiated = DatabaseEngine.custom({ ...custom, handshake: TlsHandshake.NEGOTIATED });

  expect(outcome(validProps({ engine: immediate, tls: MODES.terminate }))).toBe('L TLS 3302, T TLS 3302');
  expect(outcome(validProps({ engine: immediate }))).toBe('TlsChoiceMissing');
  expect(outcome(validProps({ engine: negotiated, tls: MODES.terminate }))).toBe('TlsTerminationBreaksNegotiation');
});

test('a port of your own moves the listener alone, and a port of the target the target alone', () => {
  const engine = DatabaseEngine.RABBITMQ;

  expect(outcome(validProps({ engine, tls: MODES.terminate, port: 443 }))).toBe('L TLS 443, T TLS 5671');
});

test('the idle timeout is planned for passthrough alone', () => {
  expect(resolveEndpoint(validProps()).listener.idleTimeoutSeconds).toBe(3600);
  expect(
    resolveEndpoint(validProps({ engine: DatabaseEngine.REDIS, tls: MODES.terminate })).listener.idleTimeoutSeconds,
  ).toBeUndefined();
});
