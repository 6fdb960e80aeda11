import { blockOf, cellsOf, type MapCell, type Run, runsOf, type Zoom, zoomText } from '../address-map';
import { blocksOf } from '../filter';
import type { PageEntry } from '../page-data';
import { grouped, many } from '../words';
import { button, element, table } from './dom';
import type { PageView } from './page-view';

// Where in IPv4 access comes from: 256 fields in the order of their numbers, so that an address can be read off the map.
// Each field can be opened into its own 256, down to single addresses.

const COLUMNS = 16;
const MOST_ENTRIES = 20;
const LEVELS = 6;

/** An entry with the runs of addresses that it admits. */
interface Reaching {
  readonly endpoint: string;
  readonly entry: PageEntry;
}

interface MapState {
  zoom: Zoom;
  octet: number;
}

const state: MapState = { zoom: [], octet: 0 };
let isChosen = false;

/** Shows the map of what the view has. One endpoint that admits everybody would hide all others: it is named instead. */
export function showSpace(view: PageView, body: HTMLElement): void {
  const all = view.found.map((found) => ({ found, runs: runsOf(found.entries) }));
  const [everybody, others] = [all.filter(({ runs }) => isAll(runs)), all.filter(({ runs }) => !isAll(runs))];
  const runs = others.map((each) => each.runs);
  const shown = { ...view, found: others.map(({ found }) => found) };
  if (!isChosen) state.octet = fullest(cellsOf(runs, state.zoom));
  const map = element('div');
  body.replaceChildren(
    ...(everybody.length === 0
      ? []
      : [
          element(
            'p',
            { class: 'note' },
            `Left out of the map, as everybody may connect: ${everybody.map(({ found }) => found.endpoint.endpoint).join(', ')}.`,
          ),
        ]),
    map,
  );
  draw(shown, runs, map, false);
}

function isAll([run]: readonly Run[]): boolean {
  return run !== undefined && run.end - run.first === blockOf([]).size;
}

function fullest(cells: readonly MapCell[]): number {
  return cells.reduce((best, cell) => (cell.count > best.count ? cell : best), cells[0]).octet;
}

function draw(view: PageView, runs: readonly (readonly Run[])[], body: HTMLElement, hasFocus: boolean): void {
  const cells = cellsOf(runs, state.zoom);
  const go = (zoom: Zoom, octet: number) => {
    isChosen = true;
    Object.assign(state, { zoom, octet });
    draw(view, runs, body, true);
  };
  const part = element('div', { class: 'part' });
  const grid = gridOf(cells, {
    select: (octet) => {
      isChosen = true;
      state.octet = octet;
      part.replaceChildren(...partOf(cells[octet], view, () => go([...state.zoom, octet], 0)));
    },
    open: (octet) => {
      if (state.zoom.length < 3) {
        const zoom = [...state.zoom, octet];
        go(zoom, fullest(cellsOf(runs, zoom)));
      }
    },
    close: () => {
      if (state.zoom.length === 0) return false;
      go(state.zoom.slice(0, -1), state.zoom[state.zoom.length - 1]);
      return true;
    },
  });
  part.append(...partOf(cells[state.octet], view, () => go([...state.zoom, state.octet], 0)));
  body.replaceChildren(
    element(
      'p',
      { id: 'map-help' },
      'Each field is one 256th, in the order of the numbers. Arrow keys move, Enter opens a field, Escape goes back.',
    ),
    trail(go),
    element('div', { class: 'map' }, element('div', {}, grid, legend()), part),
  );
  if (hasFocus) grid.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
}

/** The blocks around the one that is shown. */
function trail(go: (zoom: Zoom, octet: number) => void): HTMLElement {
  const steps = Array.from({ length: state.zoom.length + 1 }, (_, i) => state.zoom.slice(0, i));
  return element(
    'p',
    { class: 'trail' },
    ...steps.map((zoom) => {
      const text = zoom.length === 0 ? 'All of IPv4' : zoomText(zoom);
      if (zoom.length === state.zoom.length) return element('span', {}, text);
      return button(text, () => go(zoom, state.zoom[zoom.length]));
    }),
  );
}

interface Moves {
  readonly select: (octet: number) => void;
  readonly open: (octet: number) => void;
  readonly close: () => boolean;
}

function gridOf(cells: readonly MapCell[], { select, open, close }: Moves): HTMLElement {
  const { size } = blockOf(state.zoom);
  const fields = cells.map((cell) => fieldOf(cell, size / 256));
  const rows = Array.from({ length: COLUMNS }, (_, row) =>
    element('div', { role: 'row' }, ...fields.slice(row * COLUMNS, (row + 1) * COLUMNS)),
  );
  const grid = element(
    'div',
    { class: 'grid', role: 'grid', 'aria-label': `Parts of ${zoomText(state.zoom)}`, 'aria-describedby': 'map-help' },
    ...rows,
  );
  const move = (octet: number) => {
    fields[state.octet].tabIndex = -1;
    fields[state.octet].setAttribute('aria-selected', 'false');
    fields[octet].tabIndex = 0;
    fields[octet].setAttribute('aria-selected', 'true');
    select(octet);
  };
  grid.addEventListener('click', ({ target }) => {
    const octet = fields.indexOf(target as HTMLElement);
    if (octet < 0) return;
    if (octet === state.octet && cells[octet].count > 0) return open(octet);
    move(octet);
    fields[octet].focus();
  });
  grid.addEventListener('keydown', (event) => {
    const { key } = event;
    const step = STEPS[key];
    if (step !== undefined) {
      const octet = step(state.octet);
      if (octet >= 0 && octet <= 255) {
        move(octet);
        fields[octet].focus();
      }
    } else if (key === 'Enter' || key === ' ') open(state.octet);
    else if (key !== 'Escape' || !close()) return;
    event.preventDefault();
    event.stopPropagation();
  });
  return grid;
}

const STEPS: Readonly<Record<string, (octet: number) => number>> = {
  ArrowLeft: (octet) => octet - 1,
  ArrowRight: (octet) => octet + 1,
  ArrowUp: (octet) => octet - COLUMNS,
  ArrowDown: (octet) => octet + COLUMNS,
  Home: (octet) => octet - (octet % COLUMNS),
  End: (octet) => octet - (octet % COLUMNS) + COLUMNS - 1,
  PageUp: (octet) => octet % COLUMNS,
  PageDown: (octet) => 256 - COLUMNS + (octet % COLUMNS),
};

function fieldOf({ octet, block, count, endpoints }: MapCell, size: number): HTMLElement {
  const level =
    count === 0 ? 0 : count === size ? LEVELS : 1 + Math.floor((Math.log2(count) / Math.log2(size)) * (LEVELS - 1));
  return element(
    'div',
    {
      role: 'gridcell',
      class: `field heat-${level}${endpoints > 1 ? ' several' : ''}`,
      tabindex: octet === state.octet ? 0 : -1,
      'aria-selected': octet === state.octet ? 'true' : 'false',
      'aria-label': `${block}: ${count === 0 ? 'nothing' : `${many(count, 'address', 'addresses')}, ${many(endpoints, 'endpoint')}`}`,
    },
    String(octet),
  );
}

function legend(): HTMLElement {
  const keys = Array.from({ length: LEVELS }, (_, i) => element('i', { class: `key heat-${i + 1}` }));
  return element(
    'p',
    { class: 'legend' },
    'One address',
    ...keys,
    'all addresses',
    element('i', { class: 'key heat-1 several' }),
    'several endpoints',
  );
}

/** What reaches endpoints from a part of the map. */
function partOf(cell: MapCell, view: PageView, open: () => void): Node[] {
  const { first, size } = blockOf([...state.zoom, cell.octet]);
  const reaching = cell.count === 0 ? [] : reachingFrom(view, first, first + size);
  const rows = reaching
    .slice(0, MOST_ENTRIES)
    .map(({ endpoint, entry }) =>
      element(
        'tr',
        {},
        element('th', { scope: 'row', class: 'source' }, element('code', {}, entry.source)),
        element('td', { dir: 'auto' }, entry.description ?? ''),
        element('td', { dir: 'auto' }, entry.owner ?? ''),
        element('td', { dir: 'auto' }, endpoint),
      ),
    );
  const share = `${grouped(cell.count)} of ${many(size, 'address', 'addresses')}`;
  return [
    element('h3', {}, cell.block),
    element(
      'p',
      {},
      cell.count === 0
        ? 'Nobody reaches an endpoint from here.'
        : `${share} ${cell.count === 1 ? 'reaches' : 'reach'} ${many(cell.endpoints, 'endpoint')}.`,
    ),
    ...(cell.count > 0 && state.zoom.length < 3 ? [button(`Open ${cell.block}`, open)] : []),
    ...(rows.length === 0
      ? []
      : [table(`What admits ${cell.block}`, ['Source', 'Description', 'Owner', 'Endpoint'], rows)]),
    ...(reaching.length > MOST_ENTRIES
      ? [element('p', { class: 'quiet' }, `and ${grouped(reaching.length - MOST_ENTRIES)} more entries`)]
      : []),
  ];
}

function reachingFrom({ found }: PageView, start: number, end: number): Reaching[] {
  return found.flatMap(({ endpoint, entries }) =>
    entries
      .filter((entry) =>
        blocksOf(entry).some(({ family, first, last }) => family === 4 && first < BigInt(end) && last >= BigInt(start)),
      )
      .map((entry) => ({ endpoint: endpoint.endpoint, entry })),
  );
}
