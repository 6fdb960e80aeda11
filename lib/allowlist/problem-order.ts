import type { Problem } from '../rules/endpoint-error';

/**
 * Puts problems in files before those in code, from the top of each file to its end, and leaves out those that are said
 * already: what a group says of all its entries is wrong once.
 */
export function inOrderOfFiles(problems: readonly Problem[]): Problem[] {
  const files = new Map<string, number>();
  const told = new Set<string>();
  const once = problems.filter(({ rule, property, location, reason }) => {
    if (location && !files.has(location.file)) files.set(location.file, files.size);
    const key = JSON.stringify([rule, property, location, reason]);
    return !told.has(key) && told.add(key);
  });
  const fileOf = ({ location }: Problem) => (location ? files.get(location.file)! : files.size);
  return once.sort(
    (a, b) =>
      fileOf(a) - fileOf(b) ||
      (a.location?.line ?? 0) - (b.location?.line ?? 0) ||
      (a.location?.column ?? 0) - (b.location?.column ?? 0),
  );
}
