import { accessOf } from '../access';
import type { Entry } from '../exposed-endpoint';
import type { Selected } from '../select';
import { cell, code, head, row } from './markdown-text';
import { accessText, addressCount, addressOf, natureOf, placeOf } from './words';

/** What was found, as GitHub-flavored Markdown. */
export function renderMarkdown(selected: readonly Selected[]): string {
  if (selected.length === 0) return 'Nothing matches.\n';
  return `${selected.map(partOf).join('\n\n')}\n`;
}

function partOf({ endpoint, entries, undetermined, expired }: Selected): string {
  const tables: [title: string, entries: readonly Entry[]][] = [
    ['', entries],
    ['May admit it, because what they contain is not known here:', undetermined],
    ['Without access, because their last day has passed:', expired],
  ];
  return [
    `### ${code(endpoint.endpoint, 500)}`,
    `${code(addressOf(endpoint), 500)}: ${natureOf(endpoint, code)}. Admits ${accessText(accessOf(endpoint.entries))}.`,
    ...tables
      .filter(([, rows]) => rows.length > 0)
      .flatMap(([title, rows]) => [...(title === '' ? [] : [title]), [...HEAD, ...rows.map(rowOf)].join('\n')]),
  ].join('\n\n');
}

const HEAD = head(['source', 'addresses', 'description', 'owner', 'ticket', 'expires', 'where']);

function rowOf(entry: Entry): string {
  const { value, addresses, description = '', owner = '', ticket = '', expires = '' } = entry;
  const texts = [description, owner, ticket, expires];
  const from = entry.feed === undefined ? '' : ` from ${cell(entry.feed)}`;
  return row([
    cell(value),
    addresses === undefined ? 'not known' : addressCount(addresses),
    ...texts.map((text) => cell(text)),
    `${cell(placeOf(entry) ?? '')}${from}`,
  ]);
}
