import { daysLeft, isExpiry } from '../../../../lib/allowlist/expiry';
import type { PageEntry } from '../page-data';
import { SOON_DAYS } from '../timeline';
import { grouped, leftText, sizesText } from '../words';
import { element, table } from './dom';

type Cell = (entry: PageEntry, asOf: Date) => Node | string | undefined;

/** The columns; all but the first two are left out where no entry has something for them. */
const COLUMNS: readonly (readonly [title: string, cell: Cell, kind?: string])[] = [
  ['Source', sourceCell, 'source'],
  ['Addresses', addressesCell, 'number'],
  ['Description', ({ description }) => description, 'text'],
  ['Owner', ({ owner }) => owner, 'text'],
  ['Ticket', ({ ticket }) => ticket, 'text'],
  ['Ends', endCell, 'end'],
  ['Group', ({ group }) => group, 'text'],
  ['Integration', ({ integration }) => integration, 'text'],
  ['Where', ({ where }) => where, 'where'],
];

/** A table of entries, each with all that is recorded about it. */
export function entryTable(caption: string, entries: readonly PageEntry[], asOf: Date): HTMLElement {
  return tableWith(
    caption,
    entries.map((entry) => ({ entry })),
    asOf,
  );
}

/** The same with a first column of its own. */
export function tableWith(
  caption: string,
  rows: readonly { readonly entry: PageEntry; readonly first?: Node }[],
  asOf: Date,
  firstTitle?: string,
): HTMLElement {
  const cells = rows.map(({ entry }) => COLUMNS.map(([, cell]) => cell(entry, asOf)));
  const isUsed = COLUMNS.map((_, i) => i < 2 || cells.some((row) => row[i] !== undefined));
  const titles = COLUMNS.filter((_, i) => isUsed[i]).map(([title, , kind = '']) => [title, kind] as const);
  const trs = rows.map(({ first }, r) => {
    const made = COLUMNS.flatMap(([, , kind], i) => {
      if (!isUsed[i]) return [];
      const attributes = { class: kind, dir: kind === 'text' || kind === 'where' ? 'auto' : undefined };
      return i === 0
        ? [element('th', { scope: 'row', class: kind }, cells[r][i])]
        : [element('td', attributes, cells[r][i])];
    });
    return element('tr', {}, first && element('td', {}, first), ...made);
  });
  return table(caption, firstTitle === undefined ? titles : [firstTitle, ...titles], trs);
}

/** How many blocks of one entry are shown at once. */
const MOST_BLOCKS = 6;

function sourceCell({ source, written, blocks, within }: PageEntry): Node {
  return element(
    'span',
    {},
    ...(blocks === undefined ? [element('code', {}, source)] : blocksOf(source, blocks)),
    written === undefined ? undefined : element('small', {}, `written ${written}`),
    within === undefined ? undefined : element('small', { dir: 'auto' }, `within ${within}`),
  );
}

function blocksOf(source: string, blocks: readonly string[]): (Node | string)[] {
  const codes = (texts: readonly string[]) => texts.flatMap((text) => [element('code', { class: 'block' }, text), ' ']);
  const rest = blocks.slice(MOST_BLOCKS);
  return [
    ...codes(blocks.slice(0, MOST_BLOCKS)),
    ...(rest.length === 0
      ? []
      : [
          element(
            'details',
            { class: 'more' },
            element('summary', {}, `${grouped(rest.length)} more blocks`),
            ...codes(rest),
          ),
        ]),
    element('small', {}, `of ${source}`),
  ];
}

function addressesCell({ addresses }: PageEntry): Node {
  if (addresses === undefined) return element('span', { class: 'quiet' }, 'not known');
  const exact = `${grouped(addresses.ipv4)} IPv4, ${grouped(addresses.ipv6)} IPv6`;
  return element('span', { title: exact }, sizesText(addresses));
}

function endCell({ expires }: PageEntry, asOf: Date): Node | undefined {
  if (expires === undefined) return undefined;
  if (!isExpiry(expires)) return element('span', { dir: 'auto' }, expires);
  const left = daysLeft(expires, asOf);
  return element(
    'span',
    { class: left < 0 ? 'past' : left <= SOON_DAYS ? 'soon' : undefined },
    element('time', { datetime: expires }, expires),
    element('small', {}, leftText(left)),
  );
}
