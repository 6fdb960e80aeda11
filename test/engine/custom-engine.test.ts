import { Token } from 'cdktf';
import * as fc from 'fast-check';
import { CUSTOM_ENGINE_RULES, type CustomEngineProps } from '../../lib/engine/custom-engine';
import { DatabaseEngine } from '../../lib/engine/database-engine';
import { TlsHandshake } from '../../lib/engine/tls-handshake';
import { describeProblem } from '../../lib/rules/endpoint-error';
import { expression } from '../support/expression';

const PROPS: CustomEngineProps = { name: 'questdb', port: 8812, handshake: TlsHandshake.NEGOTIATED };
const VERIFYING = { urlParameters: { sslmode: 'verify-full' } };

/** A number that CDKTF would take for a token. */
const NUMBER_TOKEN = Token.asNumber({ creationStack: [], resolve: () => 5432 });

describe('a custom engine', () => {
  test('is what its props say', () => {
    const engine = DatabaseEngine.custom({
      name: 'kafka-2',
      displayName: 'Kafka',
      port: 9092,
      tlsPort: 9093,
      handshake: TlsHandshake.IMMEDIATE,
      urlScheme: 'kafka+tls',
      warnings: ['Advertise the endpoint.'],
    });

    expect(engine).toMatchObject({
      name: 'kafka-2',
      displayName: 'Kafka',
      port: 9092,
      tlsPort: 9093,
      handshake: 'immediate',
      urlScheme: 'kafka+tls',
      warnings: ['Advertise the endpoint.'],
    });
    expect(engine._problems).toEqual([]);
  });

  test('needs a name, a port and a handshake only', () => {
    const engine = DatabaseEngine.custom(PROPS);

    expect(engine).toMatchObject({ displayName: 'questdb', tlsPort: 8812, warnings: [] });
    expect(engine.urlScheme).toBeUndefined();
    expect(engine._dialect).toBeUndefined();
    expect(engine._healthCheckIntervalSeconds).toBe(5);
    expect(engine._problems).toEqual([]);
  });

  test('an explicitly missing name for people is missing', () => {
    expect(DatabaseEngine.custom({ ...PROPS, displayName: undefined }).displayName).toBe('questdb');
  });

  const mistakes: [what: string, props: Partial<CustomEngineProps>, rule: string, property: string][] = [
    ['an empty name', { name: '' }, 'EngineNameInvalid', 'engine.name'],
    ['a name with capitals', { name: 'QuestDB' }, 'EngineNameInvalid', 'engine.name'],
    ['a name with a line break at its end', { name: 'questdb\n' }, 'EngineNameInvalid', 'engine.name'],
    ['the name of an engine we know', { name: 'redis' }, 'EngineNameTaken', 'engine.name'],
    ['a name known at apply', { name: expression('var.engine') }, 'EngineValueUnknown', 'engine.name'],
    ['port 0', { port: 0 }, 'EnginePortInvalid', 'engine.port'],
    ['port 65536', { port: 65536 }, 'EnginePortInvalid', 'engine.port'],
    ['half a port', { port: 80.5 }, 'EnginePortInvalid', 'engine.port'],
    ['no number for a port', { port: Number.NaN }, 'EnginePortInvalid', 'engine.port'],
    ['no port at all', { port: undefined }, 'EnginePortInvalid', 'engine.port'],
    ['a port known at apply', { port: NUMBER_TOKEN }, 'EngineValueUnknown', 'engine.port'],
    ['a negative TLS port', { tlsPort: -1 }, 'EnginePortInvalid', 'engine.tlsPort'],
    ['a TLS port known at apply', { tlsPort: NUMBER_TOKEN }, 'EngineValueUnknown', 'engine.tlsPort'],
    ['no handshake', { handshake: undefined }, 'EngineHandshakeInvalid', 'engine.handshake'],
    ['a made-up handshake', { handshake: 'late' as TlsHandshake }, 'EngineHandshakeInvalid', 'engine.handshake'],
    [
      'a handshake known at apply',
      { handshake: expression('var.handshake') as TlsHandshake },
      'EngineValueUnknown',
      'engine.handshake',
    ],
    ['an empty scheme', { ...VERIFYING, urlScheme: '' }, 'EngineUrlSchemeInvalid', 'engine.urlScheme'],
    [
      'a scheme with its slashes',
      { ...VERIFYING, urlScheme: 'https://' },
      'EngineUrlSchemeInvalid',
      'engine.urlScheme',
    ],
    [
      'a scheme that starts with a digit',
      { ...VERIFYING, urlScheme: '9p' },
      'EngineUrlSchemeInvalid',
      'engine.urlScheme',
    ],
    [
      'a scheme known at apply',
      { ...VERIFYING, urlScheme: expression('var.scheme') },
      'EngineValueUnknown',
      'engine.urlScheme',
    ],
    [
      'a scheme of negotiated TLS and nothing by which clients verify',
      { urlScheme: 'questdb' },
      'EngineUrlUnverified',
      'engine.urlParameters',
    ],
    [
      'a scheme of negotiated TLS and no parameter',
      { urlScheme: 'questdb', urlParameters: {} },
      'EngineUrlUnverified',
      'engine.urlParameters',
    ],
  ];

  test.each(mistakes)('with %s is refused', (_what, props, rule, property) => {
    const engine = DatabaseEngine.custom({ ...PROPS, ...props } as CustomEngineProps);

    expect(engine._problems.map((problem) => [problem.rule, problem.property])).toEqual([[rule, property]]);
  });

  test('reports all its mistakes at once', () => {
    const engine = DatabaseEngine.custom({ name: 'My DB', port: 0, tlsPort: 70000, handshake: TlsHandshake.NONE });

    expect(engine._problems.map(describeProblem)).toEqual([
      "engine.name 'My DB' is not an identifier. Use lowercase letters, digits and hyphens, and put the human-readable name into displayName. [EngineNameInvalid]",
      'engine.port 0 is not a port. Write a whole number from 1 to 65535. [EnginePortInvalid]',
      'engine.tlsPort 70000 is not a port. Write a whole number from 1 to 65535. [EnginePortInvalid]',
    ]);
  });

  test('every rule has a mistake in this table', () => {
    expect(new Set(mistakes.map(([, , rule]) => rule))).toEqual(new Set(CUSTOM_ENGINE_RULES.map((rule) => rule.name)));
  });

  test('with valid values never has a problem, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z0-9-]{1,40}$/).filter((name) => DatabaseEngine.all().every((e) => e.name !== name)),
        fc.integer({ min: 1, max: 65535 }),
        fc.option(fc.integer({ min: 1, max: 65535 }), { nil: undefined }),
        fc.constantFrom(...Object.values(TlsHandshake)),
        fc.option(fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9+.-]{0,20}$/), { nil: undefined }),
        (name, port, tlsPort, handshake, urlScheme) => {
          const urlParameters = { sslmode: 'verify-full' };
          const engine = DatabaseEngine.custom({ name, port, tlsPort, handshake, urlScheme, urlParameters });

          expect(engine._problems).toEqual([]);
          expect(engine.tlsPort).toBe(tlsPort ?? port);
        },
      ),
    );
  });
});
