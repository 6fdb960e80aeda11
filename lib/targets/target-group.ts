import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import { aws } from '../terraform/aws';
import { isUnresolved } from '../tokens/unresolved';
import { hasIpv6Targets } from './target-rules';
import type { TargetGroupSettings } from './target-settings';

/** The group that the listener forwards to. */
export function createTargetGroup(
  scope: Construct,
  settings: TargetGroupSettings,
  tags: { [key: string]: string },
): LbTargetGroup {
  const { target, healthCheck } = settings;
  return new aws.LbTargetGroup(scope, 'TargetGroup', {
    // Replaced whenever port, protocol or kind of target change, while a listener still points at it: the new one must
    // come first, so both must be able to exist at once. It is cold nevertheless, for minutes: AWS checks the health of
    // a group when a listener uses it. Targets outside the VPC are registered differently, which cannot be changed in
    // place, so they get a group with another name.
    namePrefix: target._outsideVpc ? 'dbepx-' : 'dbep-',
    vpcId: settings.vpcId,
    targetType: target._type,
    ipAddressType: hasIpv6Targets(target) ? 'ipv6' : undefined,
    port: settings.port,
    protocol: settings.protocol,
    preserveClientIp: text(settings.preserveClientIp),
    proxyProtocolV2: false,
    deregistrationDelay: String(settings.deregistrationDelaySeconds),
    connectionTermination: true,
    // Resets connections to one unhealthy target of several. With a single one the load balancer fails open, and
    // nothing is reset.
    targetHealthState: [{ enableUnhealthyConnectionTermination: true }],
    healthCheck: {
      enabled: true,
      protocol: 'TCP',
      port: 'traffic-port',
      interval: healthCheck.intervalSeconds,
      timeout: healthCheck.timeoutSeconds,
      healthyThreshold: healthCheck.healthyThreshold,
      unhealthyThreshold: healthCheck.unhealthyThreshold,
    },
    tags,
    lifecycle: { createBeforeDestroy: true },
  });
}

// The provider's class requires texts for what users write as booleans.
function text(value: boolean): string {
  return isUnresolved(value) ? Token.asString(value) : String(value);
}
