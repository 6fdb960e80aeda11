import { isUnresolved } from '../../tokens/unresolved';
import type { TextFunctions } from './text-functions';

/**
 * A text as the content of an element of XML.
 *
 * @see https://www.w3.org/TR/xml/#syntax
 * @internal
 */
export function xmlText(text: string, terraform: TextFunctions): string {
  return ENTITIES.reduce(
    (escaped, [character, entity]) =>
      isUnresolved(text) ? terraform.replace(escaped, character, entity) : escaped.split(character).join(entity),
    text,
  );
}

/** The ampersand first, as the others bring it along. */
const ENTITIES = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
] as const;
