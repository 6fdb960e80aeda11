import { type DatabaseEndpointProps, EndpointAddresses } from '../../lib';
import { synthesizeEndpoint, validProps } from './endpoint';
import type { TerraformJson } from './synthesis';

/** Elastic IP addresses that exist already, not in the order of the subnets. */
export const EXISTING = EndpointAddresses.existing([
  { subnetId: 'subnet-0b', allocationId: 'eipalloc-0b' },
  { subnetId: 'subnet-0a', allocationId: 'eipalloc-0a' },
]);

/** Private addresses, not in the order of the subnets. */
export const PRIVATE = EndpointAddresses.privateIps([
  { subnetId: 'subnet-0b', address: '10.0.2.10' },
  { subnetId: 'subnet-0a', address: '10.0.1.10' },
]);

/** The Terraform JSON of an endpoint whose load balancer has these addresses. */
export function endpointWith(
  addresses: EndpointAddresses,
  overrides: Partial<DatabaseEndpointProps> = {},
): TerraformJson {
  return synthesizeEndpoint(validProps({ addresses, ...overrides }));
}

/** The name of the resource that allocates Elastic IP addresses. */
export function elasticIps(tf: TerraformJson): string {
  return Object.keys(tf.resource?.aws_eip ?? {})[0];
}
