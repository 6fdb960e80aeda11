import { admits, asksForEntries, hasWords, isEndpointMeant, isEntryMeant } from '../filter';
import type { PageAccessChange, PageChangedEndpoint } from '../page-data';
import { sizesText } from '../words';
import { sizeBar } from './bars';
import { badge, element } from './dom';
import { tableWith } from './entry-table';
import { limited } from './more';
import type { PageView } from './page-view';

const MOST_CHANGED = 50;

/** What is left of the changes of an endpoint. */
interface FoundChanges {
  readonly changed: PageChangedEndpoint;
  readonly access: PageChangedEndpoint['access'];
  readonly others: PageChangedEndpoint['others'];
}

/** How many endpoints changed, of those that are asked for. */
export function findChanges({ data, filter, asOf }: PageView): FoundChanges[] {
  const { address } = filter;
  return (data.changes?.endpoints ?? [])
    .filter((changed) => isEndpointMeant(changed, filter))
    .map((changed) => ({
      changed,
      access: changed.access.filter(
        ({ entry }) =>
          isEntryMeant(entry, changed, filter, asOf) &&
          (address === undefined || entry.addresses === undefined || admits(entry, address)),
      ),
      others: asksForEntries(filter)
        ? []
        : changed.others.filter(({ sentence }) =>
            hasWords(`${changed.endpoint}\n${changed.address}\n${sentence}`.toLowerCase(), filter),
          ),
    }))
    .filter(({ access, others }) => access.length + others.length > 0);
}

/** What is different, endpoint by endpoint: who gains and who loses access first. */
export function showChanges(view: PageView, body: HTMLElement): void {
  const { data, isPrinted } = view;
  const found = findChanges(view);
  const { shown, rest } = limited('changes', found, MOST_CHANGED, isPrinted, () => showChanges(view, body));
  const isNothing = data.changes?.endpoints.length === 0;
  body.replaceChildren(
    element('p', { class: 'lead' }, data.changes?.summary),
    ...(found.length === 0 && !isNothing ? [element('p', { class: 'quiet' }, 'Nothing matches.')] : []),
    ...shown.map((each) => card(each, view.asOf)),
    ...rest,
  );
}

function card({ changed, access, others }: FoundChanges, asOf: Date): HTMLElement {
  const { endpoint, address, status, facts } = changed;
  return element(
    'article',
    { class: 'change' },
    element(
      'header',
      {},
      element('h3', { dir: 'auto' }, endpoint),
      element('code', { class: 'address' }, address),
      element(
        'span',
        { class: 'badges' },
        status === 'changed' ? undefined : badge(status, status),
        ...facts.map((fact) => badge(FACTS[fact] ?? fact, fact)),
        changed.access.some(({ change }) => change === 'lost') ? badge('access lost', 'lost') : undefined,
      ),
    ),
    amounts(changed),
    others.length === 0
      ? undefined
      : element(
          'ul',
          { class: 'others' },
          ...others.map(({ label, sentence }) =>
            element(
              'li',
              {},
              label === undefined ? undefined : badge(label, label),
              element('span', { dir: 'auto' }, sentence),
            ),
          ),
        ),
    access.length === 0
      ? undefined
      : tableWith(
          `Access gained and lost: ${endpoint}`,
          access.map((change) => ({ entry: change.entry, first: accessBadge(change) })),
          asOf,
          'Access',
        ),
  );
}

const NAMES = { ipv4: 'IPv4', ipv6: 'IPv6' } as const;
const FACTS: Readonly<Record<string, string>> = { gained: 'access gained' };

function amounts({ before, after, gained, lost, sizes }: PageChangedEndpoint): HTMLElement {
  const rows: [name: string, text: string, size: typeof sizes.before][] = [
    ['Before', before, sizes.before],
    ['After', after, sizes.after],
  ];
  const families = (['ipv4', 'ipv6'] as const).filter(
    (family) => (sizes.before?.[family] ?? '0') !== (sizes.after?.[family] ?? '0'),
  );
  const parts = [
    ...(sizesText(gained) === 'none' ? [] : [`gains ${sizesText(gained)}`]),
    ...(sizesText(lost) === 'none' ? [] : [`loses ${sizesText(lost)}`]),
  ];
  if (before === after && parts.length === 0) return element('p', { class: 'amount' }, `Admits ${after}, as before.`);
  return element(
    'dl',
    { class: 'amounts' },
    ...rows.flatMap(([name, text, size]) => [
      element('dt', {}, name),
      element(
        'dd',
        {},
        ...families.map((family) =>
          element('span', {}, sizeBar(family, size?.[family] ?? '0'), families.length > 1 ? NAMES[family] : undefined),
        ),
      ),
      element('dd', {}, `admits ${text}`),
    ]),
    ...(parts.length === 0 ? [] : [element('dt', {}, 'Change'), element('dd'), element('dd', {}, parts.join(', '))]),
  );
}

function accessBadge({ change, label, hasExpired }: PageAccessChange): HTMLElement {
  const word = label === 'public' ? `public, ${change}` : change;
  const made = badge(word, label === 'public' ? 'public' : change);
  return element('span', {}, made, hasExpired ? element('small', {}, 'last day passed') : undefined);
}
