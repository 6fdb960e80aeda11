import { isUnresolved } from '../../tokens/unresolved';
import type { TextFunctions } from './text-functions';

/**
 * A text as one component of a URL.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-2.1
 * @internal
 */
export function percentEncoded(text: string, terraform: TextFunctions): string {
  return isUnresolved(text) ? terraform.percentEncode(text) : encodeURIComponent(text);
}
