import type { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import type { LambdaInvocation } from '@cdktf/provider-aws/lib/lambda-invocation';
import type { Construct } from 'constructs';
import { aws } from '../terraform/aws';
import { expressionOf, expressionToken } from '../tokens/expression';
import { isUnresolved } from '../tokens/unresolved';
import { DRIFT_METRIC_EVENT } from './contract';

/**
 * Has the function measure on a schedule in how many points the user is not as declared.
 *
 * @param converged the invocation before which everything would differ.
 */
export function measureDrift(
  scope: Construct,
  lambda: LambdaFunction,
  everyHours: number,
  converged: LambdaInvocation,
  tags: { [key: string]: string },
): void {
  const rule = new aws.CloudwatchEventRule(scope, 'DriftSchedule', {
    namePrefix: 'database-endpoint-user-',
    description: 'Measures whether a database user is as it is declared',
    scheduleExpression: rate(everyHours),
    tags,
    dependsOn: [converged],
  });
  const permission = new aws.LambdaPermission(scope, 'DriftSchedulePermission', {
    statementId: 'DriftSchedule',
    action: 'lambda:InvokeFunction',
    functionName: lambda.functionName,
    principal: 'events.amazonaws.com',
    sourceArn: rule.arn,
  });
  new aws.CloudwatchEventTarget(scope, 'DriftScheduleTarget', {
    rule: rule.name,
    targetId: 'database-user',
    arn: lambda.arn,
    input: JSON.stringify(DRIFT_METRIC_EVENT),
    dependsOn: [permission],
  });
}

/** In minutes: EventBridge takes `1 hour` and refuses `1 hours`, and a token may be 1. */
function rate(hours: number): string {
  if (!isUnresolved(hours)) return `rate(${hours * 60} minutes)`;
  return expressionToken((context) => `"rate(\${${expressionOf(hours, context)} * 60} minutes)"`);
}
