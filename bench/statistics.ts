/** The middle of some figures, and how far they spread. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median: rounded(median), min: rounded(sorted[0]), max: rounded(sorted[sorted.length - 1]) };
}

/** The power with which `y` grows with `x`: the slope of the line nearest to the points on logarithmic axes. */
export function exponentOf(points: readonly (readonly [x: number, y: number])[]): number {
  const logarithms = points.map(([x, y]) => [Math.log(x), Math.log(y)]);
  const mean = (axis: number) => logarithms.reduce((sum, point) => sum + point[axis], 0) / logarithms.length;
  const [x, y] = [mean(0), mean(1)];
  const covariance = logarithms.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return rounded(covariance / logarithms.reduce((sum, point) => sum + (point[0] - x) ** 2, 0));
}

export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
