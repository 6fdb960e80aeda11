import type { LambdaInvocation } from '@cdktf/provider-aws/lib/lambda-invocation';
import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import type { Construct } from 'constructs';
import type { DatabaseEndpointProps } from '../endpoint/database-endpoint-props';
import type { EndpointPlan } from '../endpoint/resolve-endpoint';
import type { Problem } from '../rules/endpoint-error';
import { DEFAULT_THRESHOLD } from '../targets/target-group';
import { targetQuota } from '../targets/target-quota';
import { Deferred } from '../tokens/deferred';
import { attributeOf, expressionOf } from '../tokens/expression';
import { inOrder } from '../tokens/resolved-text';
import { isUnknown } from '../tokens/unresolved';
import { TargetSync } from './target-sync';
import { zoneChecks } from './zones';

/** An endpoint's function, and the invocation that registers its first targets. */
export interface Followed {
  readonly sync: TargetSync;
  readonly firstTargets: LambdaInvocation;
}

/** What is wrong with an endpoint beside the others that a function follows. */
export function sharingProblems(scope: Construct, { target, vpcId }: DatabaseEndpointProps): Problem[] {
  return target._name === undefined ? [] : TargetSync._problems(scope, vpcId, target._options.sync ?? {});
}

/** Has a function follow the endpoint's name, where its target is one. */
export function followName(
  scope: Construct,
  props: DatabaseEndpointProps,
  { targetPort: port, healthCheckIntervalSeconds }: EndpointPlan,
  targetGroup: LbTargetGroup,
): Followed | undefined {
  const { target, vpcId, crossZone, tags, healthCheck = {} } = props;
  const { _name: database, _options: options, _cidrBlocks: cidrBlocks } = target;
  if (database === undefined) return undefined;
  const { graceSeconds, healthyWithinSeconds, dnsServers, ipv6, vpcCidrBlocks, sync: settings = {} } = options;
  const sync = TargetSync._of(scope, vpcId, settings);
  const following = {
    name: scope.node.path,
    targetGroupArn: attributeOf(targetGroup, 'arn'),
    port,
    database,
    family: ipv6 ? (6 as const) : (4 as const),
    quota: targetQuota(crossZone),
    cidrBlocks: cidrBlocks && inOrder(scope, cidrBlocks),
    graceSeconds,
    healthySeconds:
      healthyWithinSeconds ?? slowChecks(healthCheckIntervalSeconds, healthCheck.healthyThreshold ?? DEFAULT_THRESHOLD),
    dnsServers: dnsServers && [...dnsServers],
  };
  return { sync, firstTargets: sync._follow(scope, following, vpcCidrBlocks, tags, zoneChecks(scope, props)) };
}

/** What AWS and the health checks may take; nothing where the checks are so fast that the program's own time is enough. */
function slowChecks(intervalSeconds: number, threshold: number): unknown {
  if (!isUnknown(intervalSeconds) && !isUnknown(threshold)) {
    const seconds = intervalSeconds * threshold;
    return seconds > FAST_CHECKS_SECONDS ? HEALTHY_SECONDS + seconds : undefined;
  }
  return new Deferred(
    (context) =>
      `\${${expressionOf(intervalSeconds, context)} * ${expressionOf(threshold, context)} + ${HEALTHY_SECONDS}}`,
  );
}

/** The time that the program allows where none is said: `lambda/target-sync/configuration.ts`. */
const HEALTHY_SECONDS = 600;

/** AWS names five minutes for a new target; the rest is enough for checks that decide within this time. */
const FAST_CHECKS_SECONDS = 120;
