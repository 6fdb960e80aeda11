import { connectionUrl } from '../../lib/clients/connection-url';
import { DatabaseEngine } from '../../lib/engine/database-engine';
import { TlsHandshake } from '../../lib/engine/tls-handshake';
import { describeProblem } from '../../lib/rules/endpoint-error';
import { READABLE } from '../support/text-functions';

function questdb(urlParameters: Readonly<Record<string, string>>): DatabaseEngine {
  const { NEGOTIATED: handshake } = TlsHandshake;
  return DatabaseEngine.custom({ name: 'questdb', port: 8812, handshake, urlScheme: 'questdb', urlParameters });
}

function urlOf(engine: DatabaseEngine, parameters?: Readonly<Record<string, string>>) {
  const url = connectionUrl({
    engine,
    hostname: 'db.example.com',
    port: 8812,
    tls: 'passthrough',
    parameters,
    terraform: READABLE,
  });
  return typeof url === 'string' ? url : url.map(describeProblem);
}

test('every URL of a custom engine has the parameters by which its clients verify', () => {
  expect(urlOf(questdb({ sslmode: 'verify-full', 'trust store': 'a&b' }))).toBe(
    'questdb://db.example.com:8812?sslmode=verify-full&trust%20store=a%26b',
  );
});

test('they are as they were when the engine was made', () => {
  const parameters = { sslmode: 'verify-full' };
  const engine = questdb(parameters);
  parameters.sslmode = 'disable';

  expect(urlOf(engine)).toBe('questdb://db.example.com:8812?sslmode=verify-full');
});

test('they cannot be replaced, since nobody knows which values verify', () => {
  expect(urlOf(questdb({ sslmode: 'verify-full' }), { sslmode: 'disable' })).toEqual([
    expect.stringMatching(/^connectionUrl\.parameters\.sslmode 'disable' .*\[UrlParameterWeakensTls\]$/),
  ]);
});

test('half a character in them is refused', () => {
  expect(urlOf(questdb({ sslmode: '\ud800' }))).toEqual([
    expect.stringMatching(/^engine\.urlParameters\.sslmode .*\[UrlTextInvalid\]$/),
  ]);
});
