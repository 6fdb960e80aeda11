import { findTools, type ToolName } from './tools';

/**
 * A `describe` for tests that need tools of the machine. Where one is missing, its tests are left out with one line
 * that says which and what to do; with `CI=true` they fail with that line, so that a pipeline never skips in silence.
 */
export function describeWithTools(names: readonly ToolName[], title: string, tests: () => void): void {
  const tools = findTools();
  const missing = names.filter((name) => !tools[name].path).map((name) => tools[name].text);
  if (missing.length === 0) {
    describe(title, tests);
    return;
  }
  const line = `'${title}' did not run: ${missing.join('; ')}`;
  if (process.env['CI'] === 'true') {
    describe(title, () => {
      it('finds its tools', () => {
        throw new Error(line);
      });
    });
    return;
  }
  process.stderr.write(`${line}\n`);
  describe['skip'](title, tests);
}
