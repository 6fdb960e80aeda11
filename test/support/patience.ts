/**
 * How long a test or a helper waits for what must come. Such a wait ends as soon as it comes, so it is long: only what
 * is broken may use it up, and no machine that is busy. The tests themselves have half as much again (jest.config.js),
 * for a helper says better what it has waited for.
 */
export const PATIENCE_MS = 600_000;
