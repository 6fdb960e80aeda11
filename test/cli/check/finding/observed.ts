import type { Observation, TlsOpened } from '../../../../cli/check/observation';
import { NOT_DEMANDED } from '../../../../cli/check/protocol/protocol';
import { DatabaseEngine } from '../../../../lib/engine/database-engine';

export const NOW = new Date('2026-03-01T12:00:00Z');

/** A sound endpoint, as it was seen; every test says what differs. */
export function observed(different: Partial<Observation> = {}): Observation {
  return {
    request: {
      host: 'db.example.com',
      port: 5432,
      engine: DatabaseEngine.POSTGRESQL,
      serverName: 'db.example.com',
      timeoutSeconds: 10,
      expect: 'open',
    },
    now: NOW,
    addresses: [{ address: '203.0.113.7', connectMs: 12.34 }],
    ...different,
  };
}

export function opened(
  different: Partial<TlsOpened> = {},
  certificate: Partial<TlsOpened['certificate']> = {},
): TlsOpened {
  return {
    opened: true,
    version: 'TLSv1.3',
    cipher: 'TLS_AES_256_GCM_SHA384',
    lenient: false,
    handshakeMs: 34.56,
    clientCertificate: NOT_DEMANDED,
    certificate: {
      subject: 'CN=db.example.com',
      issuer: 'CN=Some CA',
      authority: 'CN=Some Root CA',
      names: ['db.example.com'],
      nameMatch: 'name',
      validFrom: new Date('2026-01-01T00:00:00Z'),
      validTo: new Date('2026-06-01T00:00:00Z'),
      key: { type: 'ec', curve: 'prime256v1' },
      ...certificate,
    },
    ...different,
  };
}
