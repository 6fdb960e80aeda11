import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import type { DatabaseEndpointProps } from '../endpoint/database-endpoint-props';
import type { EndpointPlan } from '../endpoint/resolve-endpoint';
import { DEFAULT_TIMEOUT_SECONDS } from '../load-balancer/load-balancer-rules';
import { aws } from '../terraform/aws';
import { isUnknown } from '../tokens/unresolved';
import { hasIpv6Targets } from './target-rules';

/** Checks in a row that decide about a target's health, where nothing else was asked for. */
export const DEFAULT_THRESHOLD = 2;

/**
 * Seconds that connections to a removed target live on, where nothing else was asked for. Short, because after a
 * failover they lead to a database that no longer takes writes. AWS's own default is 300, and whatever is set, it may send
 * new connections to the target for two minutes.
 */
const DEFAULT_DEREGISTRATION_DELAY_SECONDS = 10;

/** The group that the listener forwards to. */
export function createTargetGroup(
  scope: Construct,
  props: DatabaseEndpointProps,
  plan: EndpointPlan,
  tags: { [key: string]: string },
): LbTargetGroup {
  const { target, healthCheck = {} } = props;
  return new aws.LbTargetGroup(scope, 'TargetGroup', {
    // Replaced whenever port, protocol or kind of target change, while a listener still points at it: the new one
    // must come first, so both must be able to exist at once. It is cold nevertheless, for minutes: AWS checks the health
    // of a group when a listener uses it. Targets outside the VPC are registered differently,
    // which is no change that can be made in place, so they get a group of another name.
    namePrefix: target._outsideVpc ? 'dbepx-' : 'dbep-',
    vpcId: props.vpcId,
    targetType: target._type,
    ipAddressType: hasIpv6Targets(props) ? 'ipv6' : undefined,
    port: plan.targetPort,
    protocol: plan.targetProtocol,
    preserveClientIp: text(props.preserveClientIp ?? false),
    proxyProtocolV2: false,
    deregistrationDelay: String(props.deregistrationDelaySeconds ?? DEFAULT_DEREGISTRATION_DELAY_SECONDS),
    connectionTermination: true,
    // Resets connections to one unhealthy target of several. A single one is what the load balancer fails open with, and
    // nothing is reset then.
    targetHealthState: [{ enableUnhealthyConnectionTermination: true }],
    healthCheck: {
      enabled: true,
      protocol: 'TCP',
      port: 'traffic-port',
      interval: plan.healthCheckIntervalSeconds,
      timeout: healthCheck.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS,
      healthyThreshold: healthCheck.healthyThreshold ?? DEFAULT_THRESHOLD,
      unhealthyThreshold: healthCheck.unhealthyThreshold ?? DEFAULT_THRESHOLD,
    },
    tags,
    lifecycle: { createBeforeDestroy: true },
  });
}

// The provider's class wants texts for what users write as booleans.
function text(value: boolean): string {
  return isUnknown(value) ? Token.asString(value) : String(value);
}
