/**
 * Text from a file, a state, a name or a server, made safe for one line of a terminal or of a CI log: what moves the
 * cursor, hides or reorders text, or is a command to the CI system is written out as an escape.
 *
 * The escapes are those of JSON, so that text of JSON that is made safe still says the same.
 *
 * @param limit how many characters to show.
 * @internal
 */
export function printable(text: string, limit = Number.POSITIVE_INFINITY): string {
  // Longer texts are cut before they are looked through: an escape has six characters.
  const shown = text.length > limit ? text.slice(0, limit) : text;
  const clean = withoutCommands(shown.replace(UNPRINTABLE, escaped));
  return text.length > limit || clean.length > limit ? `${clean.slice(0, Math.max(limit - 3, 0))}...` : clean;
}

/**
 * The same for a text of several lines, each of which is made safe.
 *
 * @internal
 */
export function printableLines(text: string): string {
  return text
    .split('\n')
    .map((line) => printable(line))
    .join('\n');
}

/** Control characters, line separators, everything that is invisible or reorders text, private and broken characters. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

const SHORT: { readonly [character: string]: string } = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(character: string): string {
  return SHORT[character] ?? unitsOf(character);
}

function unitsOf(text: string): string {
  return text
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

/**
 * GitHub Actions obeys lines that begin with `::name`, and like Azure Pipelines and TeamCity whatever follows `##[` or
 * `##name[` anywhere in a line. An IPv6 address such as `::1` is none of that.
 *
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
function withoutCommands(line: string): string {
  return line
    .replace(/^(\s*):(?=:(?![\da-f:.%/]*(?:[\s,;'"]|$)))/i, `$1${unitsOf(':')}`)
    .replace(/#(?=#\w*\[)/g, unitsOf('#'));
}
