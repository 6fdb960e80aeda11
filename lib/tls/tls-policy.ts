/**
 * Which TLS versions and ciphers the listener offers to clients: an AWS security policy.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html
 */
export class TlsPolicy {
  /** TLS 1.2 and 1.3 with forward secrecy and AEAD ciphers, hybrid post-quantum key exchange where the client can. */
  public static readonly RECOMMENDED = new TlsPolicy('ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09');
  /** The same protocols and ciphers without post-quantum key exchange, for clients that stumble over large hellos. */
  public static readonly WIDEST_SAFE = new TlsPolicy('ELBSecurityPolicy-TLS13-1-2-Res-2021-06');
  /** TLS 1.3 alone. */
  public static readonly TLS13_ONLY = new TlsPolicy('ELBSecurityPolicy-TLS13-1-3-PQ-2025-09');
  /** TLS 1.2 and 1.3 through AWS's FIPS 140-3 validated cryptographic module. */
  public static readonly FIPS = new TlsPolicy('ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09');

  /**
   * Any other policy of AWS, by its name. Policies that accept TLS 1.0 or 1.1, or ciphers without forward secrecy,
   * raise a warning.
   *
   * @param name AWS's name of the policy, for example `ELBSecurityPolicy-TLS13-1-2-2021-06`; may be a token.
   */
  public static custom(name: string): TlsPolicy {
    return new TlsPolicy(name);
  }

  /** AWS's name of the policy. */
  public readonly name: string;

  private constructor(name: string) {
    this.name = name;
  }
}
