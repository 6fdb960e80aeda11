import { protocolOf } from '../../cli/check/protocol/protocols';
import { familyOf, knownParameter, urlForm } from '../../lib/clients/families';
import { DatabaseEngine } from '../../lib/engine/database-engine';
import { TlsHandshake } from '../../lib/engine/tls-handshake';

const ENGINES = DatabaseEngine.all().map((engine) => [engine.name, engine] as const);
const NEGOTIATING = ENGINES.filter(([, { handshake }]) => handshake === TlsHandshake.NEGOTIATED);

test.each(ENGINES)('the clients of %s are known', (_, engine) => {
  expect(familyOf(engine)).toBeDefined();
});

test.each(ENGINES)('%s has a URL form exactly if it has a scheme', (_, engine) => {
  expect(familyOf(engine)?.url === undefined).toBe(engine.urlScheme === undefined);
});

// Their schemes do not say TLS: without a parameter, a client would do without it.
test.each(NEGOTIATING)(
  'a URL of %s, which negotiates TLS, has a parameter that makes the client verify',
  (_, engine) => {
    const { parameters } = urlForm(engine);

    expect(parameters).not.toBe('by scheme');
    for (const differs of [false, true]) {
      const written = parameters === 'by scheme' ? {} : parameters({ name: 'db.example.com', differs });
      const verifying = Object.entries(written).filter(([name, value]) =>
        knownParameter(engine, name)?.values?.includes(String(value).toLowerCase()),
      );
      expect(verifying.map(([name]) => name).join()).toMatch(/ssl|encrypt|tls/i);
    }
  },
);

test.each(ENGINES.filter(([, { handshake }]) => handshake !== TlsHandshake.NONE))(
  'a check of %s knows how its clients open TLS',
  (_, engine) => {
    expect(protocolOf(engine)).toBeDefined();
  },
);

test('nothing is claimed of a custom engine', () => {
  const custom = DatabaseEngine.custom({ name: 'mystery', port: 4711, handshake: TlsHandshake.NEGOTIATED });

  expect(familyOf(custom)).toBeUndefined();
  expect(protocolOf(custom)).toBeUndefined();
});
