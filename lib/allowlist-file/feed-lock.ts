import { createHash } from 'node:crypto';
import type { FileMistake } from './allowlist-file-rules';
import { FEED_FORMATS, type Feed, keyOf } from './feed';
import type { Located } from './located-value';

// What `database-endpoint allowlist update` writes and synthesis reads. schema/feed-lock.schema.json publishes the
// format, and a test holds the two together.

/** A published list as it was when it last changed. */
export interface LockedFeed extends Feed {
  /** The day on which these blocks were first seen, `YYYY-MM-DD` in UTC. */
  readonly fetched: string;
  /** Of the blocks: `digestOf`. */
  readonly digest: string;
  /** In canonical form, each once, in the order of `sortedBlocks`. */
  readonly blocks: readonly string[];
}

/** Where the JSON Schema of lock files is published. */
export const LOCK_SCHEMA =
  'https://raw.githubusercontent.com/cdktf-database-endpoint/cdktf-database-endpoint/main/schema/feed-lock.schema.json';

/** The lock file of an allowlist file stands beside it. */
export function lockPathOf(file: string): string {
  return `${file}.lock.json`;
}

/** By this a lock file that was edited by hand is told from one that was written. */
export function digestOf(blocks: readonly string[]): string {
  return `sha256:${createHash('sha256').update(blocks.join('\n')).digest('hex')}`;
}

/** The text of a lock file: the same for the same feeds, one block per line. */
export function lockText(feeds: readonly LockedFeed[]): string {
  const inOrder = [...feeds].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const written = inOrder.map(({ url, format, select, region, fetched, digest, blocks }) => ({
    ...{ url, format, select, region, fetched, digest, blocks },
  }));
  return `${JSON.stringify({ $schema: LOCK_SCHEMA, version: 1, feeds: written }, undefined, 2)}\n`;
}

/** Reads a lock file, or says what is wrong with it. */
export function readLock(text: string, remedy: string): readonly LockedFeed[] | (Located & FileMistake) {
  const conflict = /^(?:<{7}|={7}|>{7}|\|{7})(?: |\r?$)/m.exec(text);
  if (conflict) {
    const reason = 'has the marks of a merge conflict';
    return { at: conflict.index, rule: 'FeedLockConflict', reason, remedy: `${remedy} It asks for --accept then.` };
  }
  const invalid = (reason: string, at = 0) => ({ at, rule: 'FeedLockInvalid' as const, reason, remedy });
  const content = parse(text);
  if (!isObject(content)) return invalid('is not the JSON of a lock file');
  if (content['version'] !== 1) return invalid('is not of a version that this release reads');
  const { feeds } = content;
  if (!Array.isArray(feeds) || !feeds.every(isLockedFeed)) return invalid('does not have the form of a lock file');
  for (const { digest, blocks } of feeds) {
    if (digestOf(blocks) === digest) continue;
    const reason = 'was edited by hand: its blocks are not those of its digest';
    return { at: Math.max(text.indexOf(JSON.stringify(digest)), 0), rule: 'FeedLockEdited', reason, remedy };
  }
  if (new Set(feeds.map(keyOf)).size < feeds.length) return invalid('has the same feed twice');
  return feeds;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isLockedFeed(value: unknown): value is LockedFeed {
  if (!isObject(value)) return false;
  const { url, format, select, region, fetched, digest, blocks } = value;
  return (
    [url, fetched, digest].every((each) => typeof each === 'string') &&
    [select, region].every((each) => each === undefined || typeof each === 'string') &&
    FEED_FORMATS.some((each) => each === format) &&
    Array.isArray(blocks) &&
    blocks.length > 0 &&
    blocks.every((block) => typeof block === 'string')
  );
}
