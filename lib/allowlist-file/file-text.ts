import { TextDecoder } from 'node:util';
import { codePointOf } from '../network/character';
import type { FileMistake } from './allowlist-file-rules';
import type { Located } from './located-value';

/** Something about the text of a file that a reviewer and a parser would see differently. */
export type TextMistake = Located & FileMistake;

/** The text of a file, up to the first invalid byte, without a byte order mark. */
export interface DecodedText {
  readonly text: string;
  readonly mistake?: TextMistake;
}

/** Reads bytes as UTF-8, which is how editors, Git and Terraform read them. */
export function decodeText(content: Uint8Array | string): DecodedText {
  if (typeof content === 'string') return { text: content.replace(/^\ufeff/, '') };
  const wide = wideEncodingOf(content);
  if (wide !== undefined) return { text: '', mistake: misencoded(0, `is ${wide} and not UTF-8`) };
  const text = new TextDecoder().decode(content);
  const at = text.includes(REPLACEMENT) ? firstReplaced(text, content) : undefined;
  if (at === undefined) return { text };
  const byte = content[at.byte];
  const hex = byte.toString(16).toUpperCase().padStart(2, '0');
  const reason = `is not UTF-8: it has the byte 0x${hex}, which Latin-1 and Windows-1252 read as '${new TextDecoder('windows-1252').decode(Uint8Array.of(byte))}'`;
  return { text: text.slice(0, at.character), mistake: misencoded(at.character, reason) };
}

/** The characters of a text that hide something from a reviewer, each kind once. */
export function hiddenCharacters(text: string): TextMistake[] {
  const found = new Map<string, { readonly at: number; count: number }>();
  for (const { 0: character, index } of text.matchAll(HIDDEN)) {
    const first = found.get(character);
    if (first) first.count++;
    else found.set(character, { at: index, count: 1 });
  }
  return [...found].map(([character, { at, count }]) => ({
    at,
    rule: 'FileCharacterHidden',
    reason: `has ${character === '\r' ? CARRIAGE_RETURN : `the character ${codePointOf(character)}, which is invisible or changes how its line is displayed`}${count > 1 ? ` (${count} times)` : ''}`,
    remedy:
      character === '\r'
        ? 'Save the file with LF or CRLF line endings.'
        : 'Remove it; if you need it, write it as an escape in double quotes.',
  }));
}

/** Whether a text contains such a character. */
export function hidesSomething(text: string): boolean {
  return text.search(HIDDEN) >= 0;
}

const CARRIAGE_RETURN =
  'a carriage return (U+000D) without a line feed, where parsers start a new line but git diff does not';

// Controls, format characters (bidirectional, zero-width, tags), the line ends that only some programs know, and what
// Unicode calls ignorable. Variation selectors 15 and 16 choose the form of an emoji, in comments.
const HIDDEN = /\r(?!\n)|(?![\t\n\r]|\ufe0e|\ufe0f)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

const REPLACEMENT = '\ufffd';

function wideEncodingOf(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff))
    return 'UTF-32';
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return 'UTF-16';
  // Without a mark: every other byte of text in it is zero.
  return bytes.length > 1 && (a === 0) !== (b === 0) ? 'UTF-16' : undefined;
}

/** The replacement character of a decoder, as opposed to one that is in the file itself. */
function firstReplaced(
  text: string,
  bytes: Uint8Array,
): { readonly character: number; readonly byte: number } | undefined {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  let byte = hasMark ? 3 : 0;
  let from = 0;
  for (let at = text.indexOf(REPLACEMENT); at >= 0; at = text.indexOf(REPLACEMENT, at + 1)) {
    byte += Buffer.byteLength(text.slice(from, at), 'utf8');
    from = at;
    if (bytes[byte] !== 0xef || bytes[byte + 1] !== 0xbf || bytes[byte + 2] !== 0xbd) return { character: at, byte };
  }
  return undefined;
}

function misencoded(at: number, reason: string): TextMistake {
  return {
    at,
    rule: 'FileEncodingInvalid',
    reason,
    remedy: 'Save it as UTF-8 (Excel: "CSV UTF-8"; Windows: encoding UTF-8).',
  };
}
