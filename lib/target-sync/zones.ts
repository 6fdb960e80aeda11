import type { DataAwsSubnets } from '@cdktf/provider-aws/lib/data-aws-subnets';
import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import type { TargetSettings } from '../targets/target-settings';
import { aws } from '../terraform/aws';
import type { Precondition } from '../terraform/precondition';
import { Deferred, ForEach } from '../tokens/deferred';
import { addressIn, expressionToken } from '../tokens/expression';
import { inOrder } from '../tokens/resolved-text';

/**
 * What Terraform checks where the database's subnet group is known: the load balancer has a subnet in each of its zones.
 * A target in another zone is unused.
 *
 * Each zone of the Region is asked for its subnets of both sides. Subnets could be asked for their zones with fewer
 * calls, but not before they exist, and a stack may make them in the same apply.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#availability-zones
 */
export function zoneChecks(scope: Construct, { target, subnetIds }: TargetSettings): Precondition[] {
  const name = target._name?.dbSubnetGroupName;
  if (name === undefined) return [];
  const group = new aws.DataAwsDbSubnetGroup(scope, 'DatabaseSubnetGroup', { name });
  const zones = new aws.DataAwsAvailabilityZones(scope, 'Zones', {});
  const names = ForEach.deferred(() => expressionToken(`toset(${addressOfData(zones)}.names)`));
  const subnetsByZone = (id: string, values: string[]): DataAwsSubnets =>
    new aws.DataAwsSubnets(scope, id, {
      forEach: names,
      filter: [
        { name: 'subnet-id', values },
        { name: 'availability-zone', values: [expressionToken('each.key')] },
      ],
    });
  const ofDatabase = subnetsByZone(
    'DatabaseSubnets',
    Token.asList(new Deferred(() => `\${${addressOfData(group)}.subnet_ids}`)),
  );
  const ofLoadBalancer = subnetsByZone('LoadBalancerSubnets', inOrder(scope, subnetIds));
  const uncovered = () =>
    `[for zone, subnets in ${addressOfData(ofDatabase)} : zone if length(subnets.ids) > 0 && length(${addressOfData(ofLoadBalancer)}[zone].ids) == 0]`;
  return [
    {
      condition: expressionToken(() => `length(${uncovered()}) == 0`),
      errorMessage: `${scope.node.path}: target.dbSubnetGroupName has subnets in ${expressionToken(() => `join(", ", ${uncovered()})`)}, where the load balancer has none: a database that moves there gets no traffic. Add a subnet in each of these zones to subnetIds, which updates the load balancer in place. [DatabaseZoneUncovered]`,
    },
  ];
}

/** As for resources, and `data` before it. */
function addressOfData(data: Parameters<typeof addressIn>[0]): string {
  return `data.${addressIn(data)}`;
}
