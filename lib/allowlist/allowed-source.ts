import type { Problem } from '../rules/endpoint-error';
import { readable } from '../rules/type-check';
import type { AllowlistEntry } from './allowlist-entry';
import type { SourceOrigin } from './origin';

/** Details of one entry of an allowlist. */
export interface AllowedSourceOptions {
  /**
   * Who or what this is, for whoever reads the rule in the AWS console. Up to 255 characters of letters, digits,
   * spaces and `._-:/()#,@[]+=&;{}!$*`.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html
   * @default "Client of a database endpoint"
   */
  readonly description?: string;

  /**
   * Who owns this access: a person or a team.
   *
   * @default none
   */
  readonly owner?: string;

  /**
   * Where the access was requested and approved: a ticket, a pull request.
   *
   * @default none
   */
  readonly ticket?: string;

  /**
   * The last day of access, `YYYY-MM-DD` in UTC. From the day after, synthesis leaves the entry out and a warning says
   * so; the access ends with the next apply, and connections that are open then go on.
   *
   * @default the access does not end by itself
   */
  readonly expires?: string;

  /**
   * Name of a security group of its own for this entry and all others that name it: up to 32 letters, digits and
   * hyphens, beginning with a letter. Changes elsewhere in the list never move such rules.
   *
   * @default the entry is placed together with all others
   */
  readonly group?: string;
}

/** Details of a prefix list. */
export interface PrefixListOptions extends AllowedSourceOptions {
  /**
   * The maximum number of entries of the prefix list, 1 to 1000: EC2 counts as many rules, however many entries there
   * are.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
   * @default what AWS documents for the AWS-managed prefix lists; otherwise 1, with a warning
   */
  readonly maxEntries?: number;
}

/** Why an endpoint is open to the whole internet. */
export interface AnywhereProps {
  /** Why a narrower list is not possible. It becomes the description of the rules. */
  readonly reason: string;
}

/**
 * What a source lets in; `mistakes` stands for a file that could not be read.
 *
 * @internal
 */
export type SourceKind = 'cidr' | 'cidrs' | 'prefixList' | 'awsPrefixList' | 'securityGroup' | 'anywhere' | 'mistakes';

/**
 * What is known of a source besides its values.
 *
 * @internal
 */
export interface AboutSource extends PrefixListOptions {
  readonly labels?: Readonly<Record<string, string>>;
  /** Name of the group of the file that it stands in. */
  readonly section?: string;
  readonly problems?: readonly Problem[];
}

/** One thing that may connect to an endpoint. */
export class AllowedSource {
  /**
   * One address or block, such as `203.0.113.7/32`, `203.0.113.7` or `2001:db8::/32`.
   *
   * A token works: its rule is keyed by the text of the Terraform expression, so its value may be known after apply.
   * Terraform then checks the value.
   *
   * @param block the address or CIDR block.
   * @param options description, owner, ticket, expiry, group.
   */
  public static cidr(block: string, options: AllowedSourceOptions = {}): AllowedSource {
    return new AllowedSource('cidr', [block], options);
  }

  /**
   * Several blocks with the same details. A token list works too, such as the value of a `TerraformVariable` of
   * type `list(string)`: Terraform must know it when it plans, and checks its entries then. A list that Terraform keeps
   * secret (`sensitive`) is refused, as its blocks become keys that plans and states show.
   *
   * @param blocks addresses or CIDR blocks.
   * @param options description, owner, ticket, expiry and group of all of them.
   */
  public static cidrs(blocks: string[], options: AllowedSourceOptions = {}): AllowedSource {
    return new AllowedSource('cidrs', blocks, options);
  }

  /**
   * A managed prefix list. It counts with its maximum number of entries against the quota of rules. How much of the
   * internet it holds is not known at synthesis: `maxBreadth` does not limit it, and a warning says so.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html
   * @param id id such as `pl-0123456789abcdef0`; may be a token.
   * @param options size, description, owner, ticket, expiry, group.
   */
  public static prefixList(id: string, options: PrefixListOptions = {}): AllowedSource {
    return new AllowedSource('prefixList', [id], options);
  }

  /**
   * An AWS-managed prefix list, looked up by its name, as its id differs from Region to Region.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
   * @param name name such as `com.amazonaws.global.cloudfront.origin-facing`.
   * @param options size, description, owner, ticket, expiry, group.
   */
  public static awsPrefixList(name: string, options: PrefixListOptions = {}): AllowedSource {
    return new AllowedSource('awsPrefixList', [name], options);
  }

  /**
   * Everything that has a security group, in this VPC or a peered one. It matches traffic that comes from private
   * addresses, so use it on internal endpoints.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
   * @param id id such as `sg-0123456789abcdef0`, or `123456789012/sg-0123456789abcdef0` for a group of another account
   *   in a VPC that is peered; may be a token.
   * @param options description, owner, ticket, expiry, group.
   */
  public static securityGroup(id: string, options: AllowedSourceOptions = {}): AllowedSource {
    return new AllowedSource('securityGroup', [id], options);
  }

  /**
   * The whole internet. Whoever reviews the change sees the reason.
   *
   * @param props the reason.
   */
  public static anywhere(props: AnywhereProps): AllowedSource {
    const { reason, ...others } = readable(props);
    return new AllowedSource('anywhere', EVERYWHERE, { ...others, description: reason });
  }

  /** @internal */
  public static _fromEntry({ kind, value, maxEntries, about, origin }: AllowlistEntry): AllowedSource {
    if (kind === 'anywhere') return new AllowedSource(kind, EVERYWHERE, { ...about, description: value }, origin);
    return new AllowedSource(kind, [value], maxEntries === undefined ? about : { ...about, maxEntries }, origin);
  }

  /** @internal */
  public static _mistakes(problems: readonly Problem[]): AllowedSource {
    return new AllowedSource('mistakes', [], { problems });
  }

  /** @internal */
  public readonly _kind: SourceKind;
  /** @internal */
  public readonly _values: readonly string[];
  /** @internal */
  public readonly _about: AboutSource;
  /**
   * Where it stands, if it was read from a file.
   *
   * @internal
   */
  public readonly _origin?: SourceOrigin;

  private constructor(kind: SourceKind, values: readonly string[], about: AboutSource, origin?: SourceOrigin) {
    this._kind = kind;
    this._values = values;
    this._about = about;
    this._origin = origin;
  }

  /** @internal */
  public get _description(): string | undefined {
    return this._about.description;
  }
}

const EVERYWHERE = ['0.0.0.0/0', '::/0'];
