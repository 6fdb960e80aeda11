import { type ManagedAuthority, managedName } from '../engine/managed-name';
import { isCidr } from '../network/cidr';
import { knownCidr } from '../network/known-cidr';
import { readable } from '../rules/type-check';
import { isUnresolved, isUnresolvedList } from '../tokens/unresolved';
import type { DatabaseTargetOptions } from './database-target-options';
import {
  DatabaseRole,
  type FollowedName,
  type FollowedTargetOptions,
  type HostnameTargetOptions,
  type RdsClusterTargetProps,
  type RdsInstanceTargetProps,
  type RdsProxyTargetProps,
} from './followed-target';

/** Targets that are given by their addresses. */
export interface IpAddressTargetOptions extends DatabaseTargetOptions {
  /**
   * Whether the addresses lie outside the endpoint's VPC: in a peered VPC, or on premises behind a VPN or Direct
   * Connect. AWS requires such targets to be registered for all Availability Zones.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetDescription.html
   * @default false
   * @deciding
   */
  readonly outsideVpc?: boolean;

  /**
   * States that the VPC itself uses address space that is public elsewhere. Without it, a public address is refused:
   * load balancers can reach databases only at private addresses.
   *
   * @default false
   * @deciding
   */
  readonly publicRangeInVpc?: boolean;
}

/** Targets that are EC2 instances. */
export interface InstanceTargetOptions extends DatabaseTargetOptions {
  /**
   * The blocks that contain the instances' addresses; required for egress if no security group is given.
   *
   * @default egress is allowed to the security group
   */
  readonly cidrBlocks?: string[];
}

/** How a target group identifies its targets. */
export enum TargetType {
  /** By private address: ECS tasks in `awsvpc` mode, pods, Auto Scaling of other kinds. */
  IP = 'ip',
  /** By EC2 instance: an Auto Scaling group. */
  INSTANCE = 'instance',
}

/** Targets that something else registers: ECS, an Auto Scaling group, a controller. */
export interface SelfRegisteringTargetOptions extends DatabaseTargetOptions {
  /**
   * What the registering service puts into the target group.
   *
   * @default TargetType.IP
   * @deciding
   */
  readonly targetType?: TargetType;

  /**
   * The blocks that contain the targets' addresses; required for egress if no security group is given.
   *
   * @default egress is allowed to the security group
   */
  readonly cidrBlocks?: string[];
}

/**
 * How a target is found.
 *
 * @internal
 */
export type TargetKind = 'ipAddresses' | 'instances' | 'selfRegistering' | 'followed';

/** Where the database is. */
export class DatabaseTarget {
  /**
   * Static private addresses: a self-managed server, or a network interface with a fixed address. A managed database
   * changes its address at failover, so do not pin it here.
   *
   * @param addresses IPv4 or IPv6 addresses, all of one family; single tokens and a token list work.
   * @param options port, security group and where the addresses are.
   */
  public static ipAddresses(addresses: string[], options: IpAddressTargetOptions = {}): DatabaseTarget {
    return new DatabaseTarget('ipAddresses', TargetType.IP, addresses, options);
  }

  /**
   * EC2 instances in the endpoint's VPC.
   *
   * @param instanceIds ids such as `i-0123456789abcdef0`; single tokens and a token list work.
   * @param options port, and the security group or the blocks to which egress is allowed.
   */
  public static instances(instanceIds: string[], options: InstanceTargetOptions = {}): DatabaseTarget {
    return new DatabaseTarget('instances', TargetType.INSTANCE, instanceIds, options);
  }

  /**
   * Something else registers the targets in the endpoint's `targetGroup`, and Terraform registers none: an ECS
   * service, an Auto Scaling group.
   *
   * @param options port, target type, and the security group or the blocks to which egress is allowed.
   */
  public static selfRegistering(options: SelfRegisteringTargetOptions = {}): DatabaseTarget {
    const { targetType = TargetType.IP } = readable(options);
    return new DatabaseTarget('selfRegistering', targetType, undefined, options);
  }

  /**
   * A database behind a DNS name, whose address may change: a function follows the name and keeps the target group in
   * sync with it. Terraform registers nothing. The function moves a target within seconds; AWS takes 1.5 to 5 minutes,
   * plus its health checks, until the new one receives connections.
   *
   * @param name the name, such as `sessions.abc123.use1.cache.amazonaws.com`; may be a token.
   * @param options role of the name, allowed egress, and how it is followed.
   */
  public static hostname(name: string, options: HostnameTargetOptions = {}): DatabaseTarget {
    const { role = DatabaseRole.WRITER, ...common } = readable(options);
    const given = typeof options === 'object' && options !== null ? common : options;
    return DatabaseTarget.followed({ property: 'target', hostname: name, role, kind: 'hostname' }, given);
  }

  /**
   * A DB instance of Amazon RDS. It is followed by its DNS name, and its failover events are listened to. Its
   * certificate carries that name. After a failover, AWS takes minutes until the new target receives connections: see
   * `hostname`.
   *
   * @param props the instance's `identifier` and `address`, which may be tokens, and the allowed egress.
   */
  public static rdsInstance(props: RdsInstanceTargetProps): DatabaseTarget {
    const { identifier, address = MISSING, dbSubnetGroupName, ...common } = readable(props);
    const role = DatabaseRole.WRITER;
    const name = { property: 'target.address', hostname: address, role, kind: 'rdsInstance' } as const;
    return DatabaseTarget.followed({ ...name, identifier, dbSubnetGroupName }, common);
  }

  /**
   * A cluster of Amazon Aurora or a Multi-AZ DB cluster: its writer, or its readers. It is followed by its DNS name,
   * and its failover events are listened to. Its certificates carry that name. After a failover, AWS takes minutes until
   * the new target receives connections: see `hostname`.
   *
   * @param props the cluster's `identifier` and `endpoint`, which may be tokens, the role, and the allowed egress.
   */
  public static rdsCluster(props: RdsClusterTargetProps): DatabaseTarget {
    const { identifier, endpoint = MISSING, role = MISSING as DatabaseRole, ...rest } = readable(props);
    const { dbSubnetGroupName, ...common } = rest;
    const name = { property: 'target.endpoint', hostname: endpoint, role, kind: 'rdsCluster' } as const;
    return DatabaseTarget.followed({ ...name, identifier, dbSubnetGroupName }, common);
  }

  /**
   * An Amazon RDS Proxy. Its addresses stay the same while the database behind it fails over, and so do the endpoint's
   * targets. Terraform cannot resolve names, so the function that follows all names finds them. Clients see the proxy's
   * certificate, which a public CA signed for the name of the proxy endpoint.
   *
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.howitworks.html
   * @param props the proxy's `endpoint`, which may be a token, and the allowed egress: the proxy's security group.
   */
  public static rdsProxy(props: RdsProxyTargetProps): DatabaseTarget {
    const { endpoint = MISSING, role = DatabaseRole.WRITER, ...common } = readable(props);
    const name = { property: 'target.endpoint', hostname: endpoint, role, kind: 'rdsProxy' } as const;
    return DatabaseTarget.followed(name, common);
  }

  private static followed(name: FollowedName, options: FollowedTargetOptions): DatabaseTarget {
    return new DatabaseTarget('followed', TargetType.IP, undefined, options, name);
  }

  /** @internal */
  public readonly _kind: TargetKind;
  /** @internal */
  public readonly _type: TargetType;
  /** Undefined if something else registers the targets, including the function that follows a name. @internal */
  public readonly _ids?: readonly string[];
  /** @internal */
  public readonly _options: DatabaseTargetOptions & FollowedTargetOptions;
  /** @internal */
  public readonly _outsideVpc: boolean;
  /** @internal */
  public readonly _publicRangeInVpc: boolean;
  /** @internal */
  public readonly _cidrBlocks?: readonly string[];
  /** The name that is followed. @internal */
  public readonly _name?: FollowedName;
  /** The name in the certificate that the database presents, as far as it is known. @internal */
  public readonly _certificateName?: string;
  /** Who signed the certificate, where the kind of target tells. @internal */
  public readonly _authority?: ManagedAuthority;

  private constructor(
    kind: TargetKind,
    type: TargetType,
    ids: readonly string[] | undefined,
    options: IpAddressTargetOptions & FollowedTargetOptions,
    name?: FollowedName,
  ) {
    const { outsideVpc = false, publicRangeInVpc = false, cidrBlocks, certificateName } = readable(options);
    this._kind = kind;
    this._type = type;
    // A missing list must not be mistaken for targets that register themselves.
    this._ids =
      kind === 'ipAddresses'
        ? eachOf(ids ?? NO_LIST, canonicalAddress)
        : kind === 'instances'
          ? (ids ?? NO_LIST)
          : undefined;
    this._options = options;
    this._outsideVpc = outsideVpc;
    this._publicRangeInVpc = publicRangeInVpc;
    this._cidrBlocks = cidrBlocks && eachOf(cidrBlocks, canonicalBlock);
    this._name = name;
    this._certificateName = certificateName ?? (name && certificateNameOf(name));
    this._authority = name && authorityOf(name, readable(options));
  }
}

/** What is missing is reported by the endpoint. */
const MISSING = undefined as unknown as string;
const NO_LIST = null as unknown as readonly string[];

// AWS issues the certificates of its databases for their own endpoints, so the name that is followed is the one in it.
// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
function certificateNameOf({ kind, hostname }: FollowedName): string | undefined {
  if (kind !== 'hostname') return hostname;
  return isWrittenOut(hostname) && managedName(hostname) ? hostname : undefined;
}

// A literal name may belong to the user's own certificate, which RDS Custom supports.
function authorityOf({ kind }: FollowedName, { certificateName }: DatabaseTargetOptions): ManagedAuthority | undefined {
  if (kind === 'hostname' || isWrittenOut(certificateName)) return undefined;
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.howitworks.html#rds-proxy-security
  return kind === 'rdsProxy' ? 'public' : 'rds';
}

/** Neither a token nor a mistake that a type checker would have found. */
function isWrittenOut(text: string | undefined): text is string {
  return typeof text === 'string' && !isUnresolved(text);
}

// AWS answers with the canonical text, and any other would be a difference in every plan. Anything that is not an
// address is kept unchanged for the rules.
function canonicalBlock(text: string): string {
  const parsed = knownCidr(text);
  return isCidr(parsed) ? parsed.text : text;
}

function eachOf(texts: readonly string[], canonical: (text: string) => string): readonly string[] {
  try {
    return Array.isArray(texts) && !isUnresolvedList(texts)
      ? Array.from(texts, (text) => (typeof text === 'string' ? canonical(text) : text))
      : texts;
  } catch {
    // What cannot be read is for the endpoint to refuse.
    return NO_LIST;
  }
}

function canonicalAddress(text: string): string {
  return text.includes('/') ? text : canonicalBlock(text).replace(/\/\d+$/, '');
}
