/**
 * Which TLS versions and ciphers the listener offers to clients: an AWS security policy, by its purpose or by AWS's own
 * name.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html
 */
export class TlsPolicy {
  /**
   * TLS 1.2 and 1.3 with forward secrecy and AEAD ciphers, hybrid post-quantum key exchange if the client supports it.
   */
  public static readonly RECOMMENDED = new TlsPolicy('ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09');
  /** The same protocols and ciphers without post-quantum key exchange, for clients that fail on a large ClientHello. */
  public static readonly WIDEST_SAFE = new TlsPolicy('ELBSecurityPolicy-TLS13-1-2-Res-2021-06');
  /** Only TLS 1.3. */
  public static readonly TLS13_ONLY = new TlsPolicy('ELBSecurityPolicy-TLS13-1-3-PQ-2025-09');
  /** TLS 1.2 and 1.3 through AWS's FIPS 140-3 validated cryptographic module. */
  public static readonly FIPS = new TlsPolicy('ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09');

  /** The policy that `RECOMMENDED` stands for, by AWS's name. */
  public static readonly TLS13_1_2_RES_PQ_2025_09 = TlsPolicy.RECOMMENDED;
  /** The policy that `WIDEST_SAFE` stands for, by AWS's name. */
  public static readonly TLS13_1_2_RES_2021_06 = TlsPolicy.WIDEST_SAFE;
  /** The policy that `TLS13_ONLY` stands for, by AWS's name. */
  public static readonly TLS13_1_3_PQ_2025_09 = TlsPolicy.TLS13_ONLY;
  /** Only TLS 1.3, without post-quantum key exchange. */
  public static readonly TLS13_1_3_2021_06 = new TlsPolicy('ELBSecurityPolicy-TLS13-1-3-2021-06');
  /** The policy that `FIPS` stands for, by AWS's name. */
  public static readonly TLS13_1_2_RES_FIPS_PQ_2025_09 = TlsPolicy.FIPS;
  /** TLS 1.2 and 1.3 through the FIPS 140-3 validated module, without post-quantum key exchange. */
  public static readonly TLS13_1_2_RES_FIPS_2023_04 = new TlsPolicy('ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04');
  /** Only TLS 1.3, through the FIPS 140-3 validated module, with post-quantum key exchange. */
  public static readonly TLS13_1_3_FIPS_PQ_2025_09 = new TlsPolicy('ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09');
  /** Only TLS 1.3, through the FIPS 140-3 validated module. */
  public static readonly TLS13_1_3_FIPS_2023_04 = new TlsPolicy('ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04');

  /**
   * Any other AWS policy, by name. Policies that accept TLS 1.0 or 1.1, or ciphers without forward secrecy, have no
   * member here, and raise a warning.
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
