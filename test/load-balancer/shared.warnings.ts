import type { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { EndpointLoadBalancer, type EndpointProps, type SharedLoadBalancerProps } from '../../lib';
import {
  addFleet,
  blocks,
  clients,
  endpointProps,
  existingProps,
  loadBalancerProps,
} from '../support/shared-load-balancer';

/** One row of the table of what load balancers that endpoints share, and those endpoints, are warned of. */
export interface SharedWarning {
  readonly rule: string;
  /** Continues "is warned of where ...". */
  readonly where: string;
  /** Makes what is warned of, which accepts these warnings. */
  readonly make: (stack: TerraformStack, acknowledge: string[]) => IConstruct;
  /** The whole sentence. */
  readonly says: RegExp;
}

/** A second endpoint, beside one that takes up some of the rules. */
function second(
  where: string,
  first: Partial<EndpointProps>,
  then: Partial<EndpointProps>,
  loadBalancer: Partial<SharedLoadBalancerProps>,
  says: RegExp,
): SharedWarning {
  const make = (stack: TerraformStack, acknowledge: string[]) =>
    addFleet(stack, { Stock: endpointProps({ port: 5433, ...first }) }, loadBalancerProps(loadBalancer)).addEndpoint(
      'Orders',
      endpointProps({ ...then, acknowledge }),
    );
  return { rule: 'LoadBalancerNearlyFull', where, make, says };
}

/** What load balancers that endpoints share, and those endpoints, are warned of. */
export const SHARED_WARNED: readonly SharedWarning[] = [
  second(
    'the rules of all endpoints come to four fifths of the room',
    { allow: clients(200) },
    { allow: clients(40) },
    {},
    /^allow fills the security groups of prod\/Partners to 240 of 300 rules of IPv4: prod\/Partners\/Stock 200, prod\/Partners\/Orders 40\. .*quota increase.*second load balancer.*mergePorts.*A prefix list saves nothing/,
  ),
  second(
    'there is less room because there are fewer groups',
    { allow: clients(40) },
    { allow: clients(8, 21) },
    { securityGroupCount: 1 },
    /^allow fills .* to 48 of 60 rules of IPv4/,
  ),
  second(
    'IPv6 has less room than IPv4',
    { allow: blocks(...ipv6(40)) },
    { allow: blocks('52.20.30.40/32', ...ipv6(8)) },
    { securityGroupCount: 1, dualStack: true },
    /^allow fills .* to 48 of 60 rules of IPv6/,
  ),
  {
    rule: 'ImportedLoadBalancerUnchecked',
    where: 'the load balancer exists already',
    make: (stack, acknowledge) =>
      EndpointLoadBalancer.fromAttributes(stack, 'Partners', existingProps({ acknowledge })),
    says: /^securityGroupIds are taken as they are: .*no allowlist limits.* See that nothing else writes to these groups.*acknowledge ImportedLoadBalancerUnchecked/,
  },
  {
    rule: 'QuotasBeyondAws',
    where: 'a load balancer that endpoints share has quotas that AWS does not grant together',
    make: (stack, acknowledge) =>
      addFleet(stack, {}, loadBalancerProps({ acknowledge, quotas: { rulesPerSecurityGroup: 201 } })),
    says: /^quotas allow 1,005 rules per network interface, but AWS grants no more than 1,000\. .* at most 200 rules/,
  },
  {
    rule: 'QuotasBeyondAws',
    where: 'a load balancer that exists already has quotas that AWS does not grant together',
    make: (stack, acknowledge = []) =>
      EndpointLoadBalancer.fromAttributes(
        stack,
        'Partners',
        existingProps({
          acknowledge: [...acknowledge, 'ImportedLoadBalancerUnchecked'],
          quotas: { rulesPerSecurityGroup: 100, securityGroupsPerInterface: 16 },
        }),
      ),
    says: /^quotas allow 1,600 rules per network interface, .* with 16 security groups at most 62 rules/,
  },
];

function ipv6(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `2600:1f18:${(2 * i + 1).toString(16)}::/48`);
}
