import type { AboutEntry, AllowlistEntry } from '../allowlist/allowlist-entry';
import { isCidr, parseCidr } from '../network/cidr';
import { type AllowlistDocument, claimGroup, type DocumentContext, ofGroup } from './allowlist-format';
import { type Cell, readCells } from './delimited-text';
import { readEntry } from './entry-reader';
import type { FileNotes } from './field-reader';
import { type LocatedPair, type LocatedValue, linesOf } from './located-value';
import { BLOCKS, type Column, readHeader } from './table-columns';

/**
 * Reads a table (CSV) whose first row names its columns: the keys of an entry, `group`, and labels under any other
 * name. A table with blocks only needs no names.
 */
export function readTable(text: string, notes: FileNotes, context: DocumentContext): AllowlistDocument {
  const rows = readCells(text);
  if (!Array.isArray(rows)) {
    notes.refuse(rows, '', { rule: 'FileSyntax', reason: rows.reason, remedy: 'Write valid CSV.' });
    return documentOf([], context);
  }
  if (rows.length === 0) return documentOf([], context);
  const isBare = rows[0].length === 1 && isCidr(parseCidr(rows[0][0].text));
  const columns = isBare ? [BLOCKS] : readHeader(rows[0], notes);
  if (columns === undefined) return documentOf([], context);

  const aboutGroup = groupReader(notes, context);
  const entries: AllowlistEntry[] = [];
  for (const row of isBare ? rows : rows.slice(1)) {
    const surplus = row.find((cell, i) => columns[i] === undefined && cell.text !== '');
    if (surplus) {
      notes.refuse(surplus, '', {
        rule: 'FileSyntax',
        value: surplus.text,
        reason: 'is in a column without a name',
        remedy: 'Name the column in the first line, or remove the cell; quote a cell that contains a separator.',
      });
      continue;
    }
    const group = row.find((cell, i) => isColumn(columns[i], 'group') && cell.text !== '');
    const about = group ? aboutGroup(group) : context.inherited;
    const entry = readEntry(entryOf(row, columns), '', about, notes);
    if (entry) entries.push(entry);
  }
  return documentOf(entries, context);
}

/** Reads one block a line. What follows a `#` is a comment. */
export function readList(text: string, notes: FileNotes, context: DocumentContext): AllowlistDocument {
  const entries: AllowlistEntry[] = [];
  for (const { at: begin, line } of linesOf(text)) {
    const comment = line.indexOf('#');
    const written = comment < 0 ? line : line.slice(0, comment);
    const value = written.trim();
    if (value === '') continue;
    const at = begin + written.search(/\S/);
    const entry = readEntry({ at, kind: 'scalar', value }, '', context.inherited, notes);
    if (entry) entries.push(entry);
  }
  return documentOf(entries, context);
}

function documentOf(entries: readonly AllowlistEntry[], { inherited }: DocumentContext): AllowlistDocument {
  return { entries, includes: [], about: inherited };
}

/** Groups of a table are named on each row. Each name is read once, where it first appears. */
function groupReader(notes: FileNotes, { inherited, groups }: DocumentContext): (cell: Cell) => AboutEntry {
  const known = new Map<string, AboutEntry>();
  return ({ at, text }) => {
    const before = known.get(text);
    if (before) return before;
    const name = { at, text, path: 'group' };
    claimGroup(name, groups, notes);
    const about = ofGroup(inherited, name, notes);
    known.set(text, about);
    return about;
  };
}

/** A row as the entry that it would be in YAML or JSON. */
function entryOf(row: readonly Cell[], columns: readonly (Column | undefined)[]): LocatedValue {
  const pairs: LocatedPair[] = [];
  const labels: LocatedPair[] = [];
  for (const [i, { at, text }] of row.entries()) {
    const column = columns[i];
    if (column === undefined || text === '' || isColumn(column, 'group')) continue;
    if ('label' in column) labels.push({ at, key: column.label, value: { at, kind: 'scalar', value: text } });
    else pairs.push({ at, key: column.key, value: { at, kind: 'scalar', value: scalarOf(column.key, text) } });
  }
  if (labels.length > 0) {
    const [{ at }] = labels;
    pairs.push({ at, key: 'labels', value: { at, kind: 'map', pairs: labels } });
  }
  return { at: row[0].at, kind: 'map', pairs };
}

/** In a table, everything is a text. */
function scalarOf(key: string, text: string): string | number | boolean {
  if (key === 'maxEntries' && /^\d+$/.test(text)) return Number(text);
  return key === 'anywhere' && /^true$/i.test(text) ? true : text;
}

function isColumn(column: Column | undefined, key: string): boolean {
  return column !== undefined && 'key' in column && column.key === key;
}
