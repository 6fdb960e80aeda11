/**
 * Where TLS ends: at the load balancer, or at the database.
 *
 * @internal
 */
export type TlsMode = 'terminate' | 'passthrough';
