/**
 * When TLS starts in an engine's protocol. It decides whether a load balancer can terminate it.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/create-tls-listener.html
 */
export enum TlsHandshake {
  /** The client's first bytes are a TLS ClientHello: a TLS listener can terminate it. */
  IMMEDIATE = 'immediate',
  /** Client and server agree on TLS inside their own protocol: only the database can terminate it. */
  NEGOTIATED = 'negotiated',
  /** The protocol does not use TLS at all: it has its own encryption (SSH), or none. */
  NONE = 'none',
}
