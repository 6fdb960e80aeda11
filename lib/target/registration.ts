import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { LbTargetGroupAttachment } from '@cdktf/provider-aws/lib/lb-target-group-attachment';
import type { Construct } from 'constructs';
import type { EndpointPlan } from '../endpoint-plan';
import { ForEach } from '../terraform/deferred';
import { attributeOf } from '../terraform/expression';
import { spared } from '../terraform/spared';
import type { DatabaseTarget } from './database-target';
import { eachTarget } from './each-target';

const SparedLbTargetGroupAttachment = spared(LbTargetGroupAttachment);

/** Registers targets that are named; where something else registers them, Terraform must own none. */
export function registerTargets(
  scope: Construct,
  target: DatabaseTarget,
  plan: EndpointPlan,
  targetGroup: LbTargetGroup,
): LbTargetGroupAttachment | undefined {
  if (target._ids === undefined) return undefined;
  return new SparedLbTargetGroupAttachment(scope, 'Targets', {
    targetGroupArn: attributeOf(targetGroup, 'arn'),
    targetId: '${each.value}',
    port: plan.targetPort,
    availabilityZone: target._outsideVpc ? 'all' : undefined,
    forEach: ForEach.deferred((context) => eachTarget(target._ids ?? [], context)),
    // An attachment changes only together with its target group, so the new one never meets the old one.
    lifecycle: { createBeforeDestroy: true },
  });
}
