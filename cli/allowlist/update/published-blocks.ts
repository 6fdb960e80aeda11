import { search } from '@aws-lambda-powertools/jmespath';
import { readCells } from '../../../lib/allowlist-file/delimited-text';
import { type Feed, selectOf } from '../../../lib/allowlist-file/feed';
import { decodeText } from '../../../lib/allowlist-file/file-text';
import { linesOf } from '../../../lib/allowlist-file/located-value';
import { isCidr, parseCidr } from '../../../lib/network/cidr';
import { serverText } from '../../server-text';
import { FeedFailure } from './failure';
import { HTML } from './fetch-feed';

/** The blocks of what is published, as they are written there; throws a `FeedFailure` where it is not such a list. */
export function publishedBlocks(feed: Feed, content: Uint8Array): readonly string[] {
  const { text, mistake } = decodeText(content);
  if (mistake) throw refused(mistake.reason, 'Ask the vendor for a list in UTF-8.');
  if (/^\s*<(!doctype|html|\?xml)/i.test(text)) throw refused(...HTML);
  const blocks = feed.format === 'text' ? linesOfBlocks(text) : selected(feed, CONTENTS[feed.format](text));
  if (blocks.length === 0) throw refused('has no blocks', `${WRONG_SHAPE} An empty list never admits nobody.`);
  return blocks;
}

const WRONG_SHAPE = 'Look at what is published, and write the format and the select that fit it.';

const CONTENTS = { json: jsonOf, csv: rowsOf };

function linesOfBlocks(text: string): string[] {
  const blocks: string[] = [];
  for (const { line } of linesOf(text)) {
    const block = line.replace(/[#;].*$/, '').trim();
    if (block !== '') blocks.push(block);
  }
  return blocks;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refused('is not JSON', WRONG_SHAPE);
  }
}

/** Rows as maps from the names in the first line; as lists where a block stands in the first line already. */
function rowsOf(text: string): unknown {
  const rows = readCells(text);
  if (!Array.isArray(rows)) throw refused(`is not CSV: it ${rows.reason}`, WRONG_SHAPE);
  const texts = rows.map((row) => row.map((cell) => cell.text));
  const [names = [], ...rest] = texts;
  if (names.some((name) => isCidr(parseCidr(name)))) return texts;
  const twice = names.find((name, i) => name !== '' && names.indexOf(name) < i);
  if (twice !== undefined) throw refused(`has two columns named '${serverText(twice, 40)}'`, WRONG_SHAPE);
  return rest.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? ''])));
}

function selected(feed: Feed, content: unknown): string[] {
  const select = selectOf(feed) ?? '@';
  let found: unknown;
  try {
    // The library's type leaves out what JSON may be besides an object.
    found = search(select, content as Parameters<typeof search>[1]);
  } catch (error) {
    const message =
      error instanceof Error ? error.message.replace(/^Invalid jmespath expression: /, '') : String(error);
    throw refused(
      `cannot be selected from with ${select}: ${serverText(message)}`,
      'Write a JMESPath expression: docs/feeds.md has examples.',
    );
  }
  if (found === null || found === undefined) throw refused(`has nothing at ${select}`, WRONG_SHAPE);
  if (!Array.isArray(found)) throw refused(`has ${natureOf(found)} at ${select}, and not a list`, WRONG_SHAPE);
  const other = found.find((item) => typeof item !== 'string');
  if (other !== undefined) {
    const remedy = Array.isArray(other) ? 'Write [] behind it, which makes one list of lists.' : WRONG_SHAPE;
    throw refused(`has ${natureOf(other)} among the blocks at ${select}`, remedy);
  }
  return found.map((block: string) => block.trim());
}

function natureOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function refused(reason: string, remedy: string): FeedFailure {
  return new FeedFailure('refused', reason, remedy);
}
