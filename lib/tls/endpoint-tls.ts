import type { EndpointCertificate } from '../certificate/endpoint-certificate';
import { readable } from '../rules/type-check';
import { TlsPolicy } from './tls-policy';

/** How a listener terminates TLS. */
export interface TlsTerminationProps {
  /** The certificate that clients see. Its names must include the one that clients connect to. */
  readonly certificate: EndpointCertificate;

  /**
   * Additional certificates, from which the listener chooses by the name that a client requests (SNI) and the keys that
   * it supports: for other names, or the same name with an RSA key for clients without ECDSA. Their order does not
   * matter.
   *
   * To swap one without a moment in which its clients get the first certificate, add the new one, apply, and remove the
   * old one afterwards.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/tls-listener-certificates.html#sni-certificate-list
   * @default none
   */
  readonly additionalCertificates?: EndpointCertificate[];

  /**
   * Which TLS versions and ciphers clients may use.
   *
   * @default TlsPolicy.RECOMMENDED
   */
  readonly policy?: TlsPolicy;

  /**
   * Whether the load balancer also uses TLS to the database. Set it to `false` only if the database does not support
   * TLS: the connection inside the VPC is then in plaintext. The load balancer does not verify the database's
   * certificate.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-group-routing-configuration
   * @default true if the engine's connections start with TLS; otherwise the listener forwards what is inside the
   * clients' TLS unchanged
   * @deciding
   */
  readonly reencrypt?: boolean;

  /**
   * States that every client wraps its whole connection in TLS itself (with stunnel, ghostunnel or similar), which is
   * the only way through a TLS listener for an engine that negotiates TLS inside its own protocol.
   *
   * @default false
   * @deciding
   */
  readonly clientsWrapTls?: boolean;
}

/** Where TLS ends: at the load balancer, or at the database. */
export class EndpointTls {
  /**
   * The listener terminates TLS. For engines whose connections start with TLS.
   *
   * @param props certificate, policy and what happens behind the listener.
   */
  public static terminate(props: TlsTerminationProps): EndpointTls {
    // Nothing, or anything but an object, must not be taken for passthrough: the endpoint reports what is missing.
    return new EndpointTls(readable(props) as TlsTerminationProps);
  }

  /**
   * The listener forwards bytes unchanged and the database handles TLS. The database must refuse plaintext itself: the
   * listener cannot tell the difference.
   */
  public static passthrough(): EndpointTls {
    return new EndpointTls(undefined);
  }

  /** @internal */
  public readonly _termination?: TlsTerminationProps;

  private constructor(termination: TlsTerminationProps | undefined) {
    this._termination = termination;
  }

  /** @internal */
  public get _policy(): TlsPolicy {
    return this._termination?.policy ?? TlsPolicy.RECOMMENDED;
  }
}
