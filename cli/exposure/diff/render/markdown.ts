import { cell, code, head, row } from '../../render/markdown-text';
import { addressCount, addressOf, counted, placeOf } from '../../render/words';
import type { AccessChange, Change, Difference } from '../difference';
import { blocksText, labelOf, sentenceOf, summaryText } from './sentences';

/** By this a job finds the comment that it made before, and replaces it instead of adding another. */
export const MARKER = '<!-- database-endpoint exposure diff -->';

/** GitHub accepts comments of up to 65,536 characters, and a job may want to add something. */
export const MOST_CHARACTERS = 60_000;

/** What is said of all that has no room takes less. */
const RESERVED = 400;

/**
 * The differences as a comment for a pull request, in GitHub-flavored Markdown: it begins with `MARKER`, and is shorter
 * than `MOST_CHARACTERS`. What lets somebody in gets room before everything else, of whatever endpoint it is; what has no
 * room is counted.
 */
export function renderMarkdown(differences: readonly Difference[]): string {
  const top = [MARKER, '### Who can reach what', '', summaryText(differences)];
  const parts = [...differences].sort((a, b) => weightOf(b.changes) - weightOf(a.changes)).map(partOf);
  const leftOut = fit(parts, MOST_CHARACTERS - RESERVED - lengthOf(top));
  const lines = [...top, ...parts.flatMap(linesOf), ...restOf(leftOut)];
  return [...lines, ''].join('\n');
}

/** How much changes matter: what lets somebody in comes first. */
export function weightOf(changes: readonly Change[]): number {
  const has = (fact: Change['facts'][number]) => changes.some(({ facts }) => facts.includes(fact));
  return (has('public') ? 4 : 0) + (has('weakened') ? 2 : 0) + (has('gained') ? 1 : 0);
}

/** What is said of an endpoint. */
interface Part {
  readonly endpoint: string;
  readonly titles: readonly string[];
  readonly items: readonly Item[];
  /** Those for which there is room. */
  readonly shown: Set<Item>;
}

/** A change as a line: of the list, or of the table below it. */
interface Item {
  readonly change: Change;
  readonly isRow: boolean;
  readonly line: string;
}

function partOf(difference: Difference): Part {
  const { endpoint, before, after, changes } = difference;
  return {
    endpoint,
    titles: ['', `#### ${code(endpoint, 300)}`, '', code(addressOf((after ?? before)!), 300)],
    items: changes.map((change) =>
      isAccess(change)
        ? { change, isRow: true, line: accessRow(change) }
        : { change, isRow: false, line: `- ${warningOf(change)}${sentenceOf(change, difference, code)}` },
    ),
    shown: new Set(),
  };
}

/** Decides what is shown, by its weight, and returns what is not. */
function fit(parts: readonly Part[], most: number): { readonly part: Part; readonly item: Item }[] {
  const all = parts.flatMap((part) => part.items.map((item) => ({ part, item, weight: weightOf([item.change]) })));
  let room = most;
  return all
    .sort((a, b) => b.weight - a.weight)
    .filter(({ part, item }) => {
      // The title of an endpoint and the head of a table come with the first that needs them.
      const first = [...part.shown].every(({ isRow }) => isRow !== item.isRow) ? aboveOf(item.isRow) : [];
      const length = lengthOf([...(part.shown.size === 0 ? part.titles : []), ...first, item.line]);
      if (length > room) return true;
      room -= length;
      part.shown.add(item);
      return false;
    });
}

function aboveOf(isRow: boolean): readonly string[] {
  return isRow ? ['', ...ACCESS_HEAD] : [''];
}

function linesOf({ titles, items, shown }: Part): string[] {
  const lines = (isRow: boolean) => {
    const some = items.filter((item) => shown.has(item) && item.isRow === isRow).map(({ line }) => line);
    return some.length === 0 ? [] : [...aboveOf(isRow), ...some];
  };
  return shown.size === 0 ? [] : [...titles, ...lines(false), ...lines(true)];
}

function restOf(leftOut: readonly { readonly part: Part; readonly item: Item }[]): string[] {
  if (leftOut.length === 0) return [];
  const endpoints = new Set(leftOut.map(({ part }) => part)).size;
  const letIn = leftOut.filter(({ item }) => weightOf([item.change]) > 0).length;
  const worst = letIn === 0 ? 'none' : String(letIn);
  return [
    '',
    `**${counted(leftOut.length, 'more change')}** of ${counted(endpoints, 'endpoint')} without room here, ${worst} of which widen access. Run \`database-endpoint exposure diff\` for all of them.`,
  ];
}

function isAccess(change: Change): change is AccessChange {
  return change.kind === 'gained' || change.kind === 'lost';
}

function warningOf(change: Change): string {
  const label = labelOf(change);
  return label === undefined ? '' : `**${label}**: `;
}

/** The columns of who gains and loses access. */
export const ACCESS_HEAD = head(['access', 'addresses', 'who', 'owner', 'ticket', 'until', 'where']);

export function accessRow(change: AccessChange): string {
  const { kind, entry, addresses, hasExpired } = change;
  const blocks = addresses === undefined ? `the content of ${cell(entry.value)}` : blocksText(addresses, cell);
  const access = labelOf(change) === 'public' ? `**public ${kind}**` : `**${kind}**`;
  const { description = '', owner = '', ticket = '', expires = '', integration } = entry;
  const who = [cell(description), ...(integration === undefined ? [] : [`integration ${cell(integration)}`])];
  return row([
    hasExpired ? `${access} (last day passed)` : access,
    addresses === undefined ? blocks : `${addressCount(addresses)}: ${blocks}`,
    who.filter((part) => part !== '').join(', '),
    ...[owner, ticket, expires, placeOf(entry) ?? ''].map((text) => cell(text)),
  ]);
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}
