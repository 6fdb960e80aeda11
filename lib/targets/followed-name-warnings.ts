import type { NameKind } from '../engine/managed-name';
import type { Finding, Rule } from '../rules/rule';
import { isUnknownList } from '../tokens/unresolved';
import { nameOf } from './followed-name';
import type { FollowedName } from './followed-target';
import type { TargetSettings } from './target-settings';

/** Warnings about the names of managed databases. */
export const FOLLOWED_NAME_WARNINGS: readonly Rule<TargetSettings>[] = [
  {
    name: 'RdsEventsUnused',
    because: 'With its identifier, an RDS database is also followed by its failover events.',
    check: about(['member', 'writer', 'readers', 'custom'], {
      service: 'rds',
      reason: 'is the name of an RDS database, whose events are not listened to',
      remedy: 'Write DatabaseTarget.rdsInstance(...) or DatabaseTarget.rdsCluster(...).',
    }),
  },
  {
    name: 'RdsProxyByHostname',
    because: 'A name that is said to be of a proxy is refused where it is of something else, also as a token.',
    see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.howitworks.html',
    check: about(['proxy'], {
      reason: 'is the name of an RDS Proxy, whose addresses stay the same',
      remedy: 'Write DatabaseTarget.rdsProxy({ endpoint, securityGroupId }).',
    }),
  },
  {
    name: 'GlobalNameLeavesRegion',
    because:
      'After a switchover or failover, the name answers with an address in another Region: outside of the VPC, and refused there without cidrBlocks.',
    see: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-connecting.html',
    check: about(['global'], {
      reason: 'is the name of the writer of an Aurora Global Database, which may move to another Region',
      remedy:
        "Write DatabaseTarget.rdsCluster(...) with this Region's cluster and have an endpoint in each Region, or peer the VPCs and name the subnets of all Regions in cidrBlocks.",
    }),
  },
  {
    name: 'ClusterModeMoved',
    because: 'In cluster mode, a node answers MOVED for keys of another node, with its private name.',
    see: 'https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#moved-redirection',
    check: about(['configuration'], {
      reason:
        'is the configuration endpoint of a cluster in cluster mode, whose nodes answer MOVED and name one another by private names',
      remedy:
        'Use a database with cluster mode disabled and its primary endpoint. For a cluster of one node, acknowledge ClusterModeMoved.',
    }),
  },
  {
    name: 'BrokerMayHaveTwin',
    because:
      'The first broker of an active/standby pair and a single-instance broker have the same form of name; the first of a pair accepts connections while it is active, and no longer.',
    see: 'https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/active-standby-broker-deployment.html',
    check: about(['first'], {
      reason: 'is the name of a broker that may be one of an active/standby pair, whose failover DNS does not tell',
      remedy: 'Use a single-instance broker, and acknowledge BrokerMayHaveTwin.',
    }),
  },
  {
    name: 'DatabaseZonesUnchecked',
    because:
      'A target in a zone that the load balancer has no subnet in is unused: a failover to there is an outage. Most Regions have three zones or more.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#availability-zones',
    check: ({ target: { _name: name }, subnetIds }) => {
      if (name === undefined || isUnknownList(subnetIds) || subnetIds.length >= USUAL_ZONES) return undefined;
      // The addresses of a proxy are all there from the beginning, so the first run of the function tells.
      if (!isMoving(name) || name.dbSubnetGroupName !== undefined) return undefined;
      const isOfRds = name.kind !== 'hostname';
      return {
        property: 'subnetIds',
        reason: `names ${subnetIds.length === 1 ? 'one subnet' : `${subnetIds.length} subnets`}, and the database may move to a zone that the load balancer does not have`,
        remedy: isOfRds
          ? "Name a subnet in each zone of the database's subnet group, and say dbSubnetGroupName, which Terraform then checks."
          : "Name a subnet in each zone of the database's subnet group, and acknowledge DatabaseZonesUnchecked.",
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
