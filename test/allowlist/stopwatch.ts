/** The shortest of some runs, in milliseconds: the one that other programs disturbed least. */
export function fastest(runs: number, work: () => unknown): number {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...times);
}
