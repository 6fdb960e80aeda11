import type { AllowlistEntry } from '../allowlist/allowlist-entry';
import type { FileMistake } from './allowlist-file-rules';
import { type FeedEntry, keyOf, urlOf } from './feed';
import { type LockedFeed, readLock } from './feed-lock';
import { FileNotes } from './field-reader';
import { decodeText } from './file-text';
import { FileRefused, unreadable } from './regular-file';

/** The published lists that a file names, and where their blocks stand. */
export interface Locked {
  readonly feeds: readonly FeedEntry[];
  /** Path of the lock file. */
  readonly lock: string;
  /** The first file of the allowlist, from which lock files are updated. */
  readonly root: string;
}

/** What the lock file says, and what is wrong with it. */
export interface Unlocked {
  readonly entries: AllowlistEntry[];
  readonly lockNotes?: FileNotes;
}

/**
 * The blocks of published lists, as the lock file has them.
 *
 * @param readLockFile returns the content of the lock file; undefined for a text that comes without one.
 * @param notes get what is wrong with a feed.
 */
export function unlock(
  { feeds, lock, root }: Locked,
  readLockFile: () => Uint8Array | string | undefined,
  notes: FileNotes,
): Unlocked {
  const remedy = `Run database-endpoint allowlist update ${root}, and review what it writes.`;
  const refuse = ({ feed, origin }: FeedEntry, mistake: FileMistake) =>
    notes.refuseAt(origin, { value: urlOf(feed), ...mistake });
  const text = textOf(readLockFile, lock, remedy);
  if (typeof text !== 'string') {
    refuse(feeds[0], text);
    return { entries: [] };
  }
  const lockNotes = new FileNotes(lock, text);
  const locked = readLock(text, remedy);
  if ('rule' in locked) {
    lockNotes.refuse(locked, '', locked);
    return { entries: [], lockNotes };
  }
  const entries = feeds.flatMap((feed) => {
    const found = locked.find((each) => keyOf(each) === keyOf(feed.feed));
    if (found) return entriesOf(feed, found, lock);
    refuse(feed, notLocked(feed, locked, { lock, remedy }));
    return [];
  });
  return { entries, lockNotes };
}

function textOf(read: () => Uint8Array | string | undefined, lock: string, remedy: string): string | FileMistake {
  try {
    const content = read();
    if (content === undefined) return TEXT_NOT_LOCKED;
    const { text, mistake } = decodeText(content);
    if (mistake) throw new FileRefused(mistake);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return { rule: 'FeedNotLocked', reason: `has not been fetched: ${lock} does not exist`, remedy };
    const { reason } = unreadable(error);
    return { rule: 'FeedLockInvalid', reason: `cannot be used, because ${lock} ${reason}`, remedy };
  }
}

/** The blocks of a list as entries of the file that names it. */
function entriesOf({ feed, about, origin }: FeedEntry, { blocks }: LockedFeed, lock: string): AllowlistEntry[] {
  const published = { ...about, feed: { url: urlOf(feed), lock } };
  return blocks.map((value) => ({ kind: 'cidr', value, about: published, origin }));
}

function notLocked(
  { feed }: FeedEntry,
  locked: readonly LockedFeed[],
  { lock, remedy }: { readonly lock: string; readonly remedy: string },
): FileMistake {
  const other = locked.find(({ url }) => url === feed.url);
  const changed = other && (['format', 'select', 'region'] as const).filter((name) => other[name] !== feed[name]);
  const reason = changed ? `is in ${lock} with another ${changed.join(' and ')}` : `is not in ${lock}`;
  return { rule: 'FeedNotLocked', reason, remedy };
}

const TEXT_NOT_LOCKED: FileMistake = {
  rule: 'FeedNotLocked',
  reason: 'has no lock file: the first file is a text in memory',
  remedy: 'Pass the text of its lock file, with lockText in the options of AllowlistFile.parse.',
};
