import { isUnresolved } from '../../tokens/unresolved';
import type { TextFunctions } from './text-functions';

/**
 * A text as a string literal of Python, which knows every escape of JSON.
 *
 * @see https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences
 * @internal
 */
export function pythonString(text: string, terraform: TextFunctions): string {
  return isUnresolved(text) ? terraform.jsonencode(text) : JSON.stringify(text);
}
