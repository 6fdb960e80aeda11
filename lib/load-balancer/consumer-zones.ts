import type { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import type { Construct } from 'constructs';
import { findZone, withinZone } from '../dns/zone';
import { canonicalName } from '../network/domain-name';
import { aws } from '../terraform/aws';
import { conditions } from '../terraform/precondition';
import { ForEach } from '../tokens/deferred';
import { addressIn, expressionToken, staticKey } from '../tokens/expression';
import { isUnresolved } from '../tokens/unresolved';

/** The names that lead to an interface endpoint, and the zone that they are in, where there is one. */
export interface ConsumerNames {
  readonly vpcId: string;
  readonly hostnames: readonly string[];
  readonly privateZoneId?: string;
  readonly privateZoneName?: string;
  readonly dualStack: boolean;
  readonly tags: { [key: string]: string };
}

/**
 * Has names resolve to an interface endpoint inside of a VPC. A private zone of exactly that name hides nothing else of the
 * domain there.
 */
export function createConsumerRecords(scope: Construct, endpoint: VpcEndpoint, names: ConsumerNames): void {
  const { hostnames, vpcId, tags, dualStack } = names;
  if (hostnames.length === 0) return;
  // Keyed by the name, so that their order means nothing; a name that is known after apply by its expression.
  const byName = () =>
    ForEach.deferred((context) =>
      Object.fromEntries(
        hostnames.map((name) => {
          const canonical = isUnresolved(name) ? name : canonicalName(name);
          return [staticKey(canonical, context), canonical];
        }),
      ),
    );
  const given = findZone(scope, { id: names.privateZoneId, name: names.privateZoneName, isPrivate: true });
  const precondition = given
    ? withinZone(
        given,
        hostnames,
        `${scope.node.path}: hostnames holds a name that is not in the zone ${given.name}. Leave the zone out, and each name gets one of its own; or write names that end with that of the zone. [ConsumerHostnameOutsideZone]`,
      )
    : [];
  const made = given
    ? undefined
    : new aws.Route53Zone(scope, 'Zone', {
        name: expressionToken('each.value'),
        comment: 'Leads to a database endpoint over PrivateLink',
        vpc: [{ vpcId }],
        tags,
        forEach: byName(),
      });
  const entry = (attribute: string) => expressionToken(() => `${addressIn(endpoint)}.dns_entry[0].${attribute}`);
  for (const { type, id } of [
    { type: 'A', id: 'AliasIpv4' },
    ...(dualStack ? [{ type: 'AAAA', id: 'AliasIpv6' }] : []),
  ]) {
    new aws.Route53Record(scope, id, {
      zoneId: given?.id ?? expressionToken(() => `${addressIn(made!)}[each.key].zone_id`),
      name: expressionToken('each.value'),
      type,
      alias: { name: entry('dns_name'), zoneId: entry('hosted_zone_id'), evaluateTargetHealth: false },
      forEach: byName(),
      ...conditions(precondition),
    });
  }
}
