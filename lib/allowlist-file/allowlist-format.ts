import type { AboutEntry, AllowlistEntry } from '../allowlist/allowlist-entry';
import { locationText, type ProblemLocation } from '../rules/location';
import { ABOUT_KEYS, inherit, readAbout, readEntry } from './entry-reader';
import type { FeedEntry } from './feed';
import { isFeed, readFeed } from './feed-reader';
import {
  type Fields,
  type FileNotes,
  type LocatedText,
  needKey,
  pairOf,
  pathOf,
  readFields,
  readFlag,
  readItems,
  readText,
  textOf,
} from './field-reader';
import type { LocatedValue } from './located-value';
import { readRequirements } from './require-reader';

/** One allowlist file, without the files that it includes. */
export interface AllowlistDocument {
  readonly entries: readonly AllowlistEntry[];
  /** The published lists that it names; a table and plain text name none. */
  readonly feeds?: readonly FeedEntry[];
  readonly includes: readonly LocatedText[];
  /** What holds for the files that it includes as well. */
  readonly about: AboutEntry;
}

/** Where each group stands, over all files. */
export type GroupLocations = Map<string, ProblemLocation>;

/** What a file depends on besides its own text. */
export interface DocumentContext {
  /** What the file that includes this one says of its entries. */
  readonly inherited: AboutEntry;
  readonly groups: GroupLocations;
}

// schema/allowlist.schema.json publishes the vocabulary to editors, and a test holds the two together.
/** Keys of the file itself. */
export const FILE_KEYS: readonly string[] = [
  'entries',
  'groups',
  'include',
  ...ABOUT_KEYS,
  'require',
  'version',
  '$schema',
];
/** Keys of a group of entries. */
export const GROUP_KEYS: readonly string[] = ['name', 'entries', 'pinned', ...ABOUT_KEYS];

/** Reads the content of one file. */
export function readDocument(root: LocatedValue, notes: FileNotes, context: DocumentContext): AllowlistDocument {
  const fields = readFields(root, '', FILE_KEYS, notes);
  if (fields === undefined) return { entries: [], includes: [], about: context.inherited };
  checkVersion(fields, notes);
  readText(fields, '$schema', notes);

  // The description of a file is about the file; everything else said there holds for each of its entries.
  const about = inherit(context.inherited, {
    ...readAbout(fields, notes),
    description: undefined,
    requirements: readRequirements(fields, notes),
  });
  const feeds: FeedEntry[] = [];
  const own = readEntries(fields, about, notes, feeds);
  return {
    about,
    entries: [...own, ...readGroups(fields, about, context.groups, notes, feeds)],
    feeds,
    includes: readItems(fields, 'include', notes).flatMap((item, i) => textOf(item, `include[${i}]`, notes) ?? []),
  };
}

function readGroups(
  file: Fields,
  inherited: AboutEntry,
  names: GroupLocations,
  notes: FileNotes,
  feeds: FeedEntry[],
): AllowlistEntry[] {
  return readItems(file, 'groups', notes).flatMap((item, i) => {
    const path = `groups[${i}]`;
    const fields = readFields(item, path, GROUP_KEYS, notes);
    if (fields === undefined) return [];
    const name = readName(fields, names, notes);
    const group = readFlag(fields, 'pinned', notes) ? name?.text : undefined;
    const about = { ...ofGroup(inherit(inherited, readAbout(fields, notes)), name, notes), group };
    needKey(fields, 'entries', 'a list of entries', notes);
    return readEntries(fields, about, notes, feeds);
  });
}

/** @param feeds gets those of the entries that name a published list. */
function readEntries(fields: Fields, about: AboutEntry, notes: FileNotes, feeds: FeedEntry[]): AllowlistEntry[] {
  const path = pathOf(fields, 'entries');
  const entries: AllowlistEntry[] = [];
  for (const [i, item] of readItems(fields, 'entries', notes).entries()) {
    if (isFeed(item)) {
      const feed = readFeed(item, `${path}[${i}]`, about, notes);
      if (feed) feeds.push(feed);
      continue;
    }
    const entry = readEntry(item, `${path}[${i}]`, about, notes);
    if (entry) entries.push(entry);
  }
  return entries;
}

function readName(fields: Fields, names: GroupLocations, notes: FileNotes): LocatedText | undefined {
  needKey(fields, 'name', 'a name', notes);
  const name = readText(fields, 'name', notes);
  if (name) claimGroup(name, names, notes);
  return name;
}

/** Notes a group of a name that another group has. */
export function claimGroup(name: LocatedText, names: GroupLocations, notes: FileNotes): void {
  const first = names.get(name.text);
  if (first === undefined) {
    names.set(name.text, notes.locationOf(name));
    return;
  }
  notes.refuse(name, name.path, {
    rule: 'GroupDuplicate',
    value: name.text,
    reason: `is the name of two groups: the other one is at ${locationText(first)}`,
    remedy: 'Give each group a different name, or put the entries into one group.',
  });
}

/** What a group says of its entries by its name. */
export function ofGroup(about: AboutEntry, name: LocatedText | undefined, notes: FileNotes): AboutEntry {
  return name
    ? { ...about, section: name.text, fields: { ...about.fields, group: notes.originOf(name) } }
    : { ...about, section: undefined };
}

function checkVersion(fields: Fields, notes: FileNotes): void {
  const value = pairOf(fields, 'version')?.value;
  if (value === undefined || (value.kind === 'scalar' && value.value === 1)) return;
  notes.refuse(value, 'version', {
    rule: 'FileVersionUnknown',
    reason: 'is not a version that this release reads',
    remedy: 'Write version: 1, or install a newer release.',
  });
}
