import { posix } from 'node:path';
import { isCidr, parseCidr } from '../network/cidr';
import { type AllowlistDocument, type DocumentContext, readDocument } from './allowlist-format';
import { LOST_COLON } from './entry-reader';
import type { FileNotes } from './field-reader';
import { parseLocated, type SyntaxMistake } from './located-value';
import { readList, readTable } from './table-format';

/** Reads the text of one kind of file. Undefined if it cannot be read as a whole. */
export type ReadDocument = (text: string, notes: FileNotes, context: DocumentContext) => AllowlistDocument | undefined;

/** How to read a file, by its extension; undefined for an unknown one. */
export function kindOf(file: string): ReadDocument | undefined {
  return KINDS[posix.extname(file).toLowerCase()];
}

const KINDS: Readonly<Record<string, ReadDocument>> = {
  '.yaml': readYaml,
  '.yml': readYaml,
  '.json': readJson,
  '.csv': (...args) => readWhole(readTable, ...args),
  '.txt': (...args) => readWhole(readList, ...args),
};

/** What the name of a file must end in. */
export const KIND_NAMES = '.yaml, .yml, .json, .csv or .txt';

function readYaml(text: string, notes: FileNotes, context: DocumentContext): AllowlistDocument | undefined {
  const value = parseLocated(text);
  if (value.kind !== 'mistake') return readDocument(value, notes, context);
  // Hidden characters have been refused already, and are what the parser failed on.
  if (!notes.hasHidden) refuseYaml(text, value, notes);
  return undefined;
}

function refuseYaml(text: string, { at, reason }: SyntaxMistake, notes: FileNotes): void {
  const lost = lostColonNear(text, at);
  if (lost) notes.refuse(lost, '', { rule: 'FileSyntax', value: lost.text, ...LOST_COLON });
  else notes.refuse({ at }, '', { rule: 'FileSyntax', reason, remedy: 'Write valid YAML.' });
}

/** An address without quotes in the line of a mistake that ends in a colon. */
function lostColonNear(text: string, at: number): { readonly at: number; readonly text: string } | undefined {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  const line = text.slice(start, end < 0 ? undefined : end);
  for (const { 0: found, index } of line.matchAll(/(?<![^\s[{,:])[0-9a-fA-F:]*::(?![^\s,\]}])/g))
    if (isCidr(parseCidr(found))) return { at: start + index, text: found };
  return undefined;
}

function readJson(text: string, notes: FileNotes, context: DocumentContext): AllowlistDocument | undefined {
  const value = parseLocated(text);
  if (value.kind !== 'mistake' && isJson(text)) return readDocument(value, notes, context);
  if (notes.hasHidden) return undefined;
  if (value.kind === 'mistake') {
    notes.refuse(value, '', { rule: 'FileSyntax', reason: value.reason, remedy: 'Write valid JSON.' });
  } else {
    notes.refuse({ at: 0 }, '', {
      rule: 'FileSyntax',
      reason: 'is YAML but not JSON: it may have a comment, a trailing comma or an unquoted string',
      remedy: 'Write valid JSON, or name the file .yaml.',
    });
  }
  return undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** An empty file, such as a failed download, must not pass for a list. */
function readWhole(
  read: (...args: Parameters<ReadDocument>) => AllowlistDocument,
  text: string,
  notes: FileNotes,
  context: DocumentContext,
): AllowlistDocument {
  const document = read(text, notes, context);
  if (document.entries.length === 0 && notes.problems.length === 0) {
    notes.refuse({ at: 0 }, '', {
      rule: 'FileEmpty',
      reason: 'is empty',
      remedy: 'Write at least one block, or remove the file.',
    });
  }
  return document;
}
