import type { LambdaInvocation } from '@cdktf/provider-aws/lib/lambda-invocation';
import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import type { Construct } from 'constructs';
import type { DatabaseEndpointProps } from '../database-endpoint-props';
import type { Problem } from '../endpoint-error';
import type { EndpointPlan } from '../endpoint-plan';
import { targetQuota } from '../target/target-quota';
import { attributeOf } from '../terraform/expression';
import { TargetSync } from './target-sync';

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
  { target, vpcId, crossZone, tags }: DatabaseEndpointProps,
  { targetPort: port }: EndpointPlan,
  targetGroup: LbTargetGroup,
): Followed | undefined {
  const { _name: database, _options: options, _cidrBlocks: cidrBlocks } = target;
  if (database === undefined) return undefined;
  const { graceSeconds, dnsServers, ipv6, vpcCidrBlocks, sync: settings = {} } = options;
  const sync = TargetSync._of(scope, vpcId, settings);
  const following = {
    name: scope.node.path,
    targetGroupArn: attributeOf(targetGroup, 'arn'),
    port,
    database,
    family: ipv6 ? (6 as const) : (4 as const),
    quota: targetQuota(crossZone),
    cidrBlocks: cidrBlocks && [...cidrBlocks],
    graceSeconds,
    dnsServers: dnsServers && [...dnsServers],
  };
  return { sync, firstTargets: sync._follow(scope, following, vpcCidrBlocks, tags) };
}
