/**
 * A text as it is, within a sentence: fenced by more backticks than it holds in a row. Where a value in it is known
 * after apply, it must have neither backticks nor line breaks.
 *
 * @see https://spec.commonmark.org/0.31.2/#code-spans
 * @internal
 */
export function codeSpan(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  const padding = /^`|`$|^ .* $/.test(text) ? ' ' : '';
  return `${fence}${padding}${text}${padding}${fence}`;
}

/**
 * A text unchanged, on separate lines.
 *
 * @see https://spec.commonmark.org/0.31.2/#fenced-code-blocks
 * @internal
 */
export function codeBlock(language: string, text: string): string {
  const fence = '`'.repeat(Math.max(2, longestRun(text)) + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/**
 * A name within a line, in which nothing is markup.
 *
 * @see https://spec.commonmark.org/0.31.2/#backslash-escapes
 * @internal
 */
export function markdownText(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>&|~]/g, '\\$&');
}

/**
 * A sentence that may have markup, but begins no block.
 *
 * @internal
 */
export function oneLine(text: string): string {
  return text.replace(/\s*[\n\r\u2028\u2029]\s*/g, ' ');
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
