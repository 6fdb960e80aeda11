import { ExpiryEnforcement } from '../expiry/expiry-enforcement';
import type { EndpointLoadBalancerProps } from './endpoint-load-balancer-props';
import type { LoadBalancerSettings } from './load-balancer-settings';

/** Certificates of a network load balancer, including the first one. */
const DEFAULT_CERTIFICATES = 25;

/** Fills the defaults of a load balancer. */
export function resolveLoadBalancer(
  props: EndpointLoadBalancerProps,
  tags: { readonly [key: string]: string } = {},
): LoadBalancerSettings {
  const { vpcId, subnetIds, addresses, internetFacing = true, dualStack = false, crossZone = true } = props;
  return {
    vpcId,
    subnetIds,
    addresses,
    expiry: props.expiry ?? ExpiryEnforcement.onItsDay(),
    internetFacing,
    dualStack,
    crossZone,
    tags,
    allowSingleSubnet: props.allowSingleSubnet ?? false,
    deletionProtection: props.deletionProtection ?? true,
    name: props.loadBalancerName,
    accessLogs: props.accessLogs,
    flowLogs: props.flowLogs,
  };
}

/** How many certificates a load balancer holds. */
export function certificateQuota({ quotas }: EndpointLoadBalancerProps): number {
  return quotas?.certificatesPerLoadBalancer ?? DEFAULT_CERTIFICATES;
}
