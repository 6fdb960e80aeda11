import { EXPIRY_RULES } from '../expiry/expiry-rules';
import type { Problem } from '../rules/endpoint-error';
import type { Rule } from '../rules/rule';
import { subnetIdRule, VPC_ID_RULE } from '../rules/subnet-rules';
import { tagRule } from '../rules/tag-rule';
import { isUnresolved, isUnresolvedList, itemsOf } from '../tokens/unresolved';
import type { LoadBalancerSettings } from './load-balancer-settings';

const NLB_DOCS = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network';

/** Validation rules for load balancers. */
export const LOAD_BALANCER_RULES: readonly Rule<LoadBalancerSettings>[] = [
  VPC_ID_RULE,
  subnetIdRule(({ subnetIds }) => subnetIds),
  ...EXPIRY_RULES,
  {
    name: 'SubnetsTooFew',
    because: 'A load balancer in a single Availability Zone fails with that zone.',
    see: 'https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-13',
    check: ({ subnetIds, allowSingleSubnet }) =>
      isUnresolvedList(subnetIds) || subnetIds.length >= (allowSingleSubnet ? 1 : 2)
        ? undefined
        : {
            property: 'subnetIds',
            value: subnetIds,
            reason: `names ${subnetIds.length === 1 ? 'one subnet' : 'no subnet'}`,
            remedy:
              'List one subnet in each of at least two Availability Zones, or set allowSingleSubnet: true to accept the risk of a single zone.',
          },
  },
  {
    name: 'SubnetDuplicate',
    because: 'A load balancer accepts one subnet per Availability Zone.',
    see: `${NLB_DOCS}/availability-zones.html`,
    check: ({ subnetIds }) =>
      itemsOf(subnetIds).flatMap((id, i) => subnetRepetition(id, subnetIds.indexOf(id), i) ?? []),
  },
  {
    name: 'LoadBalancerNameInvalid',
    because:
      'AWS accepts up to 32 letters, digits and hyphens, with no hyphen at either end, and reserves the prefix "internal-".',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html',
    check: ({ name }) =>
      name === undefined || isUnresolved(name) || /^(?!internal-)(?!-)[a-zA-Z0-9-]{1,32}(?<!-)$/.test(name)
        ? undefined
        : {
            property: 'loadBalancerName',
            value: name,
            reason: 'is not a name that AWS accepts for a load balancer',
            remedy:
              'Write up to 32 letters, digits and hyphens, with no hyphen at either end and not beginning with internal-.',
          },
  },
  tagRule(({ tags }) => tags),
];

/** What is wrong with a subnet that is at two places. */
export function subnetRepetition(id: string, first: number, index: number): Problem | undefined {
  return first < index
    ? {
        rule: 'SubnetDuplicate',
        property: `subnetIds[${index}]`,
        value: id,
        reason: `repeats subnetIds[${first}]`,
        remedy: 'List every subnet once.',
      }
    : undefined;
}
