import type { DatabaseEngine } from '../../lib/engine/database-engine';

/** One endpoint to check, and what is expected of it. */
export interface CheckRequest {
  /** What the user calls it, where that is not the host. */
  readonly label?: string;
  readonly host: string;
  readonly port: number;
  readonly engine: DatabaseEngine;
  /** The name that the certificate must carry; clients send it to the server (SNI). */
  readonly serverName: string;
  /** The only CAs to trust; without them those that Node trusts. */
  readonly authorities?: Authorities;
  /** Whether the expected CA is missing here, so that the chain cannot be checked. */
  readonly lacksAuthorities?: boolean;
  /** How long to hold a connection without traffic. */
  readonly idleSeconds?: number;
  /** How long each connection may take, from the first packet to its verdict. */
  readonly timeoutSeconds: number;
  /** An endpoint that is to admit us and serve us well, or one that is to drop us. */
  readonly expect: 'open' | 'blocked';
}

/** CA certificates from a file. */
export interface Authorities {
  readonly file: string;
  readonly pem: string;
}
