import { find, isEmpty } from '../filter';
import type { PageData } from '../page-data';
import { grouped, many } from '../words';
import { findChanges, showChanges } from './changes';
import { byId, element } from './dom';
import { showEndpoints } from './endpoints';
import { showExpiries } from './expiries';
import { fillForm, filterText, readForm } from './filter-form';
import type { PageView, Section } from './page-view';
import { showShared } from './shared';
import { showSizes } from './sizes';
import { showSpace } from './space';
import { startTheme } from './theme';

/** The sections in their order, by the ids of their elements. The first is shown at once, the others when there is time. */
const SECTIONS: Readonly<Record<string, Section['show']>> = {
  changes: showChanges,
  endpoints: showEndpoints,
  expiries: showExpiries,
  sizes: showSizes,
  space: showSpace,
  overlaps: showShared,
};

performance.mark('begun');
const data: PageData = JSON.parse(byId('data').textContent ?? '');
const asOf = new Date(`${data.asOf}T00:00:00Z`);
const form = byId<HTMLFormElement>('filters');
const printed = element('p', { class: 'printed' });

let later: (() => void)[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

function isShowingChanges(): boolean {
  return data.changes !== undefined && form.querySelector<HTMLInputElement>('[name=view]:checked')?.value === 'changes';
}

/** Shows what is asked for. */
function update(isPrinted = false): void {
  const filter = readForm();
  const view: PageView = {
    ...{ data, asOf, filter, isPrinted },
    isNarrowed: !isEmpty(filter),
    found: find(data.endpoints, filter, asOf),
  };
  const showsChanges = isShowingChanges();
  const ids = Object.keys(SECTIONS).filter((id) => showsChanges === (id === 'changes'));
  for (const id of Object.keys(SECTIONS)) {
    const section = document.getElementById(id);
    if (section) section.hidden = !ids.includes(id);
    for (const link of document.querySelectorAll<HTMLElement>(`#sections a[href="#${id}"]`)) {
      link.parentElement!.hidden = !ids.includes(id);
    }
  }
  byId('summary').hidden = showsChanges;
  byId('sections').hidden = showsChanges;
  const count = showsChanges ? changesText(view) : countText(view);
  byId('count').textContent = count;
  printed.textContent = view.isNarrowed ? `This is only a part (${filterText()}): ${count}` : '';
  later = ids.map((id) => () => SECTIONS[id](view, document.querySelector<HTMLElement>(`#${id} > .body`)!));
  later.shift()?.();
  if (isPrinted) finish();
  else whenThereIsTime();
}

/** Makes the other sections one by one, so that nobody waits for all of them. */
function whenThereIsTime(): void {
  clearTimeout(timer);
  document.documentElement.dataset['ready'] = String(later.length === 0);
  if (later.length === 0) return;
  timer = setTimeout(() => {
    later.shift()?.();
    whenThereIsTime();
  }, 30);
}

function finish(): void {
  for (const show of later.splice(0)) show();
  whenThereIsTime();
}

function countText({ found }: PageView): string {
  const entries = found.reduce((sum, each) => sum + each.entries.length, 0);
  const undetermined = found.reduce((sum, each) => sum + each.undetermined.length, 0);
  const maybe = undetermined === 0 ? '' : `, and ${many(undetermined, 'entry', 'entries')} that may admit it`;
  const { endpoints, entries: all } = data.totals;
  return `${grouped(found.length)} of ${many(endpoints, 'endpoint')}, ${grouped(entries)} of ${many(all, 'entry', 'entries')}${maybe}`;
}

function changesText(view: PageView): string {
  const all = data.changes?.endpoints.length ?? 0;
  return `${grouped(findChanges(view).length)} of ${many(all, 'changed endpoint')}`;
}

function startKeys(): void {
  document.addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isField = target instanceof HTMLElement && target.matches('input:not([type=radio]), select, textarea');
    if (key === '/' && !isField) {
      event.preventDefault();
      byId('search').focus();
    } else if (key === 'Escape' && !isEmpty(readForm())) clear();
    else if (key === 'Escape' && byId<HTMLInputElement>('address').value !== '') clear();
  });
}

/** Clears the filters and leaves the view as it is. */
function clear(): void {
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>('.fields :is(input, select)')) {
    field.value = '';
  }
  update();
}

function start(): void {
  fillForm(data);
  startTheme();
  startKeys();
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', () => update());
  byId('clear').addEventListener('click', (event) => {
    event.preventDefault();
    clear();
    byId('search').focus();
  });
  // What is jumped to must not move any more.
  byId('sections').addEventListener('click', finish);
  addEventListener('beforeprint', () => update(true));
  addEventListener('afterprint', () => update());
  byId('content').prepend(printed);
  form.hidden = false;
  update();
  performance.mark('interactive');
}

start();
