import type { EndpointLoadBalancerProps } from '../load-balancer/endpoint-load-balancer-props';
import type { EndpointProps } from './endpoint-props';

/** What a `DatabaseEndpoint` is made of: an endpoint, and a load balancer of its own. */
export interface DatabaseEndpointProps extends EndpointLoadBalancerProps, EndpointProps {}
