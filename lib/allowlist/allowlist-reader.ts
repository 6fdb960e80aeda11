import { posix } from 'node:path';
import type { Problem } from '../endpoint-error';
import type { AllowlistEntry } from './allowlist-entry';
import { type AllowlistDocument, readDocument } from './allowlist-format';
import { FileNotes, type Refusal } from './field-reader';
import { parseLocated } from './located-value';

/** Everything in an allowlist file and the files that it includes. */
export interface AllowlistContent {
  /** In the order of the files, and from the top of each to its end. */
  readonly entries: readonly AllowlistEntry[];
  /** Mistakes, in the same order. `property` begins with file, line and column. */
  readonly problems: readonly Problem[];
  /** Every file that was read, the first one first. */
  readonly files: readonly string[];
}

const START = { at: 0 };
const NOTHING: AllowlistDocument = { entries: [], includes: [] };

/**
 * Reads an allowlist file and what it includes.
 *
 * @param path path of the file, with forward slashes.
 * @param readFile returns the text of a file, or throws.
 */
export function readAllowlistFiles(path: string, readFile: (path: string) => string): AllowlistContent {
  const root = posix.normalize(path);
  const notes = new Map<string, FileNotes>();
  const entries: AllowlistEntry[] = [];

  const visit = (file: string, text: string, route: readonly string[]): void => {
    const own = new FileNotes(file, text);
    notes.set(file, own);
    const document = readDocumentText(text, own);
    for (const entry of [...document.entries].sort((a, b) => a.line - b.line || a.column - b.column))
      entries.push(entry);
    for (const include of document.includes) {
      const target = posix.join(posix.dirname(file), include.text);
      const refuse = (refusal: Refusal) => own.refuse(include, include.path, { value: include.text, ...refusal });
      if (posix.isAbsolute(include.text) || include.text.includes('\\')) refuse(NOT_RELATIVE);
      else if (route.includes(target)) refuse(cycle([...route.slice(route.indexOf(target)), target]));
      // Two files may share a third one.
      else if (!notes.has(target)) open(target, [...route, target], refuse);
    }
  };
  const open = (file: string, route: readonly string[], refuse: (refusal: Refusal) => void): void => {
    let text: string;
    try {
      text = readFile(file);
    } catch (error) {
      refuse(unreadable(error));
      return;
    }
    visit(file, text, route);
  };

  const start = new FileNotes(root, '');
  open(root, [root], (refusal) => start.refuse(START, '', refusal));
  noteDuplicates(entries, notes);
  const problems = [...start.problems, ...[...notes.values()].flatMap((each) => each.problems)];
  return {
    entries,
    files: [...notes.keys()],
    problems: entries.length + problems.length > 0 ? problems : [empty(root)],
  };
}

function readDocumentText(text: string, notes: FileNotes): AllowlistDocument {
  const extension = posix.extname(notes.file).toLowerCase();
  if (!['.yaml', '.yml', '.json'].includes(extension)) {
    notes.refuse(START, '', {
      rule: 'FileKindUnknown',
      reason: 'is neither YAML nor JSON by its name',
      remedy: 'Let its name end in .yaml, .yml or .json.',
    });
    return NOTHING;
  }

  const language = extension === '.json' ? 'JSON' : 'YAML';
  const value = parseLocated(text);
  if (value.kind === 'mistake') {
    notes.refuse(value, '', { rule: 'FileSyntax', reason: value.reason, remedy: `Write valid ${language}.` });
    return NOTHING;
  }
  if (language === 'JSON' && !isJson(text)) {
    notes.refuse(START, '', {
      rule: 'FileSyntax',
      reason: 'is YAML and not JSON: it may have a comment, a trailing comma or a text without quotes',
      remedy: 'Write valid JSON, or let the name of the file end in .yaml.',
    });
    return NOTHING;
  }
  return readDocument(value, notes);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Notes entries that say the same again: EC2 keeps one rule for each source, with one description. */
function noteDuplicates(entries: readonly AllowlistEntry[], notes: ReadonlyMap<string, FileNotes>): void {
  const seen = new Map<string, AllowlistEntry>();
  for (const entry of entries) {
    const { kind, value, file } = entry;
    const key = keyOf(entry);
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, entry);
      continue;
    }
    notes.get(file)!.refuseAt(entry, '', {
      rule: kind === 'cidr' ? 'CidrDuplicate' : 'SourceDuplicate',
      value: kind === 'anywhere' ? 'anywhere' : value,
      reason: `repeats ${first.file}:${first.line}:${first.column}`,
      remedy: 'Write every source once.',
    });
  }
}

function keyOf({ kind, value, block }: AllowlistEntry): string {
  return kind === 'anywhere' ? kind : (block?.text ?? value);
}

const NOT_RELATIVE: Refusal = {
  rule: 'IncludeNotRelative',
  reason: 'is not the same file on every machine',
  remedy: 'Write the path from the folder of this file, with forward slashes.',
};

function cycle(files: readonly string[]): Refusal {
  return {
    rule: 'IncludeCycle',
    reason: `closes a circle: ${files.join(' includes ')}`,
    remedy: 'Take one of these includes out.',
  };
}

function unreadable(error: unknown): Refusal {
  const { code, message } = error as NodeJS.ErrnoException;
  return {
    rule: 'FileUnreadable',
    reason: code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? message})`,
    remedy: 'Check the path; an include is relative to the file that has it.',
  };
}

function empty(file: string): Problem {
  return {
    rule: 'AllowlistEmpty',
    property: `${file}:1:1:`,
    reason: 'lets nobody in',
    remedy: 'Write at least one entry; an empty list never means everybody.',
  };
}
