import { printable } from '../../../lib/rules/printable';
import { inColumns } from '../../columns';
import { accessOf } from '../access';
import type { Entry } from '../exposed-endpoint';
import type { Selected } from '../select';
import type { User } from '../user';
import { USER_COLUMNS, userRows } from './user-words';
import { accessText, addressCount, addressOf, counted, natureOf, placeOf } from './words';

/** What was found, for people at a terminal. */
export function renderTable(selected: readonly Selected[]): string {
  if (selected.length === 0) return 'Nothing matches.\n';
  const entries = selected.reduce((sum, each) => sum + each.entries.length, 0);
  const logins = selected.reduce((sum, each) => sum + each.users.length, 0);
  const total = [
    counted(selected.length, 'endpoint'),
    counted(entries, 'entry', 'entries'),
    ...(logins > 0 ? [counted(logins, 'login')] : []),
  ].join(', ');
  return [...selected.flatMap((each) => [...linesOf(each), '']), total, ''].join('\n');
}

function linesOf({ endpoint, entries, undetermined, expired, users }: Selected): string[] {
  return [
    printable(endpoint.endpoint),
    `  ${printable(addressOf(endpoint))} (${printable(natureOf(endpoint))})`,
    `  admits ${accessText(accessOf(endpoint.entries))}`,
    ...section('', entries),
    ...section('may admit it, because what they contain is not known here:', undetermined),
    ...section('without access, because their last day has passed:', expired),
    ...usersSection(users),
  ];
}

function section(title: string, entries: readonly Entry[]): string[] {
  if (entries.length === 0) return [];
  return ['', ...(title === '' ? [] : [`  ${title}`]), ...tableOf(entries).map((line) => `  ${line}`)];
}

function usersSection(users: readonly User[]): string[] {
  if (users.length === 0) return [];
  const titles = USER_COLUMNS.map(([title]) => title);
  const rows = userRows(users).map(([user, grant]) =>
    USER_COLUMNS.map(([, cell]) => printable(cell(user, grant) ?? '-')),
  );
  return ['', '  logins of the database that the app makes:', ...used(titles, rows, 3).map((line) => `  ${line}`)];
}

function tableOf(entries: readonly Entry[]): string[] {
  const rows = entries.map((entry) => COLUMNS.map(([, cell, widest]) => printable(cell(entry) ?? '-', widest)));
  return used(
    COLUMNS.map(([title]) => title),
    rows,
    2,
  );
}

/** A column that no row has something for is left out, apart from the first ones. */
function used(titles: readonly string[], rows: readonly (readonly string[])[], always: number): string[] {
  const isUsed = titles.map((_, column) => column < always || rows.some((row) => row[column] !== '-'));
  return inColumns([titles, ...rows].map((row) => row.filter((_, column) => isUsed[column])));
}

/** Longer texts of people are cut: one description must not push all others out of sight. */
const WIDEST = 60;

const COLUMNS: readonly (readonly [title: string, cell: (entry: Entry) => string | undefined, widest?: number])[] = [
  ['source', ({ value }) => value],
  ['addresses', ({ addresses }) => (addresses === undefined ? 'not known' : addressCount(addresses))],
  ['description', ({ description }) => description, WIDEST],
  ['owner', ({ owner }) => owner, WIDEST],
  ['ticket', ({ ticket }) => ticket, WIDEST],
  ['expires', ({ expires }) => expires],
  ['group', ({ group }) => group, WIDEST],
  ['integration', ({ integration }) => integration, WIDEST],
  ['where', placeOf],
];
