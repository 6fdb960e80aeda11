import { accessOf } from '../access';
import type { Entry } from '../exposed-endpoint';
import type { Selected } from '../select';
import type { User } from '../user';
import { cell, code, head, row } from './markdown-text';
import { USER_COLUMNS, userRows } from './user-words';
import { accessText, addressCount, addressOf, natureOf, placeOf } from './words';

/** What was found, as GitHub-flavored Markdown. */
export function renderMarkdown(selected: readonly Selected[]): string {
  if (selected.length === 0) return 'Nothing matches.\n';
  return `${selected.map(partOf).join('\n\n')}\n`;
}

function partOf({ endpoint, entries, undetermined, expired, users }: Selected): string {
  const tables: [title: string, entries: readonly Entry[]][] = [
    ['', entries],
    ['May admit it, because what they contain is not known here:', undetermined],
    ['Without access, because their last day has passed:', expired],
  ];
  // A column for what hardly any endpoint has would take the room of all others.
  const isForIntegrations = endpoint.entries.some(({ integration }) => integration !== undefined);
  return [
    `### ${code(endpoint.endpoint, 500)}`,
    `${code(addressOf(endpoint), 500)}: ${natureOf(endpoint, code)}. Admits ${accessText(accessOf(endpoint.entries))}.`,
    ...tables
      .filter(([, rows]) => rows.length > 0)
      .flatMap(([title, rows]) => [...(title === '' ? [] : [title]), tableOf(rows, isForIntegrations)]),
    ...(users.length === 0 ? [] : ['Logins of the database that the app makes:', usersTable(users)]),
  ].join('\n\n');
}

const TITLES = ['source', 'addresses', 'description', 'owner', 'ticket', 'expires'];

function tableOf(entries: readonly Entry[], isForIntegrations: boolean): string {
  const titles = [...TITLES, ...(isForIntegrations ? ['integration'] : []), 'where'];
  return [...head(titles), ...entries.map((entry) => rowOf(entry, isForIntegrations))].join('\n');
}

function rowOf(entry: Entry, isForIntegrations: boolean): string {
  const { value, addresses, description = '', owner = '', ticket = '', expires = '', integration = '' } = entry;
  const texts = [
    description,
    owner,
    ticket,
    expires,
    ...(isForIntegrations ? [integration] : []),
    placeOf(entry) ?? '',
  ];
  return row([
    cell(value),
    addresses === undefined ? 'not known' : addressCount(addresses),
    ...texts.map((text) => cell(text)),
  ]);
}

function usersTable(users: readonly User[]): string {
  const rows = userRows(users).map(([user, grant]) =>
    row(USER_COLUMNS.map(([, text]) => text(user, grant, cell) ?? '')),
  );
  return [...head(USER_COLUMNS.map(([title]) => title)), ...rows].join('\n');
}
