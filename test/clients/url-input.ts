import { connectionUrl } from '../../lib/clients/connection-url';
import type { ConnectionUrlInput } from '../../lib/clients/write-url';
import type { DatabaseEngine } from '../../lib/engine/database-engine';
import { usualTls } from '../engine/engine-facts';
import { LEFT_ALONE } from '../support/text-functions';
import { HOST } from './engine-guide';

export function input(engine: DatabaseEngine, more: Partial<ConnectionUrlInput> = {}): ConnectionUrlInput {
  const tls = usualTls(engine);
  return { engine, hostname: HOST, port: portOf(engine), tls, terraform: LEFT_ALONE, ...more };
}

export function portOf(engine: DatabaseEngine): number {
  return usualTls(engine) === 'terminate' ? engine.tlsPort : engine.port;
}

export function problemsOf(what: ConnectionUrlInput) {
  const problems = connectionUrl(what);
  if (typeof problems === 'string') throw new Error(`expected problems, got ${problems}`);
  return problems;
}
