import { isCidr, parseCidr } from '../allowlist/cidr';
import { isUnknownList } from '../unknown';

/** What every kind of target may say of itself. */
export interface DatabaseTargetOptions {
  /**
   * TCP port that the database listens on.
   *
   * @default the engine's TLS port where TLS reaches the database (passthrough or re-encryption), its plain port otherwise
   */
  readonly port?: number;

  /**
   * Security group of the database. The endpoint's egress then leads to this group alone, and the group gets one
   * ingress rule: the database's port, from the endpoint. May be a token.
   *
   * @default egress leads to the targets' addresses, and the database's own rules are left alone
   */
  readonly securityGroupId?: string;

  /**
   * The DNS name in the certificate that the database itself presents, where it is not the name clients connect
   * to: a managed database's own endpoint name, for example. Clients on passthrough verify against it.
   *
   * @default the database's certificate carries the name that clients connect to
   */
  readonly certificateName?: string;
}

/** Targets that are given by their addresses. */
export interface IpAddressTargetOptions extends DatabaseTargetOptions {
  /**
   * Whether the addresses lie outside the endpoint's VPC: in a peered VPC, or on premises behind a VPN or Direct
   * Connect. AWS wants such targets registered for all Availability Zones.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetDescription.html
   * @default false
   */
  readonly outsideVpc?: boolean;

  /**
   * States that the VPC itself uses address space that is public elsewhere. Without it, a public address is
   * refused: load balancers reach databases by private addresses only.
   *
   * @default false
   */
  readonly publicRangeInVpc?: boolean;
}

/** Targets that are EC2 instances. */
export interface InstanceTargetOptions extends DatabaseTargetOptions {
  /**
   * The blocks that the instances' addresses come from, as the endpoint's egress needs them where no security
   * group is given.
   *
   * @default the security group says where egress may lead
   */
  readonly cidrBlocks?: string[];
}

/** How a target group names its targets. */
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
   */
  readonly targetType?: TargetType;

  /**
   * The blocks that the targets' addresses come from, as the endpoint's egress needs them where no security group
   * is given.
   *
   * @default the security group says where egress may lead
   */
  readonly cidrBlocks?: string[];
}

/** Where the database is. */
export class DatabaseTarget {
  /**
   * Private addresses that stay the same: a self-managed server, or a network interface with a fixed address.
   * A managed database changes its address at failover; do not pin it here.
   *
   * @param addresses IPv4 or IPv6 addresses, all of one family; single tokens and a token list work.
   * @param options port, security group and where the addresses are.
   */
  public static ipAddresses(addresses: string[], options: IpAddressTargetOptions = {}): DatabaseTarget {
    return new DatabaseTarget(TargetType.IP, addresses, options, options.outsideVpc ?? false, options.publicRangeInVpc);
  }

  /**
   * EC2 instances in the endpoint's VPC.
   *
   * @param instanceIds ids such as `i-0123456789abcdef0`; single tokens and a token list work.
   * @param options port, and the security group or the blocks that egress may lead to.
   */
  public static instances(instanceIds: string[], options: InstanceTargetOptions = {}): DatabaseTarget {
    return new DatabaseTarget(TargetType.INSTANCE, instanceIds, options, false, false, options.cidrBlocks);
  }

  /**
   * Something else registers the targets in the endpoint's `targetGroup`, and Terraform registers none: an ECS
   * service, an Auto Scaling group.
   *
   * @param options port, target type, and the security group or the blocks that egress may lead to.
   */
  public static selfRegistering(options: SelfRegisteringTargetOptions = {}): DatabaseTarget {
    const type = options.targetType ?? TargetType.IP;
    return new DatabaseTarget(type, undefined, options, false, false, options.cidrBlocks);
  }

  /** @internal */
  public readonly _type: TargetType;
  /** Undefined where something else registers. @internal */
  public readonly _ids?: readonly string[];
  /** @internal */
  public readonly _options: DatabaseTargetOptions;
  /** @internal */
  public readonly _outsideVpc: boolean;
  /** @internal */
  public readonly _publicRangeInVpc: boolean;
  /** @internal */
  public readonly _cidrBlocks?: readonly string[];

  private constructor(
    type: TargetType,
    ids: readonly string[] | undefined,
    options: DatabaseTargetOptions,
    outsideVpc: boolean,
    publicRangeInVpc = false,
    cidrBlocks?: readonly string[],
  ) {
    this._type = type;
    this._ids = type === TargetType.IP ? ids && eachOf(ids, canonicalAddress) : ids;
    this._options = options;
    this._outsideVpc = outsideVpc;
    this._publicRangeInVpc = publicRangeInVpc;
    this._cidrBlocks = cidrBlocks && eachOf(cidrBlocks, canonicalBlock);
  }
}

// AWS answers with the canonical text, and any other would be a difference in every plan. What is not an address
// stays as it is, for the rules to see.
function canonicalBlock(text: string): string {
  const parsed = parseCidr(text);
  return isCidr(parsed) ? parsed.text : text;
}

function eachOf(texts: readonly string[], canonical: (text: string) => string): readonly string[] {
  return Array.isArray(texts) && !isUnknownList(texts)
    ? texts.map((text) => (typeof text === 'string' ? canonical(text) : text))
    : texts;
}

function canonicalAddress(text: string): string {
  return text.includes('/') ? text : canonicalBlock(text).replace(/\/\d+$/, '');
}
