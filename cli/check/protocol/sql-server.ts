import type { PlaintextAnswer, Protocol, TlsStart } from './protocol';
import { Encryption, parsePrelogin, prelogin } from './tds-packets';
import { TdsTlsStream } from './tds-tls-stream';

/** SQL Server, TDS 7.x: agrees on encryption before TLS, and wraps the TLS handshake in its own packets. */
export const sqlServer: Protocol = {
  opening: () => prelogin(Encryption.ON),
  // https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-tds: TLS 1.3 needs TDS 8.0.
  maxTlsVersion: 'TLSv1.2',
  loginDeadline: 'the login timeout of SQL Server',

  startTls: async (wire): Promise<TlsStart> => {
    wire.send(prelogin(Encryption.ON));
    const answer = await wire.read(parsePrelogin);
    if (answer === Encryption.ON || answer === Encryption.REQUIRED) {
      const transport = new TdsTlsStream(wire.handOver());
      return { ready: true, transport, onSecure: () => transport.finishHandshake() };
    }
    return {
      ready: false,
      reason: answer === Encryption.LOGIN_ONLY ? 'encrypts only the login' : 'offers no TLS',
    };
  },

  tryPlaintext: async ({ plain }) => {
    const wire = await plain();
    wire.send(prelogin(Encryption.NOT_SUPPORTED));
    return judgePlaintext(await wire.read(parsePrelogin));
  },
};

/** What a server tells a client that says it cannot encrypt: no login is needed for the answer. */
export function judgePlaintext(answer: Encryption | undefined): PlaintextAnswer {
  switch (answer) {
    case Encryption.REQUIRED:
    case Encryption.ON:
      return { verdict: 'refused', evidence: 'insists on encryption' };
    case undefined:
      return { verdict: 'unknown', evidence: 'says nothing about encryption' };
    default:
      return { verdict: 'accepted', evidence: 'lets a client continue that cannot encrypt' };
  }
}
