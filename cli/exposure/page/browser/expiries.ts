import { type LastDay, type Period, SOON_DAYS, timelineOf } from '../timeline';
import { grouped, leftText, many } from '../words';
import { drawing, element, table } from './dom';
import { limited } from './more';
import type { PageView } from './page-view';

const MOST_DAYS = 12;
const MOST_NAMES = 3;

/** What ends when: months as columns, and their days as a table. */
export function showExpiries(view: PageView, body: HTMLElement): void {
  const { found, asOf, isPrinted } = view;
  const endings = found.flatMap(({ endpoint, entries }) =>
    entries.map((entry) => ({ endpoint: endpoint.endpoint, entry })),
  );
  const { periods, days, withoutEnd, unreadable } = timelineOf(endings, asOf);
  const { shown, rest } = limited('days', days, MOST_DAYS, isPrinted, () => showExpiries(view, body));
  const ending = days.reduce((sum, day) => sum + day.endings.length, 0);
  const sentence = [
    `${many(ending, 'entry ends', 'entries end')} by itself${ending === 1 ? '' : ''}, ${grouped(withoutEnd)} ${withoutEnd === 1 ? 'does' : 'do'} not.`,
    ...(unreadable === 0 ? [] : [`${many(unreadable, 'entry has', 'entries have')} an expiry that is not a date.`]),
  ].join(' ');
  body.replaceChildren(
    element('p', {}, sentence.replace('entries end by itself', 'entries end by themselves')),
    ...(days.length === 0 ? [] : [columns(periods), daysTable(shown), ...rest]),
  );
}

const HEIGHT = 120;
const SIDE = 8;
const [TOP, BOTTOM] = [18, 36];

/** A column for each month, or year. What they say stands in the table below. */
function columns(periods: readonly Period[]): HTMLElement {
  const step = Math.min(72, Math.max(20, Math.floor(940 / periods.length)));
  const width = step * periods.length + SIDE * 2;
  const most = Math.max(...periods.map(({ count }) => count));
  const height = (count: number) => (count === 0 ? 0 : Math.max(2, (count / most) * HEIGHT));
  const base = TOP + HEIGHT;
  const parts = periods.flatMap(({ name, count, soon }, i) => {
    const [x, middle] = [SIDE + i * step + 3, SIDE + (i + 0.5) * step];
    const year = name.slice(0, 4);
    const isFirst = i === 0 || periods[i - 1].name.slice(0, 4) !== year;
    const bar = (kind: string, y: number, size: number) =>
      size === 0 ? [] : [drawing('rect', { class: kind, x, y, width: step - 6, height: size })];
    const [all, early] = [height(count), soon === 0 ? 0 : (height(count) * soon) / count];
    return [
      ...bar('ends', base - all, all - early),
      ...bar('ends soon', base - early, early),
      count === 0 ? undefined : drawing('text', { class: 'value', x: middle, y: base - all - 5 }, grouped(count)),
      name.length === 7
        ? drawing(
            'text',
            { class: 'label', x: middle, y: base + 14 },
            step < 28 ? name.slice(5) : MONTHS[Number(name.slice(5)) - 1],
          )
        : undefined,
      isFirst
        ? drawing('text', { class: 'label year', x: middle, y: base + 29 }, name.length === 7 ? year : name)
        : undefined,
    ];
  });
  const soon = periods.reduce((sum, period) => sum + period.soon, 0);
  const label = `Entries by the ${periods[0].name.length === 7 ? 'month' : 'year'} in which they end, from ${periods[0].name} to ${periods[periods.length - 1].name}. ${many(soon, 'entry', 'entries')} within ${SOON_DAYS} days. The table below has the days.`;
  return element(
    'figure',
    { class: 'scroll', tabindex: 0, 'aria-label': 'What ends when, as columns' },
    drawing(
      'svg',
      {
        class: 'columns',
        role: 'img',
        'aria-label': label,
        width,
        height: base + BOTTOM,
        viewBox: `0 0 ${width} ${base + BOTTOM}`,
      },
      drawing('line', { class: 'axis', x1: SIDE, x2: width - SIDE, y1: base + 0.5, y2: base + 0.5 }),
      ...parts,
    ),
    element(
      'figcaption',
      { class: 'legend' },
      element('i', { class: 'key soon' }),
      `within ${SOON_DAYS} days, or past`,
      element('i', { class: 'key ends' }),
      'later',
    ),
  );
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function daysTable(days: readonly LastDay[]): HTMLElement {
  const rows = days.map(({ day, daysLeft, endings }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, element('time', { datetime: day }, day)),
      element('td', { class: daysLeft < 0 ? 'past' : daysLeft <= SOON_DAYS ? 'soon' : undefined }, leftText(daysLeft)),
      element('td', { class: 'number' }, grouped(endings.length)),
      namesCell(endings.map(({ endpoint }) => endpoint)),
      namesCell(endings.map(({ entry }) => entry.description ?? entry.source)),
      namesCell(endings.flatMap(({ entry }) => entry.owner ?? [])),
    ),
  );
  return table('What ends when', ['Last day', 'Left', ['Entries', 'number'], 'Endpoints', 'Who', 'Owners'], rows);
}

/** The first names, each once, and how many more there are. */
function namesCell(names: readonly string[]): HTMLElement {
  const all = [...new Set(names)];
  const cell = element('td', { class: 'names' });
  for (const name of all.slice(0, MOST_NAMES)) cell.append(element('span', { dir: 'auto' }, name));
  if (all.length > MOST_NAMES) cell.append(element('small', {}, `and ${grouped(all.length - MOST_NAMES)} more`));
  return cell;
}
