import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import type { LbTargetGroupAttachment } from '@cdktf/provider-aws/lib/lb-target-group-attachment';
import type { Construct } from 'constructs';
import { aws } from '../terraform/aws';
import { conditions } from '../terraform/precondition';
import { ForEach } from '../tokens/deferred';
import { attributeOf, expressionToken } from '../tokens/expression';
import { targetAddressChecks } from './computed-target-checks';
import { eachTarget } from './each-target';
import type { TargetGroupSettings } from './target-settings';

/** Registers targets that are named; where something else registers them, Terraform must own none. */
export function registerTargets(
  scope: Construct,
  { target, port }: TargetGroupSettings,
  targetGroup: LbTargetGroup,
): LbTargetGroupAttachment | undefined {
  const { _ids: ids } = target;
  if (ids === undefined) return undefined;
  return new aws.LbTargetGroupAttachment(scope, 'Targets', {
    targetGroupArn: attributeOf(targetGroup, 'arn'),
    targetId: EACH_VALUE,
    port,
    availabilityZone: target._outsideVpc ? 'all' : undefined,
    forEach: ForEach.deferred((context) => eachTarget(ids, context), ids),
    // An attachment changes only together with its target group, so the new one never meets the old one.
    lifecycle: {
      createBeforeDestroy: true,
      ...conditions(targetAddressChecks(scope.node.path, target)).lifecycle,
    },
  });
}

const EACH_VALUE = expressionToken('each.value');
