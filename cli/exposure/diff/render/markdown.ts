import { cell, code, head, row } from '../../render/markdown-text';
import { addressCount, addressOf, placeOf } from '../../render/words';
import type { AccessChange, Change, Difference } from '../difference';
import { blocksText, labelOf, sentenceOf, summaryText } from './sentences';

/** By this a job finds the comment that it made before, and replaces it instead of adding another. */
export const MARKER = '<!-- database-endpoint exposure diff -->';

/** GitHub accepts comments of up to 65,536 characters, and a job may want to add something. */
export const MOST_CHARACTERS = 60_000;

/** What is said of all that has no room takes less. */
const RESERVED = 300;

/**
 * The differences as a comment for a pull request, in GitHub-flavored Markdown: it begins with `MARKER`, and is shorter
 * than `MOST_CHARACTERS`. What lets somebody in comes first; what has no room is counted.
 */
export function renderMarkdown(differences: readonly Difference[]): string {
  const page = new Page(MOST_CHARACTERS - RESERVED);
  page.add([MARKER, '### Who can reach what', '', summaryText(differences)]);
  for (const difference of [...differences].sort((a, b) => weightOf(b) - weightOf(a))) addDifference(page, difference);
  return page.text();
}

/** How much a difference matters: what lets somebody in comes first. */
export function weightOf({ changes }: Difference): number {
  const has = (fact: Change['facts'][number]) => changes.some(({ facts }) => facts.includes(fact));
  return (has('public') ? 4 : 0) + (has('weakened') ? 2 : 0) + (has('gained') ? 1 : 0);
}

function addDifference(page: Page, difference: Difference): void {
  const { endpoint, before, after, changes } = difference;
  const titles = ['', `#### ${code(endpoint, 300)}`, '', code(addressOf((after ?? before)!), 300)];
  const access = changes.filter(isAccess);
  const others = changes.filter((change) => !isAccess(change));
  if (!page.has(titles)) {
    page.leaveOut(endpoint, changes.length);
    return;
  }
  page.add(titles);
  page.addAll(
    endpoint,
    [''],
    others.map((change) => `- ${warningOf(change)}${sentenceOf(change, difference, code)}`),
  );
  page.addAll(endpoint, ['', ...HEAD], access.map(rowOf));
}

function isAccess(change: Change): change is AccessChange {
  return change.kind === 'gained' || change.kind === 'lost';
}

function warningOf(change: Change): string {
  const label = labelOf(change);
  return label === undefined ? '' : `**${label}**: `;
}

const HEAD = head(['access', 'addresses', 'who', 'owner', 'ticket', 'until', 'where']);

function rowOf(change: AccessChange): string {
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

/** Lines that together are not longer than a page may be. */
class Page {
  private readonly lines: string[] = [];
  private readonly leftOut = new Set<string>();
  private length = 0;
  private count = 0;

  public constructor(private readonly most: number) {}

  public has(lines: readonly string[]): boolean {
    return this.length + lengthOf(lines) <= this.most;
  }

  public add(lines: readonly string[]): void {
    this.lines.push(...lines);
    this.length += lengthOf(lines);
  }

  /** Adds as many of the lines as there is room for, below what comes before the first. */
  public addAll(endpoint: string, before: readonly string[], lines: readonly string[]): void {
    let isBegun = false;
    for (const line of lines) {
      const more = isBegun ? [line] : [...before, line];
      if (this.has(more)) {
        this.add(more);
        isBegun = true;
      } else this.leaveOut(endpoint, 1);
    }
  }

  public leaveOut(endpoint: string, changes: number): void {
    this.leftOut.add(endpoint);
    this.count += changes;
  }

  public text(): string {
    const rest = `**${this.count} more changes** of ${this.leftOut.size} endpoints have no room here. Run \`database-endpoint exposure diff\` for all of them.`;
    return [...this.lines, ...(this.count > 0 ? ['', rest] : []), ''].join('\n');
  }
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}
