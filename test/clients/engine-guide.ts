import { buildClientGuide, type ClientGuide, type ClientGuideInput } from '../../lib/clients/client-guide';
import type { DatabaseEngine } from '../../lib/engine/database-engine';
import { usualTls } from '../engine/engine-facts';
import { LEFT_ALONE } from '../support/text-functions';

export const HOST = 'db.example.com';
export const OTHER = 'orders.abc.rds.amazonaws.com';

/** The guide of an endpoint of this engine, whose TLS ends where the engine allows it. */
export function guideOf(engine: DatabaseEngine, more: Partial<ClientGuideInput> = {}): ClientGuide {
  const tls = more.tls ?? usualTls(engine);
  return buildClientGuide({
    engine,
    hostname: HOST,
    port: portOf(engine, tls),
    terraform: LEFT_ALONE,
    ...more,
    tls,
  });
}

export function portOf(engine: DatabaseEngine, tls: 'terminate' | 'passthrough'): number {
  return tls === 'terminate' ? engine.tlsPort : engine.port;
}
