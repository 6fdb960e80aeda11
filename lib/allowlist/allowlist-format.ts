import { ABOUT_KEYS, type AboutEntry, type AllowlistEntry, inherit, readAbout, readEntry } from './allowlist-entry';
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
}

// schema/allowlist.schema.json publishes the vocabulary to editors, and a test holds the two together.
/** Keys of the file itself. */
export const FILE_KEYS: readonly string[] = ['entries', 'groups', 'include', ...ABOUT_KEYS, 'version', '$schema'];
/** Keys of a group of entries. */
export const GROUP_KEYS: readonly string[] = ['name', 'entries', 'pinned', ...ABOUT_KEYS];

/** Reads the content of one file. */
export function readDocument(root: LocatedValue, notes: FileNotes): AllowlistDocument {
  const fields = readFields(root, '', FILE_KEYS, notes);
  if (fields === undefined) return { entries: [], includes: [] };
  checkVersion(fields, notes);
  readText(fields, '$schema', notes);

  // The description of a file is about the file; everything else said there holds for each of its entries.
  const { description, ...about } = readAbout(fields, notes);
  const own = readEntries(fields, about, notes);
  return {
    entries: [...own, ...readGroups(fields, about, notes)],
    includes: readItems(fields, 'include', notes).flatMap((item, i) => textOf(item, `include[${i}]`, notes) ?? []),
  };
}

function readGroups(file: Fields, inherited: AboutEntry, notes: FileNotes): AllowlistEntry[] {
  const names = new Set<string>();
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

function readName(fields: Fields, names: Set<string>, notes: FileNotes): string | undefined {
  needKey(fields, 'name', 'a name', notes);
  const name = readText(fields, 'name', notes);
  if (name === undefined) return undefined;
  if (!GROUP_NAME.test(name.text)) {
    notes.refuse(name, name.path, {
      rule: 'GroupNameInvalid',
      value: name.text,
      reason: 'is no name for a group',
      remedy: 'Use up to 32 letters, digits and hyphens, and begin with a letter.',
    });
  } else if (names.has(name.text)) {
    notes.refuse(name, name.path, {
      rule: 'GroupDuplicate',
      value: name.text,
      reason: 'is the name of two groups',
      remedy: 'Give each group a name of its own, or write the entries into one group.',
    });
  }
  names.add(name.text);
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
