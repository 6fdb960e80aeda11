import type { EndpointCertificate } from '../certificate/endpoint-certificate';
import { readable } from '../rules/type-check';
import { TlsPolicy } from './tls-policy';

/** How a listener terminates TLS. */
export interface TlsTerminationProps {
  /** The certificate that clients see. Its names must include the one that clients connect to. */
  readonly certificate: EndpointCertificate;

  /**
   * Further certificates, from which the listener chooses by the name that a client asks for (SNI) and the keys that it
   * takes: for other names, or the same name with an RSA key for clients that know no ECDSA. Their order means nothing.
   *
   * To exchange one without a moment in which its clients get the first certificate, add the new one, apply, and take the
   * old one out afterwards.
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
   * Whether the load balancer speaks TLS to the database as well. Set it to `false` only where the database
   * cannot: the connection inside the VPC is then in plaintext. The load balancer does not verify the database's
   * certificate.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-group-routing-configuration
   * @default true, where the engine opens its connections with TLS; otherwise the listener forwards what is inside the clients' TLS as it is
   * @deciding
   */
  readonly reencrypt?: boolean;

  /**
   * States that every client wraps its whole connection in TLS by itself (stunnel, ghostunnel and the like),
   * which is the only way through a TLS listener for an engine that negotiates TLS inside its own protocol.
   *
   * @default false
   * @deciding
   */
  readonly clientsWrapTls?: boolean;
}

/** Where TLS ends: at the load balancer, or at the database. */
export class EndpointTls {
  /**
   * The listener terminates TLS with a certificate of yours. For engines that open their connections with TLS.
   *
   * @param props certificate, policy and what happens behind the listener.
   */
  public static terminate(props: TlsTerminationProps): EndpointTls {
    // Nothing, or anything but an object, must not be taken for passthrough: the endpoint reports what is missing.
    return new EndpointTls(readable(props) as TlsTerminationProps);
  }

  /**
   * The listener forwards bytes as they are and the database does TLS. The database must refuse plaintext itself:
   * the listener cannot tell the difference.
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
