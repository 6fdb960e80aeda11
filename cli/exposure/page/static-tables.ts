import { html } from './html';
import type { PageAccessChange, PageData, PageEntry } from './page-data';
import { many, sizesText } from './words';

/** A page with more entries than this is too large to be there twice. */
export const MOST_STATIC_ENTRIES = 2000;

/** What the page shows where no script runs: everything as plain tables, or what is missing and how to get it. */
export function staticTables({ endpoints, totals, changes }: PageData): string {
  const changed = changes?.endpoints ?? [];
  const entries = totals.entries + changed.reduce((sum, { access }) => sum + access.length, 0);
  if (entries > MOST_STATIC_ENTRIES) {
    const names = endpoints.map(({ endpoint, admits }) => `<li>${html(endpoint)}: admits ${html(admits)}</li>`);
    return [
      `<p>The tables of ${many(entries, 'entry', 'entries')} need JavaScript. Without it, run the command with <code>--format markdown</code>.</p>`,
      `<ul>${names.join('')}</ul>`,
    ].join('\n');
  }
  return [
    ...(changes === undefined ? [] : ['<h2>What changed</h2>', `<p>${html(changes.summary)}</p>`]),
    ...changed.map(({ endpoint, address, status, access, others, before, after }) =>
      [
        `<h3>${html(endpoint)}</h3><p>${html(`${address}: ${status}. Admits ${after}; before: ${before}.`)}</p>`,
        list(others.map(({ label, sentence }) => (label === undefined ? sentence : `${label}: ${sentence}`))),
        table(['change', ...TITLES], access.map(changeRow)),
      ].join(''),
    ),
    '<h2>Endpoints</h2>',
    ...endpoints.map(({ endpoint, address, facts, notes, admits, entries: own, undetermined, expired, logins }) =>
      [
        `<h3>${html(endpoint)}</h3><p>${html(`${address}. Admits ${admits}.`)}</p>`,
        list([...facts.map(([name, value]) => `${name}: ${value}`), ...notes]),
        table(TITLES, own.map(entryRow)),
        undetermined.length === 0 ? '' : '<p>May admit it, because what they contain is not known:</p>',
        table(TITLES, undetermined.map(entryRow)),
        expired.length === 0 ? '' : '<p>Without access, because their last day has passed:</p>',
        table(TITLES, expired.map(entryRow)),
        logins === undefined
          ? ''
          : `<p>Logins of the database that the app makes:</p>${table(logins.columns, logins.rows)}`,
      ].join(''),
    ),
  ].join('\n');
}

const TITLES = ['source', 'addresses', 'description', 'owner', 'ticket', 'expires', 'group', 'integration', 'where'];

function entryRow(entry: PageEntry): string[] {
  const { source, addresses, description, owner, ticket, expires, group, integration, where } = entry;
  const size = addresses === undefined ? 'not known' : sizesText(addresses);
  return [source, size, description, owner, ticket, expires, group, integration, where].map((text) => text ?? '');
}

function changeRow({ change, label, hasExpired, entry }: PageAccessChange): string[] {
  const [source, size, ...rest] = entryRow(entry);
  const words = [label, change, hasExpired ? '(last day passed)' : undefined].filter((word) => word !== undefined);
  return [words.join(' '), entry.blocks === undefined ? source : entry.blocks.join(', '), size, ...rest];
}

function list(texts: readonly string[]): string {
  return texts.length === 0 ? '' : `<ul>${texts.map((text) => `<li>${html(text)}</li>`).join('')}</ul>`;
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const head = titles.map((title) => `<th scope="col">${title}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((text) => `<td>${html(text)}</td>`).join('')}</tr>`);
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`;
}
