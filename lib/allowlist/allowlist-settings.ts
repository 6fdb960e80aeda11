/** How an allowlist is judged, and how it becomes rules. */
export interface AllowlistSettings {
  /**
   * Whether adjacent and overlapping blocks are merged into fewer rules that admit exactly the same addresses. A
   * merged rule has another key, so turning this on replaces rules.
   *
   * @default false, every entry is a rule of its own
   * @deciding
   */
  readonly aggregate?: boolean;

  /**
   * How much of the internet the allowlist may admit in total without `AllowedSource.anywhere`: what is written out and
   * what is known after apply, together. Prefix lists and security groups are not counted.
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
   * The day, `YYYY-MM-DD` in UTC, on which entries with an expiry are judged. Set it to make a build repeatable.
   *
   * @default the day of the synthesis
   */
  readonly asOf?: string;
}

/** How much of the address space an allowlist may admit in total, as the prefix length of one block that large. */
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
