import type { AboutEntry, FileOrigin } from '../allowlist/allowlist-entry';

/** How a published list is written. */
export type FeedFormat = 'json' | 'text' | 'csv';

export const FEED_FORMATS: readonly FeedFormat[] = ['json', 'text', 'csv'];

/** A list that somebody publishes, as an allowlist file names it. */
export interface Feed {
  /** Where it is published. `{region}` in it stands for the region. */
  readonly url: string;
  readonly format: FeedFormat;
  /** Which of what is published are the blocks, in JMESPath; `{region}` in it stands for the region. Text has none. */
  readonly select?: string;
  readonly region?: string;
}

/** An entry of an allowlist file whose blocks somebody else publishes. */
export interface FeedEntry {
  readonly feed: Feed;
  /** What is said about its blocks, with everything it inherits. */
  readonly about: AboutEntry;
  /** Where it stands. */
  readonly origin: FileOrigin;
}

/** What stands for the region in a URL and in what is selected. */
export const REGION_PLACE = '{region}';

/** The address that a list is fetched from. */
export function urlOf({ url, region }: Feed): string {
  return withRegion(url, region);
}

/** The expression that selects the blocks. */
export function selectOf({ select, region }: Feed): string | undefined {
  return select && withRegion(select, region);
}

function withRegion(text: string, region = ''): string {
  return text.split(REGION_PLACE).join(region);
}

/** A text by which feeds are told apart and put in order. */
export function keyOf({ url, format, select = '', region = '' }: Feed): string {
  return JSON.stringify([url, region, select, format]);
}
