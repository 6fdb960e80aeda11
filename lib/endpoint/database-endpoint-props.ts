import type { EndpointLoadBalancerProps } from '../load-balancer/endpoint-load-balancer-props';
import type { EndpointProps } from './endpoint-props';

/** Properties of a `DatabaseEndpoint`: those of an endpoint, and those of its own load balancer. */
export interface DatabaseEndpointProps extends EndpointLoadBalancerProps, EndpointProps {
  /**
   * Whether the rules are spread over all security groups from the first rule on. A list that outgrows one group is
   * spread anyway, and four fifths of its rules then move to other groups, each a moment without access. With `true`
   * from the start, this never happens.
   *
   * @default false, one group as long as the list fits into it
   * @deciding
   */
  readonly shardFromStart?: boolean;
}
