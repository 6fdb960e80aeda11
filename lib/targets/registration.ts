import type { LbTargetGroupAttachment } from '@cdktf/provider-aws/lib/lb-target-group-attachment';
import type { Construct } from 'constructs';
import { aws } from '../terraform/aws';
import { conditions } from '../terraform/precondition';
import { ForEach } from '../tokens/deferred';
import { attributeOf, expressionToken } from '../tokens/expression';
import { targetAddressChecks } from './computed-target-checks';
import { eachTarget } from './each-target';
import type { PlacedGroup } from './target-group';
import type { TargetGroupSettings } from './target-settings';

/**
 * Registers targets that are named, in each group that has them; where something else registers them, Terraform must own
 * none.
 */
export function registerTargets(
  scope: Construct,
  settings: TargetGroupSettings,
  groups: readonly PlacedGroup[],
): LbTargetGroupAttachment[] {
  if (settings.target._ids === undefined) return [];
  const filled = groups.filter(({ part }) => part !== 'retired');
  return filled.map((group) => registerIn(scope, settings, group));
}

function registerIn(
  scope: Construct,
  { target, port }: TargetGroupSettings,
  { suffix, resource }: PlacedGroup,
): LbTargetGroupAttachment {
  const ids = target._ids ?? [];
  return new aws.LbTargetGroupAttachment(scope, `Targets${suffix}`, {
    targetGroupArn: attributeOf(resource, 'arn'),
    targetId: EACH_VALUE,
    port,
    availabilityZone: target._outsideVpc ? 'all' : undefined,
    forEach: ForEach.deferred((context) => eachTarget(ids, context), ids),
    // An attachment changes only together with its target group, so the new one never meets the old one. Those of a group
    // that is emptied go after the listener has moved, which depends on them: Terraform deletes in this order only what is
    // created before it is destroyed.
    lifecycle: {
      createBeforeDestroy: true,
      ...conditions(targetAddressChecks(scope.node.path, target)).lifecycle,
    },
  });
}

const EACH_VALUE = expressionToken('each.value');
