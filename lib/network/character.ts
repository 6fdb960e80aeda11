/** How Unicode names a character, such as `U+200B`: for characters that look like others. */
export function codePointOf(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Shows a character that everybody can see and type, and names any other: a line break, a zero-width space. */
export function showCharacter(character: string): string {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? `'${character}'` : codePointOf(character);
}
