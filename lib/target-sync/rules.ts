import type { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import type { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import type { IResolveContext } from 'cdktf';
import type { Construct } from 'constructs';
import { aws } from '../terraform/aws';
import { expressionOf, expressionToken } from '../tokens/expression';
import { databaseEventPattern } from './database-events';
import type { Following } from './following';

type Tags = { [key: string]: string };

/** Starts a run every minute. */
export function runEveryMinute(scope: Construct, lambda: LambdaFunction, tags: Tags): void {
  const rule = new aws.CloudwatchEventRule(scope, 'Schedule', {
    namePrefix: 'database-endpoint-sync-',
    description: 'Follows the names of databases',
    scheduleExpression: 'rate(1 minute)',
    tags,
  });
  invoke(scope, 'Schedule', rule, lambda);
}

/** Starts a run when RDS reports a failover. One rule for all databases, created with the first. */
export function listenToDatabases(
  scope: Construct,
  lambda: LambdaFunction,
  followed: () => readonly Following[],
  tags: Tags,
): void {
  if (scope.node.tryFindChild('DatabaseEvents') !== undefined) return;
  const identifiers = () => followed().flatMap(({ database }) => database.identifier ?? []);
  const pattern = (context: IResolveContext) =>
    `jsonencode(${expressionOf(databaseEventPattern(identifiers()), context)})`;
  const rule = new aws.CloudwatchEventRule(scope, 'DatabaseEvents', {
    namePrefix: 'database-endpoint-sync-',
    description: 'Failovers of the databases behind endpoints',
    eventPattern: expressionToken(pattern),
    tags,
  });
  invoke(scope, 'DatabaseEvents', rule, lambda);
}

function invoke(scope: Construct, id: string, rule: CloudwatchEventRule, lambda: LambdaFunction): void {
  const permission = new aws.LambdaPermission(scope, `${id}Permission`, {
    statementId: id,
    action: 'lambda:InvokeFunction',
    functionName: lambda.functionName,
    principal: 'events.amazonaws.com',
    sourceArn: rule.arn,
  });
  new aws.CloudwatchEventTarget(scope, `${id}Target`, {
    rule: rule.name,
    targetId: 'target-sync',
    arn: lambda.arn,
    // The run of the next minute makes up for one that is late.
    retryPolicy: { maximumEventAgeInSeconds: 60, maximumRetryAttempts: 3 },
    dependsOn: [permission],
  });
}
