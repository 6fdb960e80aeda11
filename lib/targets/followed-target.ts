import type { DatabaseTargetOptions } from './database-target-options';
import type { ITargetSync } from './target-sync-interface';

/** What a name stands for. */
export enum DatabaseRole {
  /**
   * Every address in an answer is a target, and an address that is missing from it is no longer one: the primary
   * instance, or a standalone server.
   */
  WRITER = 'writer',
  /** An answer may contain only some of the addresses, in rotation, and all of them may serve: replicas. */
  READER = 'reader',
}

/** Targets that are found by name, and followed when the name's addresses change. */
export interface FollowedTargetOptions extends DatabaseTargetOptions {
  /**
   * The blocks that contain the database's addresses: those of the subnets that it may be in after a failover. A DNS
   * answer outside them is rejected, so a forged one cannot point elsewhere. Without a security group, the endpoint's
   * egress is allowed to them. They are required for a database outside the VPC, for example in a peered one.
   *
   * @default the blocks of the VPC for the answers, and for egress the security group
   */
  readonly cidrBlocks?: string[];

  /**
   * Whether to follow the name's IPv6 addresses. The endpoint must be dual-stack.
   *
   * @default false, its IPv4 addresses
   * @deciding
   */
  readonly ipv6?: boolean;

  /**
   * DNS servers to use, as `10.0.0.2` or `10.0.0.2:53`, for a name that the function's default servers cannot resolve.
   * Only a function in the VPC (`TargetSyncProps.subnetIds`) can reach private ones.
   *
   * @default the function's own: public DNS, or the VPC's if it is attached to one
   */
  readonly dnsServers?: string[];

  /**
   * Seconds for which a reader that has gone stays registered while the others are not healthy, 0 to 3600.
   *
   * @default 120
   */
  readonly graceSeconds?: number;

  /**
   * Seconds within which a target must become healthy, 60 to 86400. After that, every run of the function fails until
   * it is. AWS takes 1.5 to 5 minutes for a new target, plus its health checks.
   *
   * @default 600, and the time of the health checks (interval times healthy threshold) where that is more than 120
   */
  readonly healthyWithinSeconds?: number;

  /**
   * All blocks of the endpoint's VPC. Addresses outside them are registered for all Availability Zones.
   *
   * @default the VPC's IPv4 blocks and its first IPv6 block, looked up at plan time
   */
  readonly vpcCidrBlocks?: string[];

  /**
   * The function that follows the name: your own `TargetSync`, for settings other than the defaults, or so that no
   * other endpoint ever changes it. It must have the endpoint's stack, VPC and provider.
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

  /** Its DNS name: `aws_db_instance.address`, not `endpoint`, which includes the port. */
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

/** An Amazon RDS Proxy, or an additional endpoint of one. */
export interface RdsProxyTargetProps extends FollowedTargetOptions {
  /**
   * Its DNS name: `aws_db_proxy.endpoint`, or `aws_db_proxy_endpoint.endpoint` of an additional endpoint. Its security
   * group is the proxy's, not the database's.
   */
  readonly endpoint: string;

  /**
   * Which database instances are behind it: the writer, or the readers for a read-only endpoint of a cluster.
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
