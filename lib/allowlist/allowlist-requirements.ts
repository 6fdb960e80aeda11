/** What must be said about each entry of an allowlist. Entries without it are refused, with their place. */
export interface AllowlistRequirements {
  /**
   * Whether each entry must say who owns the access.
   *
   * @default false
   */
  readonly owner?: boolean;

  /**
   * Whether each entry must say where the access was requested and approved.
   *
   * @default false; see `ticketIfWiderThan`
   */
  readonly ticket?: boolean;

  /**
   * Whether each entry must say when the access ends.
   *
   * @default true where `maxDays` is set, because access without an end lasts longer than any number of days; false
   * otherwise
   */
  readonly expires?: boolean;

  /**
   * How many days access may last at most, counted from the day as of which expiry is evaluated: entries whose last day
   * is further away are refused. With `expires: false`, this holds for entries that expire only.
   *
   * @default any day may be the last one
   */
  readonly maxDays?: number;

  /**
   * Prefix lengths above whose blocks entries need a ticket: with `{ ipv4: 28 }`, a /28 needs none and a /27 does. Each
   * block counts by itself; `maxBreadth` limits all together. Entries whose blocks are unknown at synthesis (values known
   * after apply, prefix lists) need a ticket too; security groups do not.
   *
   * @default blocks of any size need a ticket only where `ticket` is true
   */
  readonly ticketIfWiderThan?: AllowlistPrefixLengths;
}

/** A prefix length for each family of addresses. */
export interface AllowlistPrefixLengths {
  /**
   * For IPv4, 0 to 32.
   *
   * @default none
   */
  readonly ipv4?: number;

  /**
   * For IPv6, 0 to 128.
   *
   * @default none
   */
  readonly ipv6?: number;
}
