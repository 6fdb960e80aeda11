import { type Located, linesOf, type SyntaxMistake } from './located-value';

/** One cell of a table, without its quotes and the blanks around it. */
export interface Cell extends Located {
  readonly text: string;
}

/**
 * Reads a table as RFC 4180 describes it and spreadsheets save it: cells between commas, semicolons or tabs, quotes
 * around cells and twice within them, line ends of either kind. Lines that begin with `#` are comments.
 *
 * Libraries tell at best the line of a row, and a message names the place of a cell.
 *
 * @returns the rows that have a cell with something in it; or the first mistake.
 */
export function readCells(text: string): Cell[][] | SyntaxMistake {
  const separator = separatorOf(text);
  const rows: Cell[][] = [];
  for (let at = 0; at < text.length; ) {
    if (text[at] === '#') {
      at = lineEnd(text, at);
    } else {
      const row: Cell[] = [];
      do {
        const cell = readCell(text, at, separator);
        if ('reason' in cell) return cell;
        row.push(cell);
        at = cell.end + 1;
      } while (text[at - 1] === separator);
      at--;
      if (row.some((cell) => cell.text !== '')) rows.push(row);
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
  }
  return rows;
}

// Spreadsheets use semicolons where a comma is the decimal sign. Names of columns have none of them.
function separatorOf(text: string): string {
  const header = headerOf(text).replace(/"[^"]*"/g, '');
  const count = (separator: string) => header.split(separator).length;
  return [',', ';', '\t'].reduce((most, separator) => (count(separator) > count(most) ? separator : most));
}

function headerOf(text: string): string {
  for (const { line } of linesOf(text)) if (!/^\s*(#|$)/.test(line)) return line.slice(0, LONGEST_HEADER);
  return '';
}

/** More than a table has names for its columns. */
const LONGEST_HEADER = 10_000;

/** Reads one cell; `end` is where the separator or the end of the line stands. */
function readCell(text: string, from: number, separator: string): (Cell & { readonly end: number }) | SyntaxMistake {
  let at = from;
  while (isBlank(text[at], separator)) at++;
  if (text[at] !== '"') {
    const end = cellEnd(text, at, separator);
    let last = end;
    while (last > at && isBlank(text[last - 1], separator)) last--;
    const quote = text.slice(at, last).indexOf('"');
    if (quote >= 0) return { kind: 'mistake', at: at + quote, reason: 'has a quote inside an unquoted cell' };
    return { at, text: text.slice(at, last), end };
  }

  let close = text.indexOf('"', at + 1);
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  if (close < 0) return { kind: 'mistake', at, reason: 'has a quote that is never closed' };
  let end = close + 1;
  while (isBlank(text[end], separator)) end++;
  if (end !== cellEnd(text, end, separator))
    return { kind: 'mistake', at: end, reason: 'has text after a closing quote' };
  return {
    at,
    text: text
      .slice(at + 1, close)
      .replace(/""/g, '"')
      .trim(),
    end,
  };
}

function isBlank(character: string | undefined, separator: string): boolean {
  return character === ' ' || (character === '\t' && separator !== '\t');
}

function cellEnd(text: string, from: number, separator: string): number {
  let end = from;
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end++;
  return end;
}

function lineEnd(text: string, from: number): number {
  const found = /[\r\n]/g;
  found.lastIndex = from;
  return found.exec(text)?.index ?? text.length;
}
