import type { SharedAllowlistSettings } from '../allowlist/allowlist-settings';
import type { EndpointLoadBalancerProps } from './endpoint-load-balancer-props';

/** What a load balancer is made of that endpoints share. */
export interface SharedLoadBalancerProps extends EndpointLoadBalancerProps {
  /**
   * Number of security groups that the rules of all endpoints are spread over, from the first one on. Another number
   * moves a share of all rules to other groups, a moment without access for each: choose it when the load balancer is
   * made. Groups that entries are pinned to, and the one for values that are known after apply, come on top, and all of
   * them together stay within `quotas.securityGroupsPerInterface`: with 4 of 5 there is room for one more.
   *
   * At the default quotas, five groups hold 300 rules of each family for all endpoints together.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
   * @default as many as `quotas.securityGroupsPerInterface`: raising that quota later then moves rules as well
   * @deciding
   */
  readonly securityGroupCount?: number;

  /**
   * Whether endpoints on neighbouring ports share the rule for a source that all of them admit: one rule for a range of
   * ports in place of one for each port. No port lies in a range that does not admit the source by itself. One more port
   * at the end of a range changes the rule in place; one at its beginning replaces it, a moment without access for new
   * connections from that source.
   *
   * @default false, one rule for each port and source
   * @deciding
   */
  readonly mergePorts?: boolean;

  /**
   * What holds for the allowlists of all endpoints, on top of the settings of each.
   *
   * @default nothing
   */
  readonly allowlist?: SharedAllowlistSettings;

  /**
   * Tags for every resource of the load balancer. Those of endpoints have tags of their own.
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
