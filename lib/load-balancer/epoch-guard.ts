import type { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import { TerraformLocal } from 'cdktf';
import type { Construct } from 'constructs';
import { EPOCH_TAG, partsAt } from '../targets/group-parts';
import { aws } from '../terraform/aws';
import { shownPath } from '../terraform/shown-path';
import { TerraformData } from '../terraform/terraform-data';
import { addressIn, attributeOf, expressionToken } from '../tokens/expression';

/**
 * Says in the plan that connections end, and has Terraform refuse there any step of the epoch other than one: the weight
 * would move to the group that is empty, or nowhere. The former epoch is read back from the listener as it is.
 */
export function guardEpoch(scope: Construct, listener: LbListener, epoch: number): TerraformData {
  // A data source that refers to a resource with pending changes is read after them. By way of a local value it is read
  // when Terraform plans, as long as the ARN is known.
  const { asString: arn } = new TerraformLocal(scope, 'ListenerArn', attributeOf(listener, 'arn'));
  const former = new aws.DataAwsLbListener(scope, 'FormerEpoch', { arn });
  const tag = () => `data.${addressIn(former)}.tags["${EPOCH_TAG}"]`;
  // A listener without the tag has one target group, which must stay the active one. A mocked provider answers with a
  // listener that has no action.
  const isMocked = () => `length(data.${addressIn(former)}.default_action) == 0`;
  const isFirstActive = partsAt(epoch)[0] === 'active';
  const found = expressionToken(() => `try("the listener is at \${${tag()}}", "nothing has been counted yet")`);
  return new TerraformData(scope, 'Epoch', {
    input: { epoch, effect: `ends every connection that was opened before epoch ${epoch}` },
    lifecycle: {
      precondition: [
        {
          condition: expressionToken(
            () => `${isMocked()} || try(contains(["${epoch - 1}", "${epoch}"], ${tag()}), ${isFirstActive})`,
          ),
          errorMessage: `${shownPath(scope)}: sessions.epoch is ${epoch}, but ${found}. Count up by one from there, or begin with 1: another step would send clients to a target group without targets, or end no connection. [SessionsEpochSkipped]`,
        },
      ],
    },
  });
}
