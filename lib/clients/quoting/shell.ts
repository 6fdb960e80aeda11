import { isUnresolved } from '../../tokens/unresolved';
import type { TextFunctions } from './text-functions';

/**
 * A text as one word of a POSIX shell. In single quotes only a single quote means anything.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02
 * @internal
 */
export function shellWord(text: string, terraform?: TextFunctions): string {
  if (terraform && isUnresolved(text)) return `'${terraform.replace(text, "'", CLOSED_AND_REOPENED)}'`;
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.split("'").join(CLOSED_AND_REOPENED)}'`;
}

const CLOSED_AND_REOPENED = "'\\''";

/**
 * One command line: its words, quoted where the shell would read more into them. Words that are missing are left out.
 *
 * What a client could treat as an option must not be a separate word: it belongs after `--name=`, or is refused.
 *
 * @internal
 */
export function commandLine(words: readonly (string | number | undefined)[], terraform?: TextFunctions): string {
  return words
    .filter((word) => word !== undefined)
    .map((word) => shellWord(String(word), terraform))
    .join(' ');
}

/**
 * A command that reads a text, which ends at a line that the text does not have. Where a value is known after apply in
 * it, the value must have no line break.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_07_04
 * @internal
 */
export function hereDocument(command: string, text: string): string {
  const lines = text.split('\n');
  let end = 'END';
  while (lines.includes(end)) end += '_';
  return `${command} <<'${end}'\n${text}\n${end}`;
}
