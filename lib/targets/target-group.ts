import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import { aws } from '../terraform/aws';
import { isUnresolved } from '../tokens/unresolved';
import { type GroupPart, partsAt } from './group-parts';
import { hasIpv6Targets } from './target-rules';
import type { TargetGroupSettings } from './target-settings';

/** A target group of an endpoint, and what it is for where there are several. */
export interface PlacedGroup {
  /** What the ids of its constructs end with; nothing for the one that every endpoint has. */
  readonly suffix: string;
  readonly part: GroupPart;
  readonly resource: LbTargetGroup;
}

/** The groups that the listener forwards to: one, or three where open connections can be ended. */
export function createTargetGroups(
  scope: Construct,
  settings: TargetGroupSettings,
  tags: { [key: string]: string },
): readonly PlacedGroup[] {
  const { sessions } = settings;
  if (sessions === undefined) {
    return [{ suffix: '', part: 'active', resource: createTargetGroup(scope, 'TargetGroup', settings, tags) }];
  }
  return partsAt(sessions.epoch).map((part, index) => {
    const suffix = index === 0 ? '' : String(index + 1);
    const resource = createTargetGroup(scope, `TargetGroup${suffix}`, settings, tags);
    // A zone without a healthy target in some group leaves the DNS name of the load balancer. Only the group that serves
    // may decide about that.
    resource.putTargetGroupHealth({
      dnsFailover: { minimumHealthyTargetsCount: part === 'active' ? '1' : 'off' },
      unhealthyStateRouting: { minimumHealthyTargetsCount: 1 },
    });
    return { suffix, part, resource };
  });
}

/** The one that new connections go to. */
export function activeGroup(groups: readonly PlacedGroup[]): LbTargetGroup {
  return groupFor('active', groups) ?? groups[0].resource;
}

export function groupFor(part: GroupPart, groups: readonly PlacedGroup[]): LbTargetGroup | undefined {
  return groups.find((group) => group.part === part)?.resource;
}

function createTargetGroup(
  scope: Construct,
  id: string,
  settings: TargetGroupSettings,
  tags: { [key: string]: string },
): LbTargetGroup {
  const { target, healthCheck } = settings;
  return new aws.LbTargetGroup(scope, id, {
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
