import type { Negotiation } from '../../../lib/engine/catalogue';
import type { DatabaseEngine } from '../../../lib/engine/database-engine';
import { TlsHandshake } from '../../../lib/engine/tls-handshake';
import { immediate } from './immediate';
import { mysql } from './mysql';
import { postgresql } from './postgresql';
import type { Protocol } from './protocol';
import { sqlServer } from './sql-server';

const NEGOTIATED: Readonly<Record<Negotiation, Protocol>> = { postgresql, mysql, tds: sqlServer };

/** The protocol of an engine, up to the login; `undefined` if it has no TLS, or if its negotiation is unknown. */
export function protocolOf(engine: DatabaseEngine): Protocol | undefined {
  if (engine.handshake === TlsHandshake.IMMEDIATE) return immediate(engine);
  return engine._negotiation && NEGOTIATED[engine._negotiation];
}
