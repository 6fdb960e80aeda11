import type { Problem } from '../rules/endpoint-error';
import { readable } from '../rules/type-check';
import type { AllowlistEntry, FeedOrigin } from './allowlist-entry';
import { type Origin, originInCode, type SourceOrigin } from './origin';
import type { StatedRequirements } from './requirements';

/** Where an entry stands that code makes from a file of your own. */
export interface AllowedSourceOrigin {
  /** Path of the file, as messages are to show it; with forward slashes, also on Windows. */
  readonly file: string;

  /**
   * The line of the entry, counted from 1.
   *
   * @default messages name the file only
   */
  readonly line?: number;

  /**
   * The column of the entry, counted from 1. It needs a line.
   *
   * @default messages name file and line
   */
  readonly column?: number;
}

/** Details of one allowlist entry. */
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
   * The last day of access, `YYYY-MM-DD` in UTC. At its end a schedule revokes the rule in AWS, unless `expiry` of the
   * load balancer leaves that to the next apply. From the following day on, synthesis leaves the entry out with a warning.
   * Open connections continue.
   *
   * @default access does not end by itself
   */
  readonly expires?: string;

  /**
   * Name of a separate security group for this entry and all others with the same name: up to 32 letters, digits and
   * hyphens, beginning with a letter. Changes elsewhere in the list never move these rules.
   *
   * @default the entry is placed together with all others
   */
  readonly group?: string;

  /**
   * Where the entry stands, if code makes it from a file of your own: messages, the exposure and
   * `exposure-locations.json` then point there, as they do for entries of an `AllowlistFile`.
   *
   * @default messages name the place in the endpoint's properties, such as `allow[3]`
   */
  readonly origin?: AllowedSourceOrigin;
}

/** Details of a prefix list. */
export interface PrefixListOptions extends AllowedSourceOptions {
  /**
   * The maximum number of entries of the prefix list, 1 to 1000: EC2 counts that many rules, no matter how many entries
   * there are.
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
   * The last day of access, `YYYY-MM-DD` in UTC, as of any other entry.
   *
   * @default access does not end by itself
   */
  readonly expires?: string;

  /**
   * Where the entry stands, if code makes it from a file of your own.
   *
   * @default messages name the place in the endpoint's properties, such as `allow[3]`
   */
  readonly origin?: AllowedSourceOrigin;
}

/**
 * What a source admits; `mistakes` means a file that could not be read.
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
  /** Name of the group that contains it in the file. */
  readonly section?: string;
  /** The integration that it was written for. */
  readonly integration?: string;
  /** The published list that it comes from. */
  readonly feed?: FeedOrigin;
  /** What its file, and those that include it, require to be said about it. */
  readonly requirements?: readonly StatedRequirements[];
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
   * @param options description, owner, ticket, expiry, group, origin.
   */
  public static cidr(block: string, options: AllowedSourceOptions = {}): AllowedSource {
    return new AllowedSource('cidr', [block], options);
  }

  /**
   * Several blocks with the same details. A token list works too, such as the value of a `TerraformVariable` of type
   * `list(string)`: Terraform must know it at plan time, and checks its entries then. A `sensitive` list is refused,
   * because its blocks become keys that plans and state show.
   *
   * @param blocks addresses or CIDR blocks.
   * @param options description, owner, ticket, expiry, group and origin of all of them.
   */
  public static cidrs(blocks: string[], options: AllowedSourceOptions = {}): AllowedSource {
    return new AllowedSource('cidrs', blocks, options);
  }

  /**
   * A managed prefix list. Its maximum number of entries counts against the rule quota. How much of the internet it
   * covers is unknown at synthesis: `maxBreadth` does not limit it, and a warning says so.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html
   * @param id id such as `pl-0123456789abcdef0`; may be a token.
   * @param options size, description, owner, ticket, expiry, group, origin.
   */
  public static prefixList(id: string, options: PrefixListOptions = {}): AllowedSource {
    return new AllowedSource('prefixList', [id], options);
  }

  /**
   * An AWS-managed prefix list, looked up by name, because its id differs between Regions.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
   * @param name name such as `com.amazonaws.global.cloudfront.origin-facing`.
   * @param options size, description, owner, ticket, expiry, group, origin.
   */
  public static awsPrefixList(name: string, options: PrefixListOptions = {}): AllowedSource {
    return new AllowedSource('awsPrefixList', [name], options);
  }

  /**
   * Everything in a security group, in this VPC or a peered one. It matches only traffic from private addresses, so use
   * it on internal endpoints.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
   * @param id id such as `sg-0123456789abcdef0`, or `123456789012/sg-0123456789abcdef0` for a group in another
   * account's peered VPC; may be a token.
   * @param options description, owner, ticket, expiry, group, origin.
   */
  public static securityGroup(id: string, options: AllowedSourceOptions = {}): AllowedSource {
    return new AllowedSource('securityGroup', [id], options);
  }

  /**
   * The whole internet. Reviewers of the change see the reason.
   *
   * @param props the reason, owner, ticket, expiry, origin.
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

  /**
   * The same source as that of an integration, which names it in messages.
   *
   * @param place where it is written, unless a file of the library's own says so.
   * @internal
   */
  public static _ofIntegration(integration: string, source: AllowedSource, place: Origin): AllowedSource {
    const { _kind: kind, _values: values, _about: about, _origin: origin } = source;
    return new AllowedSource(kind, values, { ...about, integration }, origin ?? originInCode(place, kind));
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
   * Where it stands, if an `AllowlistFile` has it. What code says of its own files is in `_about.origin`.
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
