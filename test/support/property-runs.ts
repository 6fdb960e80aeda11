/**
 * How many random cases a property is tried with: all of them where PROPERTY_RUNS=all, as in CI, and otherwise an eighth,
 * so that nobody waits long for `npm test`. Every run tries other cases, so what takes long is
 * given few: the many runs of CI find what those of one miss.
 */
export function runs(all: number): number {
  return process.env['PROPERTY_RUNS'] === 'all' ? all : Math.max(5, Math.ceil(all / 8));
}
