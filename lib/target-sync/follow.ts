import type { LambdaInvocation } from '@cdktf/provider-aws/lib/lambda-invocation';
import type { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Problem } from '../rules/endpoint-error';
import { nameChecks } from '../targets/computed-name-checks';
import { filledGroups, type GroupPart } from '../targets/group-parts';
import { activeGroup, groupFor, type PlacedGroup } from '../targets/target-group';
import { targetQuota } from '../targets/target-quota';
import type { HealthCheckSettings, TargetSettings } from '../targets/target-settings';
import { providerOf, providerSuffix } from '../terraform/provider';
import { Deferred } from '../tokens/deferred';
import { addressOf, attributeOf, expressionOf } from '../tokens/expression';
import { inOrder, resolvedText } from '../tokens/resolved-text';
import { isUnresolved } from '../tokens/unresolved';
import { HEALTHY_SECONDS } from './contract';
import { TargetSync } from './target-sync';
import { type Shared, syncProblems } from './target-sync-rules';
import { zoneChecks } from './zones';

/** An endpoint's function, and the invocation that registers its first targets. */
export interface Followed {
  readonly sync: TargetSync;
  readonly firstTargets: LambdaInvocation;
}

/** What keeps a function that was named from following the endpoint's name. */
export function sharingProblems(scope: Construct, { target, vpcId }: TargetSettings): Problem[] {
  if (target._name === undefined) return [];
  // Expressions of two VPCs may be so alike that their functions would have one id.
  const sync = (target._options.sync as TargetSync | undefined) ?? TargetSync._known(scope, vpcId);
  if (sync === undefined) return [];
  const about = (construct: Construct, vpc: string): Shared => ({
    path: construct.node.path,
    stack: TerraformStack.of(construct).node.path,
    vpc: resolvedText(scope, vpc),
    provider: providerSuffix(providerOf(construct)),
  });
  return syncProblems(about(scope, vpcId), about(sync, sync._vpcId));
}

/** Makes a function follow the endpoint's name, if its target is one. */
export function followName(
  scope: Construct,
  settings: TargetSettings,
  groups: readonly PlacedGroup[],
  tags: { readonly [key: string]: string },
): Followed | undefined {
  const { target, vpcId, port, crossZone, healthCheck } = settings;
  const { _name: database, _options: options, _cidrBlocks: cidrBlocks } = target;
  if (database === undefined) return undefined;
  const { graceSeconds, healthyWithinSeconds, dnsServers, ipv6, vpcCidrBlocks } = options;
  const sync = (options.sync as TargetSync | undefined) ?? TargetSync._shared(scope, vpcId);
  const following = {
    name: scope.node.path,
    targetGroupArn: attributeOf(activeGroup(groups), 'arn'),
    standbyArn: arnOf('standby', groups),
    retiredArn: arnOf('retired', groups),
    port,
    database,
    family: ipv6 ? (6 as const) : (4 as const),
    quota: Math.floor(targetQuota(crossZone) / filledGroups(settings.sessions)),
    cidrBlocks: cidrBlocks && inOrder(scope, cidrBlocks),
    graceSeconds,
    healthySeconds: healthyWithinSeconds ?? slowChecks(healthCheck),
    dnsServers: dnsServers && [...dnsServers],
  };
  const checks = [...nameChecks(scope.node.path, database), ...zoneChecks(scope, settings)];
  return { sync, firstTargets: sync._follow(scope, { following, vpcCidrs: vpcCidrBlocks, tags, checks }) };
}

/**
 * Has the function empty the group that the listener has left, once it has, and fail the apply where that does not work.
 * The function does so by itself at its next run.
 */
export function endConnections(
  scope: Construct,
  { sync }: Followed,
  groups: readonly PlacedGroup[],
  listener: LbListener,
) {
  const retiredArn = arnOf('retired', groups);
  if (retiredArn === undefined) return;
  sync._empty(scope, retiredArn, addressOf(listener));
}

function arnOf(part: GroupPart, groups: readonly PlacedGroup[]): string | undefined {
  const group = groupFor(part, groups);
  return group && attributeOf(group, 'arn');
}

/** What AWS and the health checks may take; nothing where the checks are so fast that the program's own time is enough. */
function slowChecks({ intervalSeconds, healthyThreshold: threshold }: HealthCheckSettings): unknown {
  if (!isUnresolved(intervalSeconds) && !isUnresolved(threshold)) {
    const seconds = intervalSeconds * threshold;
    return seconds > FAST_CHECKS_SECONDS ? HEALTHY_SECONDS + seconds : undefined;
  }
  return new Deferred(
    (context) =>
      `\${${expressionOf(intervalSeconds, context)} * ${expressionOf(threshold, context)} + ${HEALTHY_SECONDS}}`,
  );
}

/** AWS names five minutes for a new target; the rest is enough for checks that decide within this time. */
const FAST_CHECKS_SECONDS = 120;
