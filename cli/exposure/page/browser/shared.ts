import type { PageData, PageOverlap } from '../page-data';
import { grouped, many, sizesText } from '../words';
import { element, table } from './dom';
import { limited } from './more';
import type { PageView } from './page-view';

const MOST_SETS = 20;
const MOST_NAMES = 4;

/** What reaches more than one endpoint. */
export function showShared(view: PageView, body: HTMLElement): void {
  const { data, found, isPrinted } = view;
  const meant = new Set(found.map(({ endpoint }) => endpoint));
  const sets = data.overlaps.sets.filter(({ endpoints }) => endpoints.some((i) => meant.has(data.endpoints[i])));
  const { shown, rest } = limited('shared', sets, MOST_SETS, isPrinted, () => showShared(view, body));
  const aside = found.some(({ endpoint }) => endpoint.admitsEverybody) ? ', aside from those that admit everybody' : '';
  const rows = shown.map((set) => setRow(set, data));
  body.replaceChildren(
    element(
      'p',
      {},
      sets.length === 0
        ? `No address and no list reaches more than one endpoint${aside}.`
        : `Whoever is in such a block or list reaches each of these endpoints${aside}. Each address is in one row.`,
    ),
    ...(rows.length === 0
      ? []
      : [
          table(
            'What reaches several endpoints',
            [['Endpoints', 'number'], 'Which', ['Addresses', 'number'], 'Sources'],
            rows,
          ),
        ]),
    ...rest,
    ...(data.overlaps.more === 0
      ? []
      : [element('p', { class: 'quiet' }, `${many(data.overlaps.more, 'more group')} of endpoints share fewer.`)]),
  );
}

function setRow({ endpoints, addresses, sources, moreSources }: PageOverlap, data: PageData): HTMLElement {
  const names = endpoints.map((i) => data.endpoints[i].endpoint);
  const rest = names.length - MOST_NAMES;
  return element(
    'tr',
    {},
    element('td', { class: 'number' }, grouped(endpoints.length)),
    element(
      'td',
      { class: 'names' },
      ...names.slice(0, MOST_NAMES).map((name) => element('span', { dir: 'auto' }, name)),
      rest > 0 ? element('small', {}, `and ${grouped(rest)} more`) : undefined,
    ),
    element('td', { class: 'number' }, sizesText(addresses)),
    element(
      'td',
      { class: 'source' },
      ...sources.flatMap((source) => [element('code', { class: 'block' }, source), ' ']),
      moreSources > 0 ? element('small', {}, `and ${grouped(moreSources)} more`) : undefined,
    ),
  );
}
