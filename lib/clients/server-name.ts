import type { DatabaseEngine } from '../engine/database-engine';
import type { TlsMode } from '../engine/tls-mode';

/**
 * The name a client has to find in the certificate.
 *
 * @internal
 */
export interface ServerName {
  readonly name: string;
  /** Whether it is another name than the one the client connects to. */
  readonly differs: boolean;
}

/**
 * What decides the name in the certificate.
 *
 * @internal
 */
export interface ServerNameInput {
  readonly engine: DatabaseEngine;
  readonly hostname: string;
  readonly tls: TlsMode;
  /** The name in the certificate, where it is known to be another one. */
  readonly certificateName?: string;
}

/**
 * Placeholder for the managed database's own endpoint, if its name is not given.
 *
 * @internal
 */
export const DATABASE_ENDPOINT = 'DATABASE_ENDPOINT';

/**
 * The name in the certificate that clients will be shown.
 *
 * @internal
 */
export function serverName({ engine, hostname, tls, certificateName }: ServerNameInput): ServerName {
  if (certificateName !== undefined) return { name: certificateName, differs: certificateName !== hostname };
  // AWS issues the certificates of its databases for their own endpoints and takes no other names.
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
  if (tls === 'passthrough' && engine._databaseAuthority) return { name: DATABASE_ENDPOINT, differs: true };
  return { name: hostname, differs: false };
}
