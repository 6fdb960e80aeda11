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

/** The titles of the tests of a file, as they are written: those of tables with their placeholders. */
export function testNames(file: string): string[] {
  const source = createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ScriptTarget.Latest);
  const names: string[] = [];
  const visit = (node: Node): void => {
    if (isCallExpression(node)) {
      const [title] = node.arguments;
      // `test(`, `it(`, and what `test.each(...)` returns.
      if (/^(test|it)\b/.test(node.expression.getText(source)) && title && isStringLiteralLike(title)) {
        names.push(title.text);
      }
    }
    forEachChild(node, visit);
  };
  visit(source);
  return names;
}
