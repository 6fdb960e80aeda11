import type { DatabaseTargetOptions } from './database-target-options';
import type { ITargetSync } from './target-sync-interface';

/** What a name stands for. */
export enum DatabaseRole {
  /**
   * All addresses of an answer are meant, and one that is no longer among them is wrong at once: the primary instance,
   * or a server that stands alone.
   */
  WRITER = 'writer',
  /** An answer may hold a part of the addresses, in rotation, and all of them may serve: replicas. */
  READER = 'reader',
}

/** Targets that are found by a name, and followed when it changes. */
export interface FollowedTargetOptions extends DatabaseTargetOptions {
  /**
   * The blocks that the database's addresses come from: those of the subnets that it may be in after a failover. An
   * answer of DNS outside of them counts as failed, so a forged one cannot lead elsewhere. Where no security group is
   * given, the endpoint's egress leads to them. A database outside of the VPC, as in a peered one, needs them always.
   *
   * @default the blocks of the VPC for the answers, and for egress the security group
   */
  readonly cidrBlocks?: string[];

  /**
   * Whether the name's IPv6 addresses are meant. The endpoint must be dual-stack.
   *
   * @default false, its IPv4 addresses
   * @deciding
   */
  readonly ipv6?: boolean;

  /**
   * DNS servers to ask, as `10.0.0.2` or `10.0.0.2:53`: for a name that the function's own servers do not know.
   * Private ones are reached only by a function that is attached to the VPC (`TargetSyncProps.subnetIds`).
   *
   * @default the function's own: public DNS, or that of the VPC where it is attached to one
   */
  readonly dnsServers?: string[];

  /**
   * Seconds for which a reader that is gone stays registered while the others are not healthy, 0 to 3600.
   *
   * @default 120
   */
  readonly graceSeconds?: number;

  /**
   * Seconds within which a target must be healthy, 60 to 86400. After them each run of the function fails and says so,
   * until it is. AWS takes 1.5 to 5 minutes for a new target, and its health checks come on top.
   *
   * @default 600, and the time of the health checks (interval times healthy threshold) where that is more than 120
   */
  readonly healthyWithinSeconds?: number;

  /**
   * All blocks of the endpoint's VPC. Addresses outside of them are registered for all Availability Zones.
   *
   * @default the VPC's IPv4 blocks and its first IPv6 block, read when Terraform plans
   */
  readonly vpcCidrBlocks?: string[];

  /**
   * The function that follows the name: a `TargetSync` of yours, for other settings than its defaults, or so that no other
   * endpoint ever changes it. It belongs to the stack, the VPC and the provider of the endpoint.
   *
   * @default one function for all endpoints of the stack, VPC and provider, with the default of every setting
   */
  readonly sync?: ITargetSync;
}

/** A database behind a DNS name. */
export interface HostnameTargetOptions extends FollowedTargetOptions {
  /**
   * What the name stands for.
   *
   * @default DatabaseRole.WRITER
   */
  readonly role?: DatabaseRole;
}

/** A DB instance of Amazon RDS, single or Multi-AZ. */
export interface RdsInstanceTargetProps extends FollowedTargetOptions {
  /** Its identifier, as RDS events call it: `aws_db_instance.identifier`. */
  readonly identifier: string;

  /** Its DNS name: `aws_db_instance.address`, not `endpoint`, which carries the port as well. */
  readonly address: string;

  /**
   * Name of its DB subnet group: `aws_db_instance.db_subnet_group_name`. Terraform then looks up in which zones its subnets are,
   * and refuses a load balancer that has no subnet in one of them: after a failover to there, the database would get no
   * traffic. May be a token. The group is in the endpoint's VPC.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#availability-zones
   * @default nothing is looked up
   */
  readonly dbSubnetGroupName?: string;
}

/** A cluster of Amazon Aurora, or a Multi-AZ DB cluster of Amazon RDS. */
export interface RdsClusterTargetProps extends FollowedTargetOptions {
  /** Its identifier, as RDS events call it: `aws_rds_cluster.cluster_identifier`. */
  readonly identifier: string;

  /**
   * One of its DNS names: `aws_rds_cluster.endpoint` for the writer, `reader_endpoint` or a custom endpoint for
   * readers.
   */
  readonly endpoint: string;

  /** Which of its instances the name stands for. */
  readonly role: DatabaseRole;

  /**
   * Name of its DB subnet group: `aws_rds_cluster.db_subnet_group_name`. Terraform then looks up in which zones its subnets are,
   * and refuses a load balancer that has no subnet in one of them: after a failover to there, the database would get no
   * traffic. May be a token. The group is in the endpoint's VPC.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#availability-zones
   * @default nothing is looked up
   */
  readonly dbSubnetGroupName?: string;
}

/** An Amazon RDS Proxy, or a further endpoint of one. */
export interface RdsProxyTargetProps extends FollowedTargetOptions {
  /**
   * Its DNS name: `aws_db_proxy.endpoint`, or `aws_db_proxy_endpoint.endpoint` of a further endpoint. The security group
   * beside it is the proxy's, not the database's.
   */
  readonly endpoint: string;

  /**
   * Which database instances stand behind it: the writer, or the readers of a read-only endpoint of a cluster.
   *
   * @default DatabaseRole.WRITER
   */
  readonly role?: DatabaseRole;
}

/**
 * A name to follow, and how.
 *
 * @internal
 */
export interface FollowedName {
  /** Where it was written, for messages. */
  readonly property: string;
  readonly hostname: string;
  readonly role: DatabaseRole;
  /** Of RDS, with the kind of thing that it identifies. */
  readonly identifier?: string;
  /** Of RDS, the subnet group that the database is in. */
  readonly dbSubnetGroupName?: string;
  readonly kind: 'hostname' | 'rdsInstance' | 'rdsCluster' | 'rdsProxy';
}
