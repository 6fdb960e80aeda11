import type { EndpointProps, SharedLoadBalancerProps } from '../../lib';
import { expression } from '../support/expression';
import {
  addFleet,
  blocks,
  clients,
  endpointProps,
  loadBalancerProps,
  refusalOf,
} from '../support/shared-load-balancer';

/** What a load balancer refuses endpoints with; undefined where it takes them. */
function refusal(fleet: { readonly [id: string]: EndpointProps }, props: Partial<SharedLoadBalancerProps> = {}) {
  return refusalOf((stack) => addFleet(stack, fleet, loadBalancerProps(props)))?.message;
}

test('each way out that makes room for values that are known after apply does', () => {
  const fleet = { Orders: endpointProps({ allow: blocks(expression('aws_eip.nat.public_ip')) }) };

  expect(refusal(fleet)).toMatch(/securityGroupCount: 4 .*securityGroupsPerInterface: 6 with securityGroupCount: 5\./);
  expect(refusal(fleet, { securityGroupCount: 4 })).toBeUndefined();
  expect(refusal(fleet, { securityGroupCount: 5, quotas: { securityGroupsPerInterface: 6 } })).toBeUndefined();
  // Without the number, all of a larger quota is spread over.
  expect(refusal(fleet, { quotas: { securityGroupsPerInterface: 6 } })).toMatch(/needs 7 security groups/);
});

test('each way out that makes room for more rules does', () => {
  const fleet = {
    Orders: endpointProps({ allow: clients(40) }),
    Stock: endpointProps({ port: 5433, allow: clients(40) }),
  };

  expect(refusal(fleet, { securityGroupCount: 1 })).toMatch(/securityGroupCount: 2 .*rulesPerSecurityGroup to 80/);
  expect(refusal(fleet, { securityGroupCount: 2 })).toBeUndefined();
  expect(refusal(fleet, { securityGroupCount: 1, quotas: { rulesPerSecurityGroup: 80 } })).toBeUndefined();
  expect(refusal(fleet, { securityGroupCount: 1, mergePorts: true })).toBeUndefined();
});
