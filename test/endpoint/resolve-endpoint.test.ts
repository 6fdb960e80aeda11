import { type DatabaseEndpointProps, DatabaseEngine, EndpointCertificate, EndpointTls, TlsHandshake } from '../../lib';
import { resolveEndpoint } from '../../lib/endpoint/resolve-endpoint';
import { ENGINE_FACTS, type EngineFacts } from '../engine/engine-facts';
import { CERTIFICATE_ARN, refusal, synthesizeEndpoint, validProps } from '../support/endpoint';
import { onlyResource } from '../support/synthesis';

type Handshake = 'tls first' | 'tls first, own name' | 'negotiated' | 'none';

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

function kindOf({ handshake, refusesPassthrough }: EngineFacts): Handshake {
  if (handshake !== 'immediate') return handshake;
  return refusesPassthrough ? 'tls first, own name' : 'tls first';
}

function outcome(props: DatabaseEndpointProps): string {
  const error = refusal(props);
  if (error) return error.problems.map(({ rule }) => rule).join(', ');
  const tf = synthesizeEndpoint(props);
  const [listener, target] = [onlyResource(tf, 'aws_lb_listener'), onlyResource(tf, 'aws_lb_target_group')];
  return `L ${listener.protocol} ${listener.port}, T ${target.protocol} ${target.port}`;
}

test('every engine of the catalogue is in the table', () => {
  expect(DatabaseEngine.all().map(({ name }) => name)).toEqual(ENGINE_FACTS.map(({ name }) => name).sort());
});

describe.each(ENGINE_FACTS)('$name', (facts) => {
  const { name, port, tlsPort } = facts;
  const engine = DatabaseEngine.all().find((known) => known.name === name)!;

  test.each(Object.keys(MODES) as Mode[])('with tls %s', (mode) => {
    const expected = OUTCOMES[kindOf(facts)][mode]
      .replace(/\bplain\b/g, String(port))
      .replace(/\btls\b/g, String(tlsPort));

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

test('a port changes only the listener, and a port of the target only the target', () => {
  const engine = DatabaseEngine.RABBITMQ;

  expect(outcome(validProps({ engine, tls: MODES.terminate, port: 443 }))).toBe('L TLS 443, T TLS 5671');
});

test('the idle timeout is planned only for passthrough', () => {
  expect(resolveEndpoint(validProps()).listener.idleTimeoutSeconds).toBe(3600);
  expect(
    resolveEndpoint(validProps({ engine: DatabaseEngine.REDIS, tls: MODES.terminate })).listener.idleTimeoutSeconds,
  ).toBeUndefined();
});
