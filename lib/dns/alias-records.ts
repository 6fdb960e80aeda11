import type { Construct } from 'constructs';
import { canonicalName } from '../network/domain-name';
import { aws } from '../terraform/aws';
import { isUnresolved } from '../tokens/unresolved';
import type { EndpointDomain } from './endpoint-domain';
import { findZone, withinZone, type Zone } from './zone';

/** The zones in which an endpoint has its name. */
export interface EndpointZones {
  readonly publicZone?: Zone;
  readonly privateZone?: Zone;
}

/** What the records of an endpoint point to. */
export interface AliasTarget {
  readonly dnsName: string;
  readonly zoneId: string;
}

/** Finds the zones of an endpoint's domain. */
export function findZones(scope: Construct, domain: EndpointDomain | undefined): EndpointZones {
  const provider = domain?.provider;
  return {
    publicZone: findZone(scope, { id: domain?.zoneId, name: domain?.zoneName, provider }),
    privateZone: findZone(scope, {
      id: domain?.privateZoneId,
      name: domain?.privateZoneName,
      isPrivate: true,
      provider,
    }),
  };
}

/**
 * The name of an endpoint in its zones. A load balancer that is replaced changes the records in place; they go before
 * the load balancer does.
 */
export function createAliasRecords(
  scope: Construct,
  domain: EndpointDomain | undefined,
  dualStack: boolean,
  { publicZone, privateZone }: EndpointZones,
  loadBalancer: AliasTarget,
): void {
  if (domain === undefined) return;
  const { name } = domain;
  const families = [{ type: 'A', id: 'AliasIpv4' }, ...(dualStack ? [{ type: 'AAAA', id: 'AliasIpv6' }] : [])];
  for (const [zone, prefix] of [[publicZone, ''] as const, [privateZone, 'Private'] as const]) {
    if (zone === undefined) continue;
    const refusal = `${scope.node.path}: domain.name '${name}' is not in the zone ${zone.name}. Write a name that ends with the zone's name, or set the zone that contains the name. [DomainOutsideZone]`;
    const precondition = withinZone(zone, [name], refusal);
    for (const { type, id } of families) {
      new aws.Route53Record(scope, `${prefix}${id}`, {
        provider: zone.provider,
        zoneId: zone.id,
        name: isUnresolved(name) ? name : canonicalName(name),
        type,
        alias: {
          name: loadBalancer.dnsName,
          zoneId: loadBalancer.zoneId,
          evaluateTargetHealth: domain.evaluateTargetHealth ?? true,
        },
        lifecycle: precondition.length > 0 ? { precondition } : undefined,
      });
    }
  }
}
