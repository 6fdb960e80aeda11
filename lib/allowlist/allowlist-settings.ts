import type { AllowlistRequirements } from './allowlist-requirements';

/** How an allowlist is validated and turned into rules. */
export interface AllowlistSettings {
  /**
   * Whether adjacent and overlapping blocks are merged into fewer rules that admit exactly the same addresses. Merged
   * rules have other keys, so enabling this replaces rules.
   *
   * @default false, one rule per entry
   * @deciding
   */
  readonly aggregate?: boolean;

  /**
   * How much of the internet the allowlist may admit in total without `AllowedSource.anywhere`: literal blocks and
   * those known after apply, together. Prefix lists and security groups are not counted.
   *
   * @default as much as a /8 of IPv4 and a /24 of IPv6
   */
  readonly maxBreadth?: AllowlistBreadth;

  /**
   * Addresses or blocks that must have access, such as the operator's own: synthesis fails if the allowlist would
   * lock them out.
   *
   * @default nothing is checked
   */
  readonly mustInclude?: string[];

  /**
   * The day, `YYYY-MM-DD` in UTC, as of which expiry is evaluated. Set it to make builds reproducible.
   *
   * @default the day of the synthesis
   */
  readonly asOf?: string;

  /**
   * What must be said about each entry, besides what its file requires of it.
   *
   * @default nothing
   */
  readonly require?: AllowlistRequirements;

  /**
   * Whether rules are tagged with what their entries say: `database-endpoint:owner`, `database-endpoint:ticket` and
   * `database-endpoint:expires`. Set it to false where a tag policy or a service control policy refuses these keys, or
   * where whoever may describe security groups must not read them; the exposure has them all the same. On a load balancer
   * that endpoints share, theirs are tagged only if the load balancer has them tagged too.
   *
   * @default true
   * @deciding
   * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_tag-policies.html
   */
  readonly ruleTags?: boolean;
}

/** What a load balancer settles for the allowlists of all of its endpoints. */
export interface SharedAllowlistSettings {
  /**
   * What must be said about each entry, besides what the endpoint and the entry's file require of it.
   *
   * @default nothing
   */
  readonly require?: AllowlistRequirements;

  /**
   * Whether the rules of endpoints are tagged with the owner, ticket and expiry of their entries. With false they are not,
   * whatever an endpoint says.
   *
   * @default true, as each endpoint says
   * @deciding
   */
  readonly ruleTags?: boolean;
}

/** How much of the address space an allowlist may admit in total, as the prefix length of one block of that size. */
export interface AllowlistBreadth {
  /**
   * For IPv4, 0 to 32.
   *
   * @default 8, as many addresses as a /8 has
   */
  readonly ipv4?: number;

  /**
   * For IPv6, 0 to 128.
   *
   * @default 24, as many addresses as a /24 has
   */
  readonly ipv6?: number;
}
