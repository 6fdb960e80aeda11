import type { TerraformProvider } from 'cdktf';
import type { AllowedSource } from '../allowlist/allowed-source';
import type { AllowlistSettings } from '../allowlist/allowlist-settings';
import type { ExpiryEnforcement } from '../expiry/expiry-enforcement';
import type { EndpointQuotas } from '../placement/endpoint-quotas';

/** How a VPC reaches database endpoints that somebody else shares over PrivateLink. */
export interface DatabaseEndpointConsumerProps {
  /** The VPC of the clients. May be a token. */
  readonly vpcId: string;

  /**
   * Where the interface endpoint gets its addresses: one subnet for each Availability Zone, in zones that the service is in
   * too. AWS compares zones by their ids (`use1-az1`), since each account has names of its own for them. Tokens and a token
   * list work.
   */
  readonly subnetIds: string[];

  /**
   * Name of the endpoint service, such as `com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0`. Another one
   * replaces the interface endpoint. May be a token.
   */
  readonly serviceName: string;

  /**
   * Region of the service, where it is another one than that of the VPC. May be a token.
   *
   * @default the Region of the VPC
   */
  readonly serviceRegion?: string;

  /**
   * The ports of the endpoints that clients use.
   *
   * @deciding
   */
  readonly ports: number[];

  /** Who may connect to the interface endpoint, on all of these ports: private addresses or security groups of the VPC. */
  readonly allow: AllowedSource[];

  /**
   * How the list is judged.
   *
   * @default every entry is a rule for each port, judged on the day of the synthesis
   */
  readonly allowlist?: AllowlistSettings;

  /**
   * The names by which clients connect, each of which resolves to the interface endpoint in this VPC: those of the
   * endpoints, so that certificates match. Without a zone, each gets a private zone of its own, which answers for nothing
   * else. May be tokens.
   *
   * @default clients use `dnsName`, which no certificate of a database carries
   */
  readonly hostnames?: string[];

  /**
   * Id of a private hosted zone of the VPC that holds the `hostnames`. May be a token.
   *
   * @default - found by `privateZoneName`; without both, a zone is made for each name
   */
  readonly privateZoneId?: string;

  /**
   * Name of that zone. Without `privateZoneId` the zone is looked up by it when Terraform plans.
   *
   * @default - the zone is named by its id, or a zone is made for each name
   */
  readonly privateZoneName?: string;

  /**
   * Whether the private DNS name of the service resolves to the interface endpoint. AWS refuses `true` until the service's
   * provider has verified the name and accepted the interface endpoint; write `false` to switch it off again. The VPC needs
   * DNS support and DNS hostnames.
   *
   * @default it is left as it is: off at first
   * @deciding
   */
  readonly privateDnsEnabled?: boolean;

  /**
   * Whether clients can connect over IPv6 as well. The service must support it: its load balancer is dual-stack.
   *
   * @default false
   * @deciding
   */
  readonly dualStack?: boolean;

  /**
   * Number of security groups that the rules are spread over. Another number moves a share of the rules, a moment without
   * access for each.
   *
   * @default 1
   * @deciding
   */
  readonly securityGroupCount?: number;

  /**
   * Quotas of the account that differ from what every account begins with.
   *
   * @default 60 rules in each security group, 5 security groups on each network interface
   */
  readonly quotas?: EndpointQuotas;

  /**
   * When access ends of which `allow` says a last day, `expires`: as on an endpoint.
   *
   * @default ExpiryEnforcement.onItsDay(): a schedule revokes the rule in AWS at the end of the last day, in UTC
   */
  readonly expiry?: ExpiryEnforcement;

  /**
   * Provider of every resource: of the Region of the VPC, in the consumer's account.
   *
   * @default the default provider of the stack
   */
  readonly provider?: TerraformProvider;

  /**
   * Tags of every resource.
   *
   * @default only `Name`, the construct's path
   */
  readonly tags?: { [key: string]: string };

  /**
   * Names of warnings that have been read and accepted.
   *
   * @default every warning is shown at each synthesis
   */
  readonly acknowledge?: string[];
}
