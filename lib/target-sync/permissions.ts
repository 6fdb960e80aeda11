import type { Statement } from '../function/permissions';

/**
 * What the program calls, and nothing else. The ARNs may be tokens.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
 */
export function permissions(targetGroupArns: readonly string[]): Statement[] {
  return [
    {
      Sid: 'ChangeTargets',
      Effect: 'Allow',
      Action: ['elasticloadbalancing:RegisterTargets', 'elasticloadbalancing:DeregisterTargets'],
      Resource: targetGroupArns,
    },
    {
      // The actions do not support resources. The second one tells whether a listener forwards to the group.
      Sid: 'SeeTargets',
      Effect: 'Allow',
      Action: ['elasticloadbalancing:DescribeTargetHealth', 'elasticloadbalancing:DescribeTargetGroups'],
      Resource: '*',
    },
  ];
}
