import type { AllowedSource } from '../allowlist/allowed-source';
import type { DatabaseEngine } from '../engine/database-engine';
import type { DatabaseTarget } from '../targets/database-target';
import type { EndpointTls } from '../tls/endpoint-tls';

/** The name that clients connect to. */
export interface EndpointDomain {
  /**
   * A DNS name such as `orders.db.example.com`; may be a token. Without a zone, its record is yours: point it at
   * `loadBalancer.dnsName`, as a CNAME or an alias.
   */
  readonly name: string;

  /**
   * Id of the public hosted zone in which the endpoint makes alias records for the name (A, and AAAA with `dualStack`),
   * and the validation records of a certificate that ACM issues. May be a token. A name outside the zone is refused:
   * at synthesis where `zoneName` is there too, otherwise by Terraform, which looks the zone up.
   *
   * @default - found by `zoneName`; without both, no public records
   */
  readonly zoneId?: string;

  /**
   * Name of the public hosted zone, such as `db.example.com`. Without `zoneId` the zone is looked up by it when
   * Terraform plans; with `zoneId` it serves to check the name of the endpoint, and nothing is looked up. Both must then
   * be of one zone, which nobody checks: in a zone of another name the record would carry that name as well.
   *
   * @default - the zone is named by its id, or there is none
   */
  readonly zoneName?: string;

  /**
   * Id of a private hosted zone in which the endpoint makes alias records as well, for clients in the VPCs of that zone
   * (split horizon). May be a token.
   *
   * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html
   * @default - found by `privateZoneName`; without both, no private records
   */
  readonly privateZoneId?: string;

  /**
   * Name of the private hosted zone, as `zoneName` is for the public one.
   *
   * @default - the private zone is named by its id, or there is none
   */
  readonly privateZoneName?: string;

  /**
   * Whether the alias records take over the health of the load balancer. Records of your own that route between
   * endpoints (failover, weighted) and point at this name need it. The name itself is answered in any case: where no
   * record is healthy, Route 53 treats all as healthy.
   *
   * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html
   * @default true
   */
  readonly evaluateTargetHealth?: boolean;
}

/**
 * How the load balancer finds out whether a target takes connections. The check is a TCP connection to the
 * target's port; it does not log in.
 *
 * The checks of a new target begin when AWS has registered it, after 1.5 to 5 minutes. Where there is one target only,
 * they do nothing at a failover: with no healthy target the load balancer sends connections to all (fail-open).
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
 */
export interface EndpointHealthCheck {
  /**
   * Seconds between two checks of one target, 5 to 300. The nodes of the load balancer check more often than that.
   *
   * MySQL and MariaDB count every check as an interrupted handshake, and block a node after 100 of them in a row without a
   * successful login (`max_connect_errors`): 50 minutes at most at 30 s, and about 8 hours at 300 s. Raise it there.
   *
   * @default 5; 30 for MySQL and MariaDB
   */
  readonly intervalSeconds?: number;

  /**
   * Seconds after which a check has failed, 2 to 120.
   *
   * @default 5
   */
  readonly timeoutSeconds?: number;

  /**
   * Checks in a row that must succeed before a target counts as healthy, 2 to 10.
   *
   * @default 2
   */
  readonly healthyThreshold?: number;

  /**
   * Checks in a row that must fail before a target counts as unhealthy, 2 to 10.
   *
   * @default 2
   */
  readonly unhealthyThreshold?: number;
}

/** Quotas of Amazon VPC that have been raised for the account. */
export interface EndpointQuotas {
  /**
   * "Inbound or outbound rules per security group" (L-0EA8095F), which AWS counts apart for IPv4 and IPv6.
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
   * "Certificates per Network Load Balancer", the first one counted.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html
   * @default 25
   */
  readonly certificatesPerLoadBalancer?: number;
}

/** How much of the address space an allowlist may admit in total, as the prefix length of one block that large. */
export interface AllowlistBreadth {
  /**
   * For IPv4, 0 to 32.
   *
   * @default 8, as many addresses as a /8 has
   */
  readonly ipv4?: number;

  /**
   * For IPv6, 0 to 128.
   *
   * @default 24, as many addresses as a /24 has
   */
  readonly ipv6?: number;
}

/** What a `DatabaseEndpoint` is made of. */
export interface DatabaseEndpointProps {
  /** The VPC of the load balancer and its targets. May be a token. */
  readonly vpcId: string;

  /**
   * Where the load balancer gets its addresses: one subnet per Availability Zone, public ones where it is internet-facing.
   * At least two, so that the loss of a zone does not take the endpoint with it. Tokens and a token list work.
   * Adding a subnet is done in place; removing or swapping one replaces the load balancer and with it the hostname.
   */
  readonly subnetIds: string[];

  /** What the database speaks. It decides where TLS can end, and the default ports. */
  readonly engine: DatabaseEngine;

  /** Where the database is. */
  readonly target: DatabaseTarget;

  /** Who may connect. An empty list is refused. */
  readonly allow: AllowedSource[];

  /**
   * Whether adjacent and overlapping blocks are merged into fewer rules that admit exactly the same addresses. A
   * merged rule has another key, so turning this on replaces rules.
   *
   * @default false, every entry is a rule of its own
   */
  readonly aggregate?: boolean;

  /**
   * Whether the rules are spread over all security groups from the first one on. A list that outgrows one group is
   * spread anyway, and four fifths of its rules then move to other groups: a moment without access for each. With
   * `true` from the start, this never happens.
   *
   * @default false, one group as long as the list fits it
   */
  readonly roomToGrow?: boolean;

  /**
   * Whether the endpoint hears that a packet is too large for the way to a client (ICMP type 3 code 4; ICMPv6 type 2 on
   * dual-stack endpoints), from any address, since any router on the way may say so. Without it, clients behind a VPN, a
   * tunnel or PPPoE can connect and then hang at the first large answer. One rule more of each family, none of TCP, and
   * none where nobody has access.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
   * @default false, security groups admit the allowlist and nothing else
   */
  readonly pathMtuDiscovery?: boolean;

  /**
   * Quotas of the account that differ from what every account begins with.
   *
   * @default 60 rules in each security group, 5 security groups on each network interface
   */
  readonly quotas?: EndpointQuotas;

  /**
   * How much of the internet the allowlist may admit in total without `AllowedSource.anywhere`: what is written out and
   * what is known after apply, together. Prefix lists and security groups are not counted.
   *
   * @default as much as a /8 of IPv4 and a /24 of IPv6
   */
  readonly broadest?: AllowlistBreadth;

  /**
   * Addresses or blocks that must have access, such as the operator's own: synthesis fails if the allowlist would
   * lock them out.
   *
   * @default nothing is checked
   */
  readonly mustInclude?: string[];

  /**
   * The day, `YYYY-MM-DD` in UTC, on which entries with an expiry are judged. Set it to make a build repeatable.
   *
   * @default the day of the synthesis
   */
  readonly today?: string;

  /**
   * Where TLS ends. Engines that open their connections with TLS need a choice; those that negotiate it inside
   * their own protocol can only be passed through.
   *
   * @default EndpointTls.passthrough() for engines that negotiate TLS or bring their own encryption
   */
  readonly tls?: EndpointTls;

  /**
   * TCP port that clients connect to.
   *
   * @default the engine's TLS port where the listener terminates TLS, its native port otherwise
   */
  readonly port?: number;

  /**
   * The name that clients connect to, as URLs and the client guide show it, and the zones that hold its records.
   *
   * @default the load balancer's own DNS name
   */
  readonly domain?: EndpointDomain;

  /**
   * Whether the endpoint has public addresses. With `false` it is reached from inside the VPC and networks
   * connected to it only. Changing it replaces the load balancer.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#load-balancer-scheme
   * @default true
   */
  readonly internetFacing?: boolean;

  /**
   * Whether clients can connect over IPv6 as well. The subnets need IPv6 blocks.
   *
   * @default false
   */
  readonly dualStack?: boolean;

  /**
   * Accepts a single subnet, and with it the loss of the endpoint when that Availability Zone fails.
   *
   * @default false
   */
  readonly allowSingleSubnet?: boolean;

  /**
   * Seconds after which a connection without traffic is forgotten, 60 to 6000, for passthrough. TLS listeners are
   * fixed at 350 seconds by AWS.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html
   * @default 3600
   */
  readonly idleTimeoutSeconds?: number;

  /**
   * Whether the database sees the clients' addresses instead of the load balancer's. Targets must then be in the
   * same VPC or one peered in the same Region, and cannot connect to themselves through the endpoint.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
   * @default false
   */
  readonly preserveClientIp?: boolean;

  /**
   * Whether every zone of the load balancer reaches targets in every zone. A database that lives in one zone
   * needs it: without it, a zone without a healthy target leaves the load balancer's DNS answer, and clients that have
   * cached or pinned the address of that zone cannot connect.
   *
   * @default true
   */
  readonly crossZone?: boolean;

  /**
   * Whether AWS refuses to delete the load balancer, whose hostname cannot be had back. To remove the endpoint,
   * first apply with `false`, then remove it.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;

  /**
   * Seconds between the removal of a target and the end of its open connections, 0 to 3600. It is a lower bound: AWS cuts
   * them shortly after it, and may send new connections to the target for up to two minutes, whatever is written here. AWS
   * advises 120 or more where those must end in peace; the default is short because after a failover they lead to a
   * database that no longer takes writes.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#deregistration-delay
   * @default 10
   */
  readonly deregistrationDelaySeconds?: number;

  /**
   * How targets are checked.
   *
   * @default a TCP connection every 10 seconds (30 for MySQL and MariaDB), two in a row decide
   */
  readonly healthCheck?: EndpointHealthCheck;

  /**
   * Name of the load balancer: up to 32 letters, digits and hyphens, unique in account and Region. Changing it
   * replaces the load balancer.
   *
   * @default a unique name made by Terraform; the `Name` tag carries the construct's path
   */
  readonly loadBalancerName?: string;

  /**
   * Tags for every resource of the endpoint.
   *
   * @default only `Name`, the construct's path
   */
  readonly tags?: { [key: string]: string };

  /**
   * Names of warnings that have been read and accepted, such as `PassthroughPlaintext`. They are not shown again.
   *
   * @default every warning is shown at each synthesis
   */
  readonly acknowledge?: string[];
}
