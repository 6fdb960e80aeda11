/** What may be said of one entry of an allowlist. */
export interface AllowedSourceOptions {
  /**
   * Who or what this is, for whoever reads the rule in the AWS console. Up to 255 characters of letters, digits,
   * spaces and `._-:/()#,@[]+=&;{}!$*`.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html
   * @default "Client of a database endpoint"
   */
  readonly description?: string;
}

/** Why an endpoint is open to the whole internet. */
export interface AnywhereProps {
  /** Why no narrower list will do. It becomes the description of the rules. */
  readonly reason: string;
}

/** @internal */
export type SourceKind = 'cidr' | 'cidrs' | 'prefixList' | 'securityGroup' | 'anywhere';

/** One thing that may connect to an endpoint. */
export class AllowedSource {
  /**
   * One address or block, such as `203.0.113.7/32`, `203.0.113.7` or `2001:db8::/32`.
   *
   * A token works: its rule is keyed by the text of the Terraform expression, so it may stay unknown until apply.
   * What is wrong with its value is then reported by Terraform.
   *
   * @param block the address or CIDR block.
   * @param options description.
   */
  public static cidr(block: string, options: AllowedSourceOptions = {}): AllowedSource {
    return new AllowedSource('cidr', [block], options.description);
  }

  /**
   * Several blocks with one description. A token list works too, such as the value of a `TerraformVariable` of
   * type `list(string)`: Terraform must know it when it plans, and checks its entries then.
   *
   * @param blocks addresses or CIDR blocks.
   * @param options description of all of them.
   */
  public static cidrs(blocks: string[], options: AllowedSourceOptions = {}): AllowedSource {
    return new AllowedSource('cidrs', blocks, options.description);
  }

  /**
   * A managed prefix list, of your own or of AWS. It counts with its maximum number of entries against the
   * quota of rules.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html
   * @param id id such as `pl-0123456789abcdef0`; may be a token.
   * @param options description.
   */
  public static prefixList(id: string, options: AllowedSourceOptions = {}): AllowedSource {
    return new AllowedSource('prefixList', [id], options.description);
  }

  /**
   * Everything that carries a security group, in this VPC or a peered one. It matches traffic that comes from
   * inside, so it is of use on internal endpoints.
   *
   * @param id id such as `sg-0123456789abcdef0`; may be a token.
   * @param options description.
   */
  public static securityGroup(id: string, options: AllowedSourceOptions = {}): AllowedSource {
    return new AllowedSource('securityGroup', [id], options.description);
  }

  /**
   * The whole internet. Whoever reviews the change sees the reason.
   *
   * @param props the reason.
   */
  public static anywhere(props: AnywhereProps): AllowedSource {
    return new AllowedSource('anywhere', ['0.0.0.0/0', '::/0'], props.reason);
  }

  /** @internal */
  public readonly _kind: SourceKind;
  /** @internal */
  public readonly _values: readonly string[];
  /** @internal */
  public readonly _description?: string;

  private constructor(kind: SourceKind, values: readonly string[], description: string | undefined) {
    this._kind = kind;
    this._values = values;
    this._description = description;
  }
}
