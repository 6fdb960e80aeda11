import type { AboutEntry, AllowlistEntry } from '../allowlist/allowlist-entry';
import { ABOUT_KEYS, inherit, readAbout, readEntry } from './entry-reader';
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

/** One allowlist file, without the files that it includes. */
export interface AllowlistDocument {
  readonly entries: readonly AllowlistEntry[];
  readonly includes: readonly LocatedText[];
  /** What holds for the files that it includes as well. */
  readonly about: AboutEntry;
}

/** What a file depends on besides its own text. */
export interface DocumentContext {
  /** What the file that includes this one says of its entries. */
  readonly inherited: AboutEntry;
  /** Where each group stands, over all files. */
  readonly groups: Map<string, string>;
}

// schema/allowlist.schema.json publishes the vocabulary to editors, and a test holds the two together.
/** Keys of the file itself. */
export const FILE_KEYS: readonly string[] = ['entries', 'groups', 'include', ...ABOUT_KEYS, 'version', '$schema'];
/** Keys of a group of entries. */
export const GROUP_KEYS: readonly string[] = ['name', 'entries', 'pinned', ...ABOUT_KEYS];

/** Reads the content of one file. */
export function readDocument(root: LocatedValue, notes: FileNotes, context: DocumentContext): AllowlistDocument {
  const fields = readFields(root, '', FILE_KEYS, notes);
  if (fields === undefined) return { entries: [], includes: [], about: context.inherited };
  checkVersion(fields, notes);
  readText(fields, '$schema', notes);

  // The description of a file is about the file; everything else said there holds for each of its entries.
  const { description, ...said } = readAbout(fields, notes);
  const about = inherit(context.inherited, said);
  const own = readEntries(fields, about, notes);
  return {
    about,
    entries: [...own, ...readGroups(fields, about, context.groups, notes)],
    includes: readItems(fields, 'include', notes).flatMap((item, i) => textOf(item, `include[${i}]`, notes) ?? []),
  };
}

function readGroups(
  file: Fields,
  inherited: AboutEntry,
  names: Map<string, string>,
  notes: FileNotes,
): AllowlistEntry[] {
  return readItems(file, 'groups', notes).flatMap((item, i) => {
    const path = `groups[${i}]`;
    const fields = readFields(item, path, GROUP_KEYS, notes);
    if (fields === undefined) return [];
    const section = readName(fields, names, notes);
    const group = readFlag(fields, 'pinned', notes) ? section : undefined;
    const about = { ...inherit(inherited, readAbout(fields, notes)), section, group };
    needKey(fields, 'entries', 'a list of entries', notes);
    return readEntries(fields, about, notes);
  });
}

function readEntries(fields: Fields, about: AboutEntry, notes: FileNotes): AllowlistEntry[] {
  const path = pathOf(fields, 'entries');
  const entries: AllowlistEntry[] = [];
  for (const [i, item] of readItems(fields, 'entries', notes).entries()) {
    const entry = readEntry(item, `${path}[${i}]`, about, notes);
    if (entry) entries.push(entry);
  }
  return entries;
}

// The name of a pinned group becomes part of the name of a security group.
const GROUP_NAME = /^[A-Za-z][A-Za-z0-9-]{0,31}$/;

function readName(fields: Fields, names: Map<string, string>, notes: FileNotes): string | undefined {
  needKey(fields, 'name', 'a name', notes);
  const name = readText(fields, 'name', notes);
  return name && claimGroup(name, names, notes);
}

/** The name of a group, if it can be one; notes a name that another group has. */
export function claimGroup(name: LocatedText, names: Map<string, string>, notes: FileNotes): string | undefined {
  if (!GROUP_NAME.test(name.text)) {
    notes.refuse(name, name.path, {
      rule: 'GroupNameInvalid',
      value: name.text,
      reason: 'is no name for a group',
      remedy: 'Use up to 32 letters, digits and hyphens, and begin with a letter.',
    });
    return undefined;
  }
  const first = names.get(name.text);
  if (first === undefined) {
    names.set(name.text, notes.placeOf(name));
  } else {
    notes.refuse(name, name.path, {
      rule: 'GroupDuplicate',
      value: name.text,
      reason: `is the name of two groups: the other is at ${first}`,
      remedy: 'Give each group a name of its own, or write the entries into one group.',
    });
  }
  return name.text;
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
