import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createSourceFile,
  forEachChild,
  isCallExpression,
  isStringLiteralLike,
  type Node,
  ScriptTarget,
} from 'typescript';

const ROOT = join(__dirname, '..', '..');

/** The names of the tests of a file as Jest tells them, but for the placeholders of tables, which stay as written. */
export function testNames(file: string, root = ROOT): string[] {
  const source = createSourceFile(file, readFileSync(join(root, file), 'utf8'), ScriptTarget.Latest);
  const names: string[] = [];
  const visit = (node: Node, path: readonly string[]): void => {
    let inside = path;
    if (isCallExpression(node)) {
      // `test(`, `describe(`, a helper such as `describeWithTools(`, and what `test.each(...)` returns.
      const [, verb] = /^(test|it|describe)/.exec(node.expression.getText(source)) ?? [];
      const title = node.arguments.slice(0, 2).find((argument) => isStringLiteralLike(argument));
      if (verb !== undefined && title && isStringLiteralLike(title)) {
        inside = [...path, title.text];
        if (verb !== 'describe') names.push(inside.join(' '));
      }
    }
    forEachChild(node, (child) => visit(child, inside));
  };
  visit(source, []);
  return names;
}
