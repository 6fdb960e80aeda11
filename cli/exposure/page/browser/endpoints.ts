import type { Found } from '../filter';
import type { PageTable } from '../page-data';
import { grouped, many } from '../words';
import { badge, button, element, table } from './dom';
import { entryTable } from './entry-table';
import { limited } from './more';
import type { PageView } from './page-view';

/** How many endpoints are listed at first, and how many rows are opened by themselves. */
const MOST_ENDPOINTS = 50;
const MOST_OPEN_ROWS = 200;

/** What somebody has opened or closed, by the path of the endpoint: of everything, and of what is asked for now. */
const chosenOfAll = new Map<string, boolean>();
const chosenOfFound = new Map<string, boolean>();
let asked: PageView['filter'] | undefined;

/** The endpoints, each with who may reach it. Its tables are made when it is opened. */
export function showEndpoints(view: PageView, body: HTMLElement): void {
  const { found, isPrinted } = view;
  if (view.filter !== asked) chosenOfFound.clear();
  asked = view.filter;
  const again = () => showEndpoints(view, body);
  const { shown, rest } = limited('endpoints', found, MOST_ENDPOINTS, isPrinted, again);
  const rows = found.reduce((sum, each) => sum + rowsOf(each), 0);
  const opensAll = isPrinted || found.length === 1 || (view.isNarrowed && rows <= MOST_OPEN_ROWS);
  const details = shown.map((each) => endpointDetails(each, view, opensAll));
  body.replaceChildren(
    ...(found.length === 0 ? [element('p', { class: 'quiet' }, 'Nothing matches.')] : []),
    ...(details.length > 1 ? [openers(details)] : []),
    ...details,
    ...rest,
  );
}

function rowsOf({ entries, undetermined, expired }: Found): number {
  return entries.length + undetermined.length + expired.length;
}

function openers(details: readonly HTMLDetailsElement[]): HTMLElement {
  const all = (open: boolean) => () => {
    for (const each of details) each.open = open;
  };
  return element('p', { class: 'openers' }, button('Open all', all(true)), button('Close all', all(false)));
}

function endpointDetails(found: Found, view: PageView, opensAll: boolean): HTMLDetailsElement {
  const { endpoint, entries } = found;
  const chosen = view.isNarrowed ? chosenOfFound : chosenOfAll;
  const isOpen = view.isPrinted || (chosen.get(endpoint.endpoint) ?? opensAll);
  const count =
    entries.length === endpoint.entries.length
      ? many(entries.length, 'entry', 'entries')
      : `${grouped(entries.length)} of ${many(endpoint.entries.length, 'entry', 'entries')}`;
  const made = element(
    'details',
    { class: 'endpoint', open: isOpen },
    element(
      'summary',
      {},
      element('h3', { dir: 'auto' }, endpoint.endpoint),
      element('code', { class: 'address' }, endpoint.address),
      element(
        'span',
        { class: 'badges' },
        endpoint.internetFacing ? badge('internet-facing', 'internet') : badge('internal', 'internal'),
        endpoint.admitsEverybody ? badge('everybody admitted', 'public') : undefined,
        ...endpoint.facts.filter(([name]) => name === 'PrivateLink').map(([name]) => badge(name, 'internal')),
      ),
      element('span', { class: 'admits' }, `${count}, ${endpoint.admits}`),
    ),
  );
  const fill = () => {
    if (made.childElementCount === 1) made.append(contentOf(found, view.asOf));
  };
  if (isOpen) fill();
  made.addEventListener('toggle', () => {
    if (made.open) fill();
    if (made.open !== isOpen || chosen.has(endpoint.endpoint)) chosen.set(endpoint.endpoint, made.open);
  });
  return made;
}

function contentOf({ endpoint, entries, undetermined, expired }: Found, asOf: Date): HTMLElement {
  const part = (title: string, rows: typeof entries) =>
    rows.length === 0 ? [] : [element('h4', {}, title), entryTable(`${title}: ${endpoint.endpoint}`, rows, asOf)];
  return element(
    'div',
    { class: 'content' },
    element(
      'dl',
      { class: 'facts' },
      ...endpoint.facts.map(([name, value]) =>
        element('div', {}, element('dt', {}, name), element('dd', { dir: 'auto' }, value)),
      ),
    ),
    ...endpoint.notes.map((note) => element('p', { class: 'note', dir: 'auto' }, note)),
    entries.length === 0 ? undefined : entryTable(`Who may reach ${endpoint.endpoint}`, entries, asOf),
    endpoint.entries.length === 0 ? element('p', { class: 'quiet' }, 'No entry admits anybody.') : undefined,
    ...part('May admit it: what they contain is not known here', undetermined),
    ...part('Without access: their last day has passed', expired),
    ...(endpoint.logins === undefined ? [] : loginsPart(endpoint.logins, endpoint.endpoint)),
  );
}

function loginsPart({ columns, rows }: PageTable, endpoint: string): HTMLElement[] {
  const trs = rows.map((cells) => element('tr', {}, ...cells.map((text) => element('td', { dir: 'auto' }, text))));
  return [element('h4', {}, 'Logins of the database that the app makes'), table(`Logins of ${endpoint}`, columns, trs)];
}
