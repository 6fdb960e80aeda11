/** Quotas of Amazon VPC that have been raised for the account. */
export interface EndpointQuotas {
  /**
   * "Inbound or outbound rules per security group" (L-0EA8095F), which AWS counts separately for IPv4 and IPv6.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
   * @default 60
   */
  readonly rulesPerSecurityGroup?: number;

  /**
   * "Security groups per network interface" (L-2AFB9258), up to 16. The product of both is limited to 1000.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
   * @default 5
   */
  readonly securityGroupsPerInterface?: number;

  /**
   * "Certificates per Network Load Balancer", including the first one.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html
   * @default 25
   */
  readonly certificatesPerLoadBalancer?: number;
}
