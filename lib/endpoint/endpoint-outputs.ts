import type { IEndpointLoadBalancer } from '../load-balancer/endpoint-load-balancer-interface';
import type { OutputValues } from '../terraform/outputs';

/** Options of `addOutputs`. */
export interface EndpointOutputsOptions {
  /**
   * What the names of the outputs begin with: letters, digits, `_` and `-`, not beginning with a digit or `-`.
   *
   * @default the path of the endpoint in its stack, with `_` between the ids
   */
  readonly prefix?: string;

  /**
   * The user in the URL and in the guide.
   *
   * @default the URL names no user
   */
  readonly user?: string;

  /**
   * The database in the URL and in the guide.
   *
   * @default the URL names no database
   */
  readonly database?: string;
}

/** What `addOutputs` of a load balancer writes. */
export interface LoadBalancerOutputsOptions {
  /**
   * What the names of the outputs begin with: letters, digits, `_` and `-`, not beginning with a digit or `-`.
   *
   * @default the path of the load balancer in its stack, with `_` between the ids
   */
  readonly prefix?: string;
}

/**
 * Addresses that never change, for whoever has to admit them in a firewall.
 *
 * @internal
 */
export function addressesOutput({ ipAddresses }: IEndpointLoadBalancer): OutputValues[string] {
  return ipAddresses.length > 0
    ? { value: ipAddresses, description: 'IPv4 addresses that never change, in the order of the subnets' }
    : undefined;
}
