import { isUnresolved } from '../tokens/unresolved';

/**
 * The part of a text that Terraform or CDKTF would replace with something else, if there is one.
 *
 * Expressions are written in code. A file of lower trust could otherwise show a value of the state in a description,
 * or say one thing to whoever reviews it and another to AWS.
 */
export function templateIn(text: string): string | undefined {
  const marker = /[$%]\{|[#&]\{TfToken\[/.exec(text)?.[0];
  if (marker !== undefined) return marker;
  if (PLACEHOLDERS.has(text)) return text;
  // CDKTF finds the numbers that stand for values within texts, too: whatever looks like one to it.
  return text.match(/(?<![-|\d.+])[-|\d.+]+e[-|\d.eE+]+/g)?.find((number) => isUnresolved(Number.parseFloat(number)));
}

/** What CDKTF shows in place of the values of a map that is known after apply, and takes as one where it reads it. */
const PLACEHOLDERS = new Set(['String Map Token Value', 'Any Map Token Value']);
