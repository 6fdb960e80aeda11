/**
 * A `describe` for tests that need something of the machine. Where it is missing, the tests are left out with one line
 * that says what to do; with `CI=true` they fail with that line, so that a pipeline never skips in silence.
 */
export function describeUnlessMissing(missing: readonly string[], title: string, tests: () => void): void {
  if (missing.length === 0) {
    describe(title, tests);
    return;
  }
  const line = `'${title}' did not run: ${missing.join('; ')}`;
  if (process.env['CI'] === 'true') {
    describe(title, () => {
      it('finds what it needs', () => {
        throw new Error(line);
      });
    });
    return;
  }
  process.stderr.write(`${line}\n`);
  describe['skip'](title, tests);
}
