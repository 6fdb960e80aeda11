/**
 * A parameter that is allowed in a URL.
 *
 * @internal
 */
export interface KnownParameter {
  /** As its driver spells it. */
  readonly name: string;
  /** The values that keep the connection verified, in lowercase letters; without them, any. */
  readonly values?: readonly string[];
}

/**
 * Parameters that take any value, by their names.
 *
 * @internal
 */
export const any = (names: string): readonly KnownParameter[] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => ({ name: name.replace(/\+/g, ' ') }));

/**
 * A parameter that takes these values only, in lowercase letters.
 *
 * @internal
 */
export const only = (name: string, ...values: readonly string[]): KnownParameter => ({ name, values });

/** @internal */
export const TRUE = ['true', 'yes', '1'];

// https://www.prisma.io/docs/orm/reference/connection-urls
/** @internal */
export const PRISMA = [
  only('sslaccept', 'strict'),
  ...any('connection_limit pool_timeout socket_timeout statement_cache_size'),
];
