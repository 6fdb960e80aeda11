import type { TerraformProvider } from 'cdktf';
import type { SharedAllowlistSettings } from '../allowlist/allowlist-settings';
import type { ExpiryEnforcement } from '../expiry/expiry-enforcement';
import type { EndpointQuotas } from '../placement/endpoint-quotas';

/** A network load balancer that exists already, as `EndpointLoadBalancer.fromAttributes` takes it. */
export interface EndpointLoadBalancerAttributes {
  /** Its ARN. May be a token. */
  readonly arn: string;

  /** The name that AWS gave it: the attribute `dns_name`. May be a token. */
  readonly dnsName: string;

  /** The hosted zone of that name, for alias records: the attribute `zone_id`. May be a token. */
  readonly zoneId: string;

  /** The VPC of the load balancer. May be a token. */
  readonly vpcId: string;

  /** Its subnets, one for each Availability Zone. Tokens and a token list work. */
  readonly subnetIds: string[];

  /**
   * Security groups that are attached to it, in which the rules of the endpoints are made. Access is enforced by them
   * alone, so there must be at least one: groups that nothing else writes to. Ids may be tokens.
   */
  readonly securityGroupIds: string[];

  /**
   * Whether it has public addresses.
   *
   * @default true
   * @deciding
   */
  readonly internetFacing?: boolean;

  /**
   * Whether clients can connect over IPv6 as well.
   *
   * @default false
   * @deciding
   */
  readonly dualStack?: boolean;

  /**
   * Whether every zone of the load balancer reaches targets in every zone.
   *
   * @default true
   */
  readonly crossZone?: boolean;

  /**
   * Accepts a load balancer in a single subnet.
   *
   * @default false
   * @deciding
   */
  readonly allowSingleSubnet?: boolean;

  /**
   * Quotas of the account, less what the security groups and the load balancer hold already. Rules are spread over
   * `securityGroupIds`, however many security groups there may be: `securityGroupsPerInterface` must not be lower than
   * their number, and tells with `rulesPerSecurityGroup` whether AWS grants both.
   *
   * @default 60 rules in each of the security groups
   */
  readonly quotas?: EndpointQuotas;

  /**
   * Whether endpoints on neighbouring ports share the rule for a source that all of them admit.
   *
   * @default false
   * @deciding
   */
  readonly mergePorts?: boolean;

  /**
   * When access ends of which an allowlist says a last day, `expires`. Where entries expire, schedules with a role and a
   * queue are made for it. They cost nothing: AWS charges for schedules by the invocation, beyond 14 million a month.
   *
   * @see https://aws.amazon.com/eventbridge/pricing/
   * @default ExpiryEnforcement.onItsDay(): a schedule revokes the rule in AWS at the end of the last day, in UTC
   */
  readonly expiry?: ExpiryEnforcement;

  /**
   * What holds for the allowlists of all endpoints, on top of the settings of each.
   *
   * @default nothing
   */
  readonly allowlist?: SharedAllowlistSettings;

  /**
   * Provider of every resource of the endpoints.
   *
   * @default the default provider of the stack
   */
  readonly provider?: TerraformProvider;

  /**
   * Tags for the rules of the security groups.
   *
   * @default only `Name`, the construct's path
   */
  readonly tags?: { [key: string]: string };

  /**
   * Names of warnings about the load balancer that have been read and accepted.
   *
   * @default every warning is shown at each synthesis
   */
  readonly acknowledge?: string[];
}
