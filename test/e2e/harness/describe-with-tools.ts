import { describeUnlessMissing } from './describe-unless-missing';
import { findTools, type ToolName } from './tools';

/** A `describe` for tests that need tools of the machine. */
export function describeWithTools(names: readonly ToolName[], title: string, tests: () => void): void {
  const tools = findTools();
  const missing = names.filter((name) => !tools[name].path).map((name) => tools[name].text);
  describeUnlessMissing(missing, title, tests);
}
