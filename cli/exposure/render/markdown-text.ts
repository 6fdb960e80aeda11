import { printable } from '../../../lib/rules/printable';

/**
 * A text of somebody else as code in GitHub-flavored Markdown, where nothing of it is Markdown: no HTML, no link, no
 * mention of a person, no reference to an issue, and no end of a cell.
 *
 * @see https://github.github.com/gfm/#code-spans
 */
export function code(text: string, limit = 120): string {
  const shown = printable(text, limit).trim();
  if (shown === '') return '';
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** The same in a cell: a table is cut into cells at its bars before anything in them is read. */
export function cell(text: string, limit?: number): string {
  return code(text, limit).replace(/(\\*)\|/g, (_, slashes) => (slashes === '' ? '\\|' : `${slashes}\\u007c`));
}

/** A row of a table. */
export function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** The first two lines of a table. */
export function head(titles: readonly string[]): string[] {
  return [row(titles), `|${titles.map(() => '---').join('|')}|`];
}
