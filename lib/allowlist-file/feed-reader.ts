import type { AboutEntry } from '../allowlist/allowlist-entry';
import { ABOUT_KEYS, inherit, readAbout } from './entry-reader';
import { FEED_FORMATS, type Feed, type FeedEntry, type FeedFormat, REGION_PLACE, urlOf } from './feed';
import { checkFeedUrl } from './feed-url';
import { type Fields, type FileNotes, needKey, pairOf, pathOf, readFields, readText } from './field-reader';
import type { LocatedValue } from './located-value';

/** Keys of an entry whose blocks somebody publishes. */
export const FEED_ENTRY_KEYS: readonly string[] = ['feed', ...ABOUT_KEYS];
/** Keys of the published list. */
export const FEED_KEYS: readonly string[] = ['url', 'format', 'select', 'region', ...ABOUT_KEYS];

/** Whether an item of `entries` names a published list. */
export function isFeed(item: LocatedValue): boolean {
  return item.kind === 'map' && item.pairs.some(({ key }) => key === 'feed');
}

/** Reads such an entry. Undefined if it does not have the form of one. */
export function readFeed(
  item: LocatedValue,
  path: string,
  inherited: AboutEntry,
  notes: FileNotes,
): FeedEntry | undefined {
  const outer = readFields(item, path, FEED_ENTRY_KEYS, notes);
  const pair = outer && pairOf(outer, 'feed');
  if (outer === undefined || pair === undefined) return undefined;
  const fields = readFields(pair.value, pathOf(outer, 'feed'), FEED_KEYS, notes);
  if (fields === undefined) return undefined;
  refuseTwice(fields, outer, notes);
  const about = inherit(inherit(inherited, readAbout(outer, notes)), readAbout(fields, notes));
  for (const [key, remedy] of Object.entries(NEEDED)) {
    if (about[key as keyof typeof NEEDED] !== undefined || [outer, fields].some((each) => pairOf(each, key))) continue;
    notes.refuse(fields, fields.path, { rule: 'FileKeyMissing', reason: `has no ${key}`, remedy });
  }

  const url = readText(fields, 'url', notes);
  const format = readFormat(fields, notes);
  const select = format && readSelect(format, fields, notes);
  const region = readRegion([url?.text, select], fields, notes);
  needKey(fields, 'url', 'the address of the published list', notes);
  if (url === undefined || format === undefined || (format !== 'text' && select === undefined)) return undefined;
  // Its address is not known either.
  if (region === undefined && (pairOf(fields, 'region') || url.text.includes(REGION_PLACE))) return undefined;
  const said = { ...(select !== undefined && { select }), ...(region !== undefined && { region }) };
  const feed: Feed = { url: url.text, format, ...said };
  const mistake = checkFeedUrl(urlOf(feed));
  // A secret is not told again.
  if (mistake)
    notes.refuse(url, url.path, { ...(mistake.rule !== 'FeedUrlSecret' && { value: url.text }), ...mistake });
  if (mistake) return undefined;
  return { feed, about, origin: { ...notes.originOf({ at: pair.at, path: fields.path }), fields: about.fields } };
}

/** What must be said about blocks that nobody here has written. */
const NEEDED = {
  owner: 'Say who owns this access, here, in its group or at the top of the file.',
  description: 'Say whose list it is: each of its rules shows it in the AWS console.',
};

/** What is said beside `feed` may be said in it as well, but not both. */
function refuseTwice(fields: Fields, outer: Fields, notes: FileNotes): void {
  for (const key of ABOUT_KEYS) {
    const pair = pairOf(fields, key);
    if (pair === undefined || !pairOf(outer, key)) continue;
    notes.refuse(pair, pathOf(fields, key), {
      rule: 'FileKeyMisplaced',
      reason: 'is also written beside feed',
      remedy: 'Write it once.',
    });
  }
}

function readFormat(fields: Fields, notes: FileNotes): FeedFormat | undefined {
  needKey(fields, 'format', `the format of the list: ${FEED_FORMATS.join(', ')}`, notes);
  const format = readText(fields, 'format', notes);
  if (format === undefined) return undefined;
  const known = FEED_FORMATS.find((each) => each === format.text);
  if (known === undefined) {
    notes.refuse(format, format.path, {
      rule: 'FileValueInvalid',
      value: format.text,
      reason: 'is not a format of lists',
      remedy: `Write one of ${FEED_FORMATS.join(', ')}.`,
    });
  }
  return known;
}

function readSelect(format: FeedFormat, fields: Fields, notes: FileNotes): string | undefined {
  const pair = pairOf(fields, 'select');
  if (format !== 'text') {
    needKey(fields, 'select', 'what selects the blocks, in JMESPath', notes);
    return readText(fields, 'select', notes)?.text;
  }
  if (pair) {
    notes.refuse(pair, pathOf(fields, 'select'), {
      rule: 'FileKeyMisplaced',
      reason: 'has no effect on text, which has one block per line',
      remedy: 'Take it out, or write the format of the list.',
    });
  }
  return undefined;
}

function readRegion(texts: readonly (string | undefined)[], fields: Fields, notes: FileNotes): string | undefined {
  const region = readText(fields, 'region', notes);
  const isUsed = texts.some((text) => text?.includes(REGION_PLACE));
  if (isUsed) needKey(fields, 'region', `the region that ${REGION_PLACE} stands for`, notes);
  if (region === undefined) return undefined;
  if (!REGION.test(region.text)) {
    notes.refuse(region, region.path, {
      rule: 'FileValueInvalid',
      value: region.text,
      reason: 'is not the name of a region',
      remedy: 'Write letters, digits, dots, hyphens and underscores.',
    });
    return undefined;
  }
  // What could not be read may have it.
  if (isUsed || texts[0] === undefined) return region.text;
  notes.refuse(region, region.path, {
    rule: 'FileKeyMisplaced',
    reason: `has no effect: ${REGION_PLACE} is neither in url nor in select`,
    remedy: `Write ${REGION_PLACE} where the name of the region belongs, or take it out.`,
  });
  return undefined;
}

/** It is put into URLs and expressions, and must not change their meaning. */
const REGION = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
