import type { PageEndpoint } from '../page-data';
import { grouped, sizeText } from '../words';
import { scaleText, sizeBar } from './bars';
import { element, table } from './dom';
import { limited } from './more';
import type { PageView } from './page-view';

const MOST_ENDPOINTS = 25;

/** How much of the address space each endpoint admits, the most first, as bars and as numbers. */
export function showSizes(view: PageView, body: HTMLElement): void {
  const endpoints = view.found.map(({ endpoint }) => endpoint).sort(mostFirst);
  const { shown, rest } = limited('sizes', endpoints, MOST_ENDPOINTS, view.isPrinted, () => showSizes(view, body));
  const hasIpv6 = endpoints.some(({ addresses, before }) => addresses.ipv6 !== '0' || (before?.ipv6 ?? '0') !== '0');
  const families = hasIpv6 ? (['ipv4', 'ipv6'] as const) : (['ipv4'] as const);
  const hasShared = endpoints.some(({ shared }) => shared.ipv4 !== '0' || shared.ipv6 !== '0');
  const rows = shown.map((endpoint) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row', dir: 'auto' }, endpoint.endpoint),
      ...families.flatMap((family) => sizeCells(endpoint, family)),
      ...(hasShared ? families.map((family) => numberCell(endpoint.shared[family])) : []),
    ),
  );
  const titles = [
    'Endpoint',
    ...families.flatMap((family) => [['', 'scale'] as const, [NAMES[family], 'number'] as const]),
    ...(hasShared ? families.map((family) => [`${NAMES[family]} shared`, 'number'] as const) : []),
  ];
  const made = table('How much each endpoint admits', titles, rows);
  for (const [i, head] of made.querySelectorAll('th.scale').entries()) head.append(scale(families[i]));
  body.replaceChildren(
    element(
      'p',
      {},
      `Bars are logarithmic, from one address to all of them. Each address counts once.${hasShared ? ' Shared addresses reach another endpoint too, aside from those that admit everybody.' : ''}${view.data.changes ? ' A line marks the state before.' : ''}`,
    ),
    ...(endpoints.length === 0 ? [] : [made, ...rest]),
  );
}

const NAMES = { ipv4: 'IPv4', ipv6: 'IPv6' } as const;

function scale(family: 'ipv4' | 'ipv6'): HTMLElement {
  return element(
    'span',
    { class: 'ticks' },
    element('span', { class: 'hidden' }, `${NAMES[family]} as a bar`),
    ...scaleText(family).map((text) => element('span', { 'aria-hidden': 'true' }, text)),
  );
}

function sizeCells({ addresses, before }: PageEndpoint, family: 'ipv4' | 'ipv6'): HTMLElement[] {
  return [
    element(
      'td',
      { class: 'barcell' },
      addresses[family] === '0' && (before?.[family] ?? '0') === '0'
        ? undefined
        : sizeBar(family, addresses[family], before?.[family]),
    ),
    numberCell(addresses[family], before?.[family]),
  ];
}

function numberCell(size: string, before?: string): HTMLElement {
  return element(
    'td',
    { class: size === '0' ? 'number quiet' : 'number', title: grouped(size) },
    sizeText(size),
    before === undefined || before === size ? undefined : element('small', {}, `before: ${sizeText(before)}`),
  );
}

function mostFirst(a: PageEndpoint, b: PageEndpoint): number {
  return descending(a.addresses.ipv4, b.addresses.ipv4) || descending(a.addresses.ipv6, b.addresses.ipv6);
}

/** Decimal digits without leading zeros: the longer number is the larger one. */
function descending(a: string, b: string): number {
  return b.length - a.length || (a < b ? 1 : a > b ? -1 : 0);
}
