/**
 * What decides who may come in over PrivateLink: always the principals of the endpoint service, and the allowlists of the
 * endpoints beside them or not.
 *
 * Security groups of a load balancer see the private address of the consumer's client, which another consumer's client may
 * have as well.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
 */
export class PrivateLinkAccess {
  /**
   * The allowlists hold for clients that come over PrivateLink too: each endpoint has to admit the private addresses of
   * the consumers' clients. A private block then stands for all consumers, since their addresses may overlap.
   */
  public static allowlist(): PrivateLinkAccess {
    return new PrivateLinkAccess(true);
  }

  /**
   * The allowlists do not hold for clients that come over PrivateLink: whatever reaches the interface endpoint of a
   * consumer reaches every endpoint of the load balancer. The principals decide, and acceptance; the consumer's security
   * group is in the consumer's hands.
   */
  public static principals(): PrivateLinkAccess {
    return new PrivateLinkAccess(false);
  }

  /** @internal */
  public readonly _enforcesAllowlist: boolean;

  private constructor(enforcesAllowlist: boolean) {
    this._enforcesAllowlist = enforcesAllowlist;
  }
}
