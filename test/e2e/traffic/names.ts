import { authority, type Identity, issue } from '../../cli/support/certificates';

/** What operating systems trust: it signs what ACM would issue. */
export const PUBLIC_CA = authority('A public CA');

/** What signs the certificates of one's own databases. */
export const OWN_CA = authority('A CA of our own');

/** What signs the certificates of managed databases. */
export const RDS_CA = authority('The CA of RDS');

/** The name that clients of an endpoint connect to. */
export function nameOf(endpoint: string): string {
  return `${endpoint}.db.example.com`;
}

/** The name that a managed database has in its own certificate. */
export const MANAGED_NAME = 'orders.abc123.us-east-1.rds.amazonaws.com';

/** The only name that a Neptune cluster answers to. */
export const NEPTUNE_NAME = 'graph.cluster-abc123.us-east-1.neptune.amazonaws.com';

export function certificateFor(name: string, issuer: Identity, ...otherNames: readonly string[]): Identity {
  return issue({ commonName: name, names: [name, ...otherNames], issuer });
}

/** The client that every endpoint admits. */
export const LOOKER = '203.0.113.7';
/** A client that is removed from an allowlist. */
export const PARTNER = '203.0.113.99';
/** A client that no endpoint admits. */
export const STRANGER = '203.0.113.200';
