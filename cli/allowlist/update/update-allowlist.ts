import { type ReadFile, readAllowlistFiles } from '../../../lib/allowlist-file/allowlist-reader';
import { type FeedEntry, keyOf, urlOf } from '../../../lib/allowlist-file/feed';
import { digestOf, type LockedFeed, lockPathOf, lockText, readLock } from '../../../lib/allowlist-file/feed-lock';
import { decodeText } from '../../../lib/allowlist-file/file-text';
import { unreadable } from '../../../lib/allowlist-file/regular-file';
import type { Problem } from '../../../lib/rules/endpoint-error';
import { acceptedBlocks, type Judged } from './accepted-blocks';
import { type Failure, FeedFailure } from './failure';
import type { FetchFeed } from './fetch-feed';
import { publishedBlocks } from './published-blocks';
import { suddenChange } from './sudden-change';

/** What an update needs besides the allowlist file. */
export interface UpdateOptions {
  readonly readFile: ReadFile;
  readonly fetchFeed: FetchFeed;
  /** `YYYY-MM-DD` in UTC. */
  readonly today: string;
  readonly judged: Judged;
  /** Whether sudden changes are accepted. */
  readonly accept?: boolean;
  readonly includeFolder?: string;
}

/** What is published, compared with what is locked. */
export interface UpdateReport {
  /** The allowlist file that was requested. */
  readonly name: string;
  /** What is wrong with the form of the files; nothing is fetched then. */
  readonly problems: readonly Problem[];
  /** One for each file that names published lists, or has a lock file without. */
  readonly locks: readonly LockReport[];
}

/** A lock file. */
export interface LockReport {
  /** The allowlist file that it stands beside. */
  readonly file: string;
  readonly lock: string;
  readonly feeds: readonly FeedReport[];
  readonly before: readonly LockedFeed[];
  /** What it has to say now; as before where that could not be found out. */
  readonly after: readonly LockedFeed[];
  /** Its text as it has to be; missing where the file has to go, as its allowlist names no list any more. */
  readonly text?: string;
  /** Whether that differs from what it is. */
  readonly isOutdated: boolean;
}

/** A published list. */
export interface FeedReport {
  readonly entry: FeedEntry;
  readonly before?: LockedFeed;
  /** Missing where it failed. */
  readonly after?: LockedFeed;
  readonly failure?: Failure;
}

/** Fetches what the published lists of an allowlist file say now. Nothing is written. */
export async function updateAllowlist(name: string, options: UpdateOptions): Promise<UpdateReport> {
  const { readFile, includeFolder } = options;
  const { files, feeds, problems } = readAllowlistFiles(name, readFile, { includeFolder, withoutLocks: true });
  if (problems.length > 0) return { name, problems, locks: [] };
  const locks: LockReport[] = [];
  for (const file of files) {
    const own = feeds.filter(({ origin }) => origin.location.file === file);
    const report = await lockReport(file, own, options);
    if (report) locks.push(report);
  }
  return { name, problems, locks };
}

async function lockReport(
  file: string,
  entries: readonly FeedEntry[],
  options: UpdateOptions,
): Promise<LockReport | undefined> {
  const lock = lockPathOf(file);
  const old = oldLock(lock, options.readFile);
  // What is not a lock file of ours is nobody's business here.
  if (entries.length === 0 && (old.text === undefined || old.mistake !== undefined)) return undefined;
  // Two entries may name one list, for two groups.
  const byKey = new Map([...entries].reverse().map((entry) => [keyOf(entry.feed), entry]));
  const feeds = await Promise.all([...byKey.values()].reverse().map((entry) => feedReport(entry, old, options)));
  const after = feeds.flatMap(({ before, after: now = before }) => now ?? []);
  // Of a lock file that cannot be read, what failed would be lost.
  const isLost = old.mistake !== undefined && feeds.some(({ failure }) => failure);
  const text = isLost ? old.text : after.length === 0 ? keptText(entries, old) : lockText(after);
  return {
    file,
    lock,
    feeds,
    before: old.feeds,
    after: isLost ? old.feeds : after,
    text,
    isOutdated: text !== old.text,
  };
}

/** The text of a lock file that has no list: of lists that all failed, nothing is known; without any, it has to go. */
function keptText(entries: readonly FeedEntry[], old: OldLock): string | undefined {
  return entries.length > 0 ? old.text : undefined;
}

interface OldLock {
  readonly text?: string;
  readonly feeds: readonly LockedFeed[];
  /** Why it cannot be compared with. */
  readonly mistake?: string;
}

function oldLock(lock: string, readFile: ReadFile): OldLock {
  let content: Uint8Array | string;
  try {
    content = readFile(lock);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { feeds: [] };
    return { text: '', feeds: [], mistake: unreadable(error).reason };
  }
  // Git may have checked it out with the line ends of Windows.
  const text = decodeText(content).text.replace(/\r\n/g, '\n');
  const read = readLock(text, '');
  return 'rule' in read ? { text, feeds: [], mistake: read.reason } : { text, feeds: read };
}

async function feedReport(entry: FeedEntry, old: OldLock, options: UpdateOptions): Promise<FeedReport> {
  const { feed } = entry;
  const before = old.feeds.find((each) => keyOf(each) === keyOf(feed));
  try {
    const content = await options.fetchFeed(urlOf(feed));
    const blocks = acceptedBlocks(entry, publishedBlocks(feed, content), options.judged);
    const failure = options.accept ? undefined : sudden(before, blocks, old);
    if (failure) return { entry, before, failure };
    const digest = digestOf(blocks);
    const fetched = before?.digest === digest ? before.fetched : options.today;
    return { entry, before, after: { ...feed, fetched, digest, blocks } };
  } catch (error) {
    if (error instanceof FeedFailure) return { entry, before, failure: error };
    throw error;
  }
}

function sudden(before: LockedFeed | undefined, blocks: readonly string[], { mistake }: OldLock): Failure | undefined {
  if (mistake === undefined) return before && suddenChange(before.blocks, blocks);
  return {
    kind: 'needs-accept',
    reason: `cannot be compared with what it was: the lock file ${mistake}`,
    remedy: 'Restore the lock file from Git, or run it again with --accept and review all of its blocks.',
  };
}
