import type { TerraformProvider } from 'cdktf';
import type { EndpointQuotas } from '../placement/endpoint-quotas';

/** What a load balancer for database endpoints is made of. */
export interface EndpointLoadBalancerProps {
  /** The VPC of the load balancer and its targets. May be a token. */
  readonly vpcId: string;

  /**
   * Where the load balancer gets its addresses: one subnet per Availability Zone, public ones where it is internet-facing.
   * At least two, so that the loss of a zone does not take the endpoint with it. Tokens and a token list work.
   * Adding a subnet is done in place; removing or swapping one replaces the load balancer and with it the hostname.
   */
  readonly subnetIds: string[];

  /**
   * Whether the endpoint has public addresses. With `false` it is reached from inside the VPC and networks
   * connected to it only. Changing it replaces the load balancer.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#load-balancer-scheme
   * @default true
   * @deciding
   */
  readonly internetFacing?: boolean;

  /**
   * Whether clients can connect over IPv6 as well. The subnets need IPv6 blocks.
   *
   * @default false
   * @deciding
   */
  readonly dualStack?: boolean;

  /**
   * Accepts a single subnet, and with it the loss of the endpoint when that Availability Zone fails.
   *
   * @default false
   * @deciding
   */
  readonly allowSingleSubnet?: boolean;

  /**
   * Whether every zone of the load balancer reaches targets in every zone. A database that lives in one zone
   * needs it: without it, a zone without a healthy target leaves the load balancer's DNS answer, and clients that have
   * cached or pinned the address of that zone cannot connect.
   *
   * @default true
   */
  readonly crossZone?: boolean;

  /**
   * Whether AWS refuses to delete the load balancer, whose hostname cannot be recovered. To remove the endpoint,
   * first apply with `false`, then remove it.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;

  /**
   * Name of the load balancer: up to 32 letters, digits and hyphens, unique in account and Region. Changing it
   * replaces the load balancer.
   *
   * @default a unique name made by Terraform; the `Name` tag carries the construct's path
   */
  readonly loadBalancerName?: string;

  /**
   * Whether the rules are spread over all security groups from the first one on. A list that outgrows one group is
   * spread anyway, and four fifths of its rules then move to other groups: a moment without access for each. With
   * `true` from the start, this never happens.
   *
   * @default false, one group as long as the list fits it
   * @deciding
   */
  readonly shardFromStart?: boolean;

  /**
   * Whether the endpoint is told that a packet is too large for the way to a client (ICMP type 3 code 4; ICMPv6 type 2 on
   * dual-stack endpoints), from any address, since any router on the way may say so. Without it, clients behind a VPN, a
   * tunnel or PPPoE can connect and then hang at the first large answer. One rule more of each family, none of TCP, and
   * none where nobody has access.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
   * @default false, security groups admit the allowlist and nothing else
   * @deciding
   */
  readonly pathMtuDiscovery?: boolean;

  /**
   * Quotas of the account that differ from what every account begins with.
   *
   * @default 60 rules in each security group, 5 security groups on each network interface
   */
  readonly quotas?: EndpointQuotas;

  /**
   * Provider of every resource of the load balancer and its endpoints, of the function that follows names, and of what
   * Terraform looks up for them: for a stack with several Regions or accounts.
   *
   * @default the default provider of the stack
   */
  readonly provider?: TerraformProvider;
}
