import { posix } from 'node:path';
import type { AboutEntry, AllowlistEntry } from '../allowlist/allowlist-entry';
import type { Problem } from '../rules/endpoint-error';
import type { FileMistake } from './allowlist-file-rules';
import type { AllowlistDocument, GroupLocations } from './allowlist-format';
import { isWanted, type Wanted } from './allowlist-selection';
import { NOTHING_SAID } from './entry-reader';
import type { FeedEntry } from './feed';
import { lockPathOf } from './feed-lock';
import { FileNotes, type LocatedText } from './field-reader';
import { KIND_NAMES, kindOf } from './file-kind';
import { decodeText, hiddenCharacters } from './file-text';
import { FileRefused, OUTSIDE, TOO_LARGE, unreadable } from './regular-file';
import { unlock } from './unlock-feeds';

/** What was read from an allowlist file and the files that it includes. */
export interface AllowlistContent {
  /** Those that were requested and have the form of an entry, in the order of the files, each from top to bottom. */
  readonly entries: readonly AllowlistEntry[];
  /** Those that were not requested. */
  readonly others: readonly AllowlistEntry[];
  /** The published lists that the files name, requested or not; their blocks are among the entries. */
  readonly feeds: readonly FeedEntry[];
  /** What is wrong with the form of the files, in the same order. */
  readonly problems: readonly Problem[];
  /** Every allowlist file that was read, the first one first. */
  readonly files: readonly string[];
  /** The names of all groups, whichever were requested. */
  readonly groups: readonly string[];
  /** Whether some entries are in no group, requested or not. */
  readonly hasUngrouped: boolean;
}

/** What to read of the files, and which of them. */
export interface ReadOptions extends Wanted {
  /** A folder whose files may be included, besides the folder of the first file. */
  readonly includeFolder?: string;
  /** Whether the first file is only a text, in whose folder nothing may be included. */
  readonly isText?: boolean;
  /** With a text: the text of its lock file, if it has one. */
  readonly lockText?: string;
  /** Whether published lists are only named: what writes lock files does not read their blocks. */
  readonly withoutLocks?: boolean;
}

/** Returns the content of a file, or throws. `within` are the folders, one of which must contain it. */
export type ReadFile = (path: string, within?: readonly string[]) => Uint8Array | string;

/** The most bytes of all files of one allowlist together. */
export const MOST_BYTES = 16 * 1024 * 1024;
const MOST_FILES = 500;
/** A text may come from the web. */
const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\//i;
const MOST_DEPTH = 16;

/**
 * Reads an allowlist file and what it includes.
 *
 * @param path path of the file, with forward slashes.
 * @param readFile reads one of the files.
 * @param options what to read.
 */
export function readAllowlistFiles(path: string, readFile: ReadFile, options: ReadOptions = {}): AllowlistContent {
  const walk = new Walk(ADDRESS.test(path) ? path : posix.normalize(path), readFile, options);
  walk.start();
  const { notes, root } = walk;
  const groups = [...walk.groups.keys()];
  // What could not be read may be the group.
  const missing = walk.isComplete ? (options.groups ?? []).filter((name) => !groups.includes(name)) : [];
  const problems = [...walk.problems, ...missing.map((name) => groupMissing(name, groups, root))];
  return {
    entries: walk.entries.filter((entry) => isWanted(entry, options)),
    others: walk.entries.filter((entry) => !isWanted(entry, options)),
    feeds: walk.feeds,
    files: [...notes.keys()],
    groups,
    hasUngrouped: [...walk.entries, ...walk.feeds].some(({ about }) => about.section === undefined),
    problems: walk.entries.length + walk.feeds.length + problems.length > 0 ? problems : [empty(root)],
  };
}

/** The way through files that include each other. */
class Walk {
  public readonly notes = new Map<string, FileNotes>();
  public readonly entries: AllowlistEntry[] = [];
  public readonly feeds: FeedEntry[] = [];
  public readonly groups: GroupLocations = new Map();
  /** Whether every group there is has been seen. */
  public isComplete = true;
  /** Problems that are in no readable file. */
  private readonly beginning: FileNotes;
  private readonly folders: readonly string[];
  private readonly inherited = new Map<string, AboutEntry>();
  /** What is wrong with the lock file of each file. */
  private readonly locks = new Map<string, FileNotes>();
  private opened = 0;
  private bytes = 0;

  public constructor(
    public readonly root: string,
    private readonly readFile: ReadFile,
    private readonly options: ReadOptions,
  ) {
    const { includeFolder, isText = false } = options;
    this.beginning = new FileNotes(root, '');
    this.folders = [
      ...(isText ? [] : [posix.dirname(root)]),
      ...(includeFolder === undefined ? [] : [posix.normalize(includeFolder)]),
    ];
  }

  public start(): void {
    const refuse = (mistake: FileMistake) => this.beginning.refuse({ at: 0 }, '', mistake);
    if (kindOf(this.root) === undefined) this.skip(refuse, kindUnknown());
    else this.open(this.root, [this.root], NOTHING_SAID, refuse);
  }

  public get problems(): Problem[] {
    const all = [...this.notes].flatMap(([file, notes]) => [notes, this.locks.get(file)]);
    return [this.beginning, ...all].flatMap((notes) => notes?.problems ?? []);
  }

  private open(
    file: string,
    route: readonly string[],
    about: AboutEntry,
    refuse: (mistake: FileMistake) => void,
  ): void {
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
      this.skip((said) => notes.refuse(mistake, '', said), mistake);
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

  private take(document: AllowlistDocument, notes: FileNotes, route: readonly string[]): void {
    const { feeds = [], includes, about } = document;
    for (const feed of feeds) this.feeds.push(feed);
    const published = feeds.length > 0 && !this.options.withoutLocks ? this.unlock(feeds, notes, route) : [];
    const inOrder = [...document.entries, ...published].sort(
      ({ origin: { location: a } }, { origin: { location: b } }) => a.line - b.line || a.column - b.column,
    );
    for (const entry of inOrder) this.entries.push(entry);
    for (const item of includes) this.include(item, notes, about, route);
  }

  /** The blocks of the published lists that a file names, as its lock file has them. */
  private unlock(feeds: readonly FeedEntry[], notes: FileNotes, route: readonly string[]): AllowlistEntry[] {
    const isFirst = route.length === 1;
    const { isText, lockText: given } = this.options;
    const lock = lockPathOf(notes.file);
    const readLockFile = () => {
      const content = isFirst && isText ? given : this.readFile(lock, isFirst ? undefined : this.folders);
      this.bytes += content?.length ?? 0;
      if (this.bytes > MOST_BYTES) throw new FileRefused(TOO_LARGE);
      return content;
    };
    const { entries, lockNotes } = unlock({ feeds, lock, root: this.root }, readLockFile, notes);
    if (lockNotes) this.locks.set(notes.file, lockNotes);
    return entries;
  }

  private include(item: LocatedText, notes: FileNotes, about: AboutEntry, route: readonly string[]): void {
    const target = posix.join(posix.dirname(notes.file), item.text);
    const refuse = (mistake: FileMistake) => notes.refuse(item, item.path, { value: item.text, ...mistake });
    const mistake = this.mistakeOf(item.text, target, about, route);
    if (mistake) this.skip(refuse, mistake);
    // Two files may share a third one.
    else if (!this.notes.has(target)) this.open(target, [...route, target], about, refuse);
  }

  private mistakeOf(
    text: string,
    target: string,
    about: AboutEntry,
    route: readonly string[],
  ): FileMistake | undefined {
    if (posix.isAbsolute(text) || text.includes('\\')) return NOT_RELATIVE;
    if (kindOf(target) === undefined) return kindUnknown();
    if (this.folders.length === 0) return TEXT_INCLUDES;
    if (!this.folders.some((folder) => holds(folder, target))) return OUTSIDE;
    if (route.includes(target)) return cycle([...route.slice(route.indexOf(target)), target]);
    const before = this.inherited.get(target);
    if (before !== undefined) return saysSame(before, about) ? undefined : INCLUDED_DIFFERENTLY;
    if (route.length >= MOST_DEPTH) return TOO_DEEP;
    return this.opened >= MOST_FILES ? TOO_MANY : undefined;
  }

  private skip(refuse: (mistake: FileMistake) => void, { rule, reason, remedy }: FileMistake): void {
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
  const said = ({ owner, ticket, expires, labels, requirements = [] }: AboutEntry) =>
    JSON.stringify([
      ...[owner, ticket, expires, Object.entries(labels ?? {}).sort()],
      requirements.map(({ required }) => required),
    ]);
  return said(one) === said(other);
}

const NOT_RELATIVE: FileMistake = {
  rule: 'IncludeNotRelative',
  reason: 'is not the same file on every machine',
  remedy: 'Write the path from the folder of this file, with forward slashes.',
};

const TEXT_INCLUDES: FileMistake = {
  rule: 'IncludeOutside',
  reason: 'cannot be included: the first file is a text in memory, which must not decide what is read from disk',
  remedy:
    'Name the folder of the files that may be included, with includeFolder in the options of AllowlistFile.parse.',
};

const INCLUDED_DIFFERENTLY: FileMistake = {
  rule: 'IncludeAmbiguous',
  reason:
    'is also included by another file, with other defaults for its entries (owner, ticket, expires, labels, require)',
  remedy: 'Use the same values in both files, put them into the included file, or include it only once.',
};

const TOO_DEEP: FileMistake = {
  rule: 'IncludeTooDeep',
  reason: `is further than ${MOST_DEPTH} files away from the first one`,
  remedy: 'Include it from a file closer to the first one.',
};

const TOO_MANY: FileMistake = {
  rule: 'IncludesTooMany',
  reason: `is one file more than the ${MOST_FILES} that may be read`,
  remedy: 'Merge the entries of several files into one.',
};

function kindUnknown(): FileMistake {
  return {
    rule: 'FileKindUnknown',
    reason: 'is not the name of a YAML, JSON, CSV or text file',
    remedy: `Give it a name that ends in ${KIND_NAMES}.`,
  };
}

function cycle(files: readonly string[]): FileMistake {
  return {
    rule: 'IncludeCycle',
    reason: `closes a cycle: ${files.join(' includes ')}`,
    remedy: 'Remove one of these includes.',
  };
}

function groupMissing(name: string, groups: readonly string[], root: string): Problem {
  const shown = groups.slice(0, 10).join(', ');
  return {
    rule: 'FileGroupMissing',
    ...beginningOf(root),
    value: name,
    reason: 'is not a group of the file',
    remedy:
      groups.length === 0
        ? 'The file has no groups: read all of it.'
        : `Write the name of a group in the file: ${shown}${groups.length > 10 ? ', …' : ''}.`,
  };
}

function beginningOf(file: string): Pick<Problem, 'property' | 'location'> {
  return { property: '', location: { file, line: 1, column: 1 } };
}

function empty(file: string): Problem {
  return {
    rule: 'FileEmpty',
    ...beginningOf(file),
    reason: 'admits nobody',
    remedy: 'Write at least one entry; an empty list never means everybody.',
  };
}
