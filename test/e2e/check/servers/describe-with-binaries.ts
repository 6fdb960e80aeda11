import { type Binary, findBinary } from './binaries';

/**
 * A `describe` for tests that need servers of the machine. Where one is missing, its tests are left out with one line
 * that says how to get it; with `CI=true` they fail with that line.
 */
export function describeWithBinaries(names: readonly Binary[], title: string, tests: () => void): void {
  const missing = names.filter((name) => !findBinary(name).path).map((name) => findBinary(name).text);
  if (missing.length === 0) {
    describe(title, tests);
    return;
  }
  const line = `'${title}' did not run: ${missing.join('; ')}`;
  if (process.env['CI'] === 'true') {
    describe(title, () => {
      it('finds its servers', () => {
        throw new Error(line);
      });
    });
    return;
  }
  process.stderr.write(`${line}\n`);
  describe['skip'](title, tests);
}
