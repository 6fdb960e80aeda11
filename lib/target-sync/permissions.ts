import type { Statement } from '../function/permissions';

/**
 * What the program calls, and nothing else. The ARNs may be tokens.
 *
 * @param hasSessions whether it ends connections of any endpoint.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
 */
export function permissions(targetGroupArns: readonly string[], hasSessions = false): Statement[] {
  return [
    {
      Sid: 'ChangeTargets',
      Effect: 'Allow',
      Action: ['elasticloadbalancing:RegisterTargets', 'elasticloadbalancing:DeregisterTargets'],
      Resource: targetGroupArns,
    },
    {
      // The actions do not support resources. The second one tells whether a listener forwards to the group, the third one
      // whether with any weight.
      Sid: 'SeeTargets',
      Effect: 'Allow',
      Action: [
        'elasticloadbalancing:DescribeTargetHealth',
        'elasticloadbalancing:DescribeTargetGroups',
        ...(hasSessions ? ['elasticloadbalancing:DescribeListeners'] : []),
      ],
      Resource: '*',
    },
  ];
}
