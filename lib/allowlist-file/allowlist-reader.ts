import { posix } from 'node:path';
import type { AboutEntry, AllowlistEntry } from '../allowlist/allowlist-entry';
import type { Problem } from '../rules/endpoint-error';
import type { AllowlistDocument } from './allowlist-format';
import { selectEntries, type Wanted } from './allowlist-selection';
import { NOTHING_SAID } from './entry-reader';
import { FileNotes, type LocatedText, type Refusal } from './field-reader';
import { KIND_NAMES, kindOf } from './file-kind';
import { decodeText, hiddenCharacters } from './file-text';
import { FileRefused, OUTSIDE, TOO_LARGE } from './regular-file';

/** Everything that was asked of an allowlist file and the files that it includes. */
export interface AllowlistContent {
  /** Those without a mistake, in the order of the files, and from the top of each to its end. */
  readonly entries: readonly AllowlistEntry[];
  /** Mistakes, in the same order. `property` begins with file, line and column. */
  readonly problems: readonly Problem[];
  /** Every file that was read, the first one first. */
  readonly files: readonly string[];
  /** The names of all groups, whichever were asked for. */
  readonly groups: readonly string[];
  /** Whether some entries are in no group, asked for or not. */
  readonly hasUngrouped: boolean;
}

/** What to read of the files, and which of them. */
export interface ReadOptions extends Wanted {
  /** A folder whose files may be included, besides the folder of the first file. */
  readonly includeFolder?: string;
}

/** Returns the content of a file, or throws. `within` are the folders of which one must hold it. */
export type ReadFile = (path: string, within?: readonly string[]) => Uint8Array | string;

/** All files of one allowlist together have at most this many bytes. */
export const MOST_BYTES = 16 * 1024 * 1024;
const MOST_FILES = 500;
const MOST_DEPTH = 16;

/**
 * Reads an allowlist file and what it includes.
 *
 * @param path path of the file, with forward slashes.
 * @param readFile reads one of the files.
 * @param options what to read.
 */
export function readAllowlistFiles(path: string, readFile: ReadFile, options: ReadOptions = {}): AllowlistContent {
  const walk = new Walk(posix.normalize(path), readFile, options.includeFolder);
  walk.start();
  const { notes, root } = walk;
  const groups = [...walk.groups.keys()];
  const entries = selectEntries(walk.entries, options, notes);
  // What could not be read may be the group.
  const missing = walk.isComplete ? (options.groups ?? []).filter((name) => !groups.includes(name)) : [];
  const problems = [...walk.problems, ...missing.map((name) => groupMissing(name, groups, root))];
  return {
    entries,
    files: [...notes.keys()],
    groups,
    hasUngrouped: walk.entries.some(({ section }) => section === undefined),
    problems: walk.entries.length + problems.length > 0 ? problems : [empty(root)],
  };
}

/** The way through files that include each other. */
class Walk {
  public readonly notes = new Map<string, FileNotes>();
  public readonly entries: AllowlistEntry[] = [];
  public readonly groups = new Map<string, string>();
  /** Whether every group there is has been seen. */
  public isComplete = true;
  /** What stands in no file that could be read. */
  private readonly beginning: FileNotes;
  private readonly folders: readonly string[];
  private readonly inherited = new Map<string, AboutEntry>();
  private opened = 0;
  private bytes = 0;

  public constructor(
    public readonly root: string,
    private readonly readFile: ReadFile,
    includeFolder?: string,
  ) {
    this.beginning = new FileNotes(root, '');
    this.folders = [posix.dirname(root), ...(includeFolder === undefined ? [] : [posix.normalize(includeFolder)])];
  }

  public start(): void {
    const refuse = (refusal: Refusal) => this.beginning.refuse({ at: 0 }, '', refusal);
    if (kindOf(this.root) === undefined) this.skip(refuse, kindUnknown());
    else this.open(this.root, [this.root], NOTHING_SAID, refuse);
  }

  public get problems(): Problem[] {
    return [...this.beginning.problems, ...[...this.notes.values()].flatMap((each) => each.problems)];
  }

  private open(file: string, route: readonly string[], about: AboutEntry, refuse: (refusal: Refusal) => void): void {
    this.opened++;
    let content: Uint8Array | string;
    try {
      content = this.readFile(file, route.length > 1 ? this.folders : undefined);
    } catch (error) {
      this.skip(refuse, unreadable(error));
      return;
    }
    this.bytes += content.length;
    if (this.bytes > MOST_BYTES) this.skip(refuse, TOO_LARGE);
    else this.visit(file, content, route, about);
  }

  private visit(file: string, content: Uint8Array | string, route: readonly string[], about: AboutEntry): void {
    const { text, mistake } = decodeText(content);
    const notes = new FileNotes(file, text);
    this.notes.set(file, notes);
    this.inherited.set(file, about);
    if (mistake) {
      this.skip((refusal) => notes.refuse(mistake, '', refusal), mistake);
      return;
    }
    for (const hidden of hiddenCharacters(text)) {
      notes.hasHidden = true;
      notes.refuse(hidden, '', hidden);
    }
    const document = kindOf(file)!(text, notes, { inherited: about, groups: this.groups });
    if (document) this.take(document, notes, route);
    else this.isComplete = false;
  }

  private take({ entries, includes, about }: AllowlistDocument, notes: FileNotes, route: readonly string[]): void {
    for (const entry of [...entries].sort((a, b) => a.line - b.line || a.column - b.column)) this.entries.push(entry);
    for (const item of includes) this.include(item, notes, about, route);
  }

  private include(item: LocatedText, notes: FileNotes, about: AboutEntry, route: readonly string[]): void {
    const target = posix.join(posix.dirname(notes.file), item.text);
    const refuse = (refusal: Refusal) => notes.refuse(item, item.path, { value: item.text, ...refusal });
    const refusal = this.refusalOf(item.text, target, about, route);
    if (refusal) this.skip(refuse, refusal);
    // Two files may share a third one.
    else if (!this.notes.has(target)) this.open(target, [...route, target], about, refuse);
  }

  private refusalOf(text: string, target: string, about: AboutEntry, route: readonly string[]): Refusal | undefined {
    if (posix.isAbsolute(text) || text.includes('\\')) return NOT_RELATIVE;
    if (kindOf(target) === undefined) return kindUnknown();
    if (!this.folders.some((folder) => holds(folder, target))) return OUTSIDE;
    if (route.includes(target)) return cycle([...route.slice(route.indexOf(target)), target]);
    const before = this.inherited.get(target);
    if (before !== undefined) return saysSame(before, about) ? undefined : INCLUDED_DIFFERENTLY;
    if (route.length >= MOST_DEPTH) return TOO_DEEP;
    return this.opened >= MOST_FILES ? TOO_MANY : undefined;
  }

  private skip(refuse: (refusal: Refusal) => void, { rule, reason, remedy }: Refusal): void {
    this.isComplete = false;
    refuse({ rule, reason, remedy });
  }
}

/** Whether a folder holds a file, going by their paths. */
function holds(folder: string, file: string): boolean {
  const path = posix.relative(folder, file);
  return path !== '..' && !path.startsWith('../');
}

function saysSame(one: AboutEntry, other: AboutEntry): boolean {
  const said = ({ owner, ticket, expires, labels }: AboutEntry) =>
    JSON.stringify([owner, ticket, expires, Object.entries(labels).sort()]);
  return said(one) === said(other);
}

const NOT_RELATIVE: Refusal = {
  rule: 'IncludeNotRelative',
  reason: 'is not the same file on every machine',
  remedy: 'Write the path from the folder of this file, with forward slashes.',
};

const INCLUDED_DIFFERENTLY: Refusal = {
  rule: 'IncludeAmbiguous',
  reason: 'is included by another file too, which says something else of its entries (owner, ticket, expires, labels)',
  remedy: 'Say the same in both files, say it in the included file, or include that once.',
};

const TOO_DEEP: Refusal = {
  rule: 'IncludeTooDeep',
  reason: `is further than ${MOST_DEPTH} files away from the first one`,
  remedy: 'Include it from a file that is nearer to the first one.',
};

const TOO_MANY: Refusal = {
  rule: 'IncludesTooMany',
  reason: `is one file more than the ${MOST_FILES} that are read`,
  remedy: 'Write the entries of several files into one.',
};

function kindUnknown(): Refusal {
  return {
    rule: 'FileKindUnknown',
    reason: 'is neither YAML nor JSON, CSV or plain text by its name',
    remedy: `Let its name end in ${KIND_NAMES}.`,
  };
}

function cycle(files: readonly string[]): Refusal {
  return {
    rule: 'IncludeCycle',
    reason: `closes a circle: ${files.join(' includes ')}`,
    remedy: 'Take one of these includes out.',
  };
}

function unreadable(error: unknown): Refusal {
  if (error instanceof FileRefused) return error.refusal;
  const { code, message } = error as NodeJS.ErrnoException;
  return {
    rule: 'FileUnreadable',
    reason: code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? message})`,
    remedy: 'Check the path; an include is relative to the file that has it.',
  };
}

function groupMissing(name: string, groups: readonly string[], root: string): Problem {
  const shown = groups.slice(0, 10).join(', ');
  return {
    rule: 'FileGroupMissing',
    property: `${root}:1:1:`,
    value: name,
    reason: 'is not a group of the file',
    remedy:
      groups.length === 0
        ? 'The file has no groups: ask for all of it.'
        : `Write the name of a group that the file has: ${shown}${groups.length > 10 ? ', …' : ''}.`,
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
