import type { NameKind } from '../engine/managed-name';
import type { Finding, Rule } from '../rules/rule';
import { isUnresolvedList } from '../tokens/unresolved';
import { nameOf } from './followed-name';
import type { FollowedName } from './followed-target';
import type { TargetSettings } from './target-settings';

/** Warnings about the names of managed databases. */
export const FOLLOWED_NAME_WARNINGS: readonly Rule<TargetSettings>[] = [
  {
    name: 'RdsEventsUnused',
    because: 'With its identifier, the function also follows the failover events of an RDS database.',
    check: about(['member', 'writer', 'readers', 'custom'], {
      service: 'rds',
      reason: 'is the name of an RDS database, but its events are not used',
      remedy: 'Write DatabaseTarget.rdsInstance(...) or DatabaseTarget.rdsCluster(...).',
    }),
  },
  {
    name: 'RdsProxyByHostname',
    because: "With DatabaseTarget.rdsProxy, a name that is not a proxy's is refused, also as a token.",
    see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.howitworks.html',
    check: about(['proxy'], {
      reason: 'is the name of an RDS Proxy',
      remedy: 'Write DatabaseTarget.rdsProxy({ endpoint, securityGroupId }).',
    }),
  },
  {
    name: 'GlobalNameLeavesRegion',
    because:
      'After a switchover or failover, the name resolves to an address in another Region, which is outside the VPC and refused without cidrBlocks.',
    see: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-connecting.html',
    check: about(['global'], {
      reason: 'is the name of the writer of an Aurora Global Database, which may move to another Region',
      remedy:
        "Write DatabaseTarget.rdsCluster(...) with this Region's cluster and create an endpoint in each Region, or peer the VPCs and list the subnets of all Regions in cidrBlocks.",
    }),
  },
  {
    name: 'ClusterModeMoved',
    because: 'In cluster mode, a node answers MOVED for keys of another node, with its private name.',
    see: 'https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#moved-redirection',
    check: about(['configuration'], {
      reason:
        "is the configuration endpoint of a cluster in cluster mode, whose nodes redirect clients (MOVED) to each other's private names",
      remedy:
        'Use a database with cluster mode disabled and its primary endpoint. For a cluster of one node, acknowledge ClusterModeMoved.',
    }),
  },
  {
    name: 'BrokerMayHaveTwin',
    because:
      'The first broker of an active/standby pair and a single-instance broker have the same form of name; the first of a pair accepts connections only while it is active.',
    see: 'https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/active-standby-broker-deployment.html',
    check: about(['first'], {
      reason: 'is the name of a broker that may be one of an active/standby pair, whose failover is not visible in DNS',
      remedy: 'Use a single-instance broker, and acknowledge BrokerMayHaveTwin.',
    }),
  },
  {
    name: 'DatabaseZonesUnchecked',
    because:
      'A target in a zone without a subnet of the load balancer is unused: a failover to it is an outage. Most Regions have three or more zones.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#availability-zones',
    check: ({ target: { _name: name }, subnetIds }) => {
      if (name === undefined || isUnresolvedList(subnetIds) || subnetIds.length >= USUAL_ZONES) return undefined;
      // A proxy has all its addresses from the beginning, so the first run of the function finds them.
      if (!isMoving(name) || name.dbSubnetGroupName !== undefined) return undefined;
      const isOfRds = name.kind !== 'hostname';
      return {
        property: 'subnetIds',
        reason: `names ${subnetIds.length === 1 ? 'one subnet' : `${subnetIds.length} subnets`}, but the database may move to a zone without a subnet of the load balancer`,
        remedy: isOfRds
          ? "List a subnet in each zone of the database's subnet group, and set dbSubnetGroupName, so that Terraform checks this."
          : "List a subnet in each zone of the database's subnet group, and acknowledge DatabaseZonesUnchecked.",
      };
    },
  },
];

/** Below this, a subnet group of the usual width is not covered. */
const USUAL_ZONES = 3;

/** Managed databases move to other zones by themselves. */
function isMoving(name: FollowedName): boolean {
  if (name.kind === 'hostname') return !['proxy', undefined].includes(nameOf(name)?.kind);
  return name.kind !== 'rdsProxy';
}

interface About extends Pick<Finding, 'reason' | 'remedy'> {
  readonly service?: string;
}

/** A warning about `DatabaseTarget.hostname` with names of these kinds. */
function about(kinds: readonly NameKind[], { service, ...text }: About): Rule<TargetSettings>['check'] {
  return ({ target: { _name: name } }) => {
    const managed = nameOf(name);
    return name?.kind === 'hostname' &&
      managed !== undefined &&
      kinds.includes(managed.kind) &&
      (service === undefined || managed.service === service)
      ? { property: name.property, value: name.hostname, ...text }
      : undefined;
  };
}
