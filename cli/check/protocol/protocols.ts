import type { DatabaseEngine } from '../../../lib/engine/database-engine';
import { TlsHandshake } from '../../../lib/engine/tls-handshake';
import { immediate } from './immediate';
import { mysql } from './mysql';
import { postgresql } from './postgresql';
import type { Protocol } from './protocol';
import { sqlServer } from './sql-server';

/** The protocol of an engine, up to the login; `undefined` where it has no TLS, or none that is known here. */
export function protocolOf(engine: DatabaseEngine): Protocol | undefined {
  if (engine.handshake === TlsHandshake.IMMEDIATE) return immediate(engine);
  switch (engine._dialect) {
    case 'postgresql':
    case 'redshift':
      return postgresql;
    case 'mysql':
    case 'mariadb':
      return mysql;
    case 'sqlserver':
      return sqlServer;
    default:
      return undefined;
  }
}
