import { addressesOf } from '../access';
import { admitsEverybody } from '../diff/compare-access';
import { type AccessChange, type Change, type Difference, FACTS } from '../diff/difference';
import { weightOf } from '../diff/render/markdown';
import { labelOf, sentenceOf, summaryText } from '../diff/render/sentences';
import type { ExposedEndpoint } from '../exposed-endpoint';
import { sizes } from '../render/json';
import { addressOf } from '../render/words';
import { admittedText } from './admitted';
import type { PageAccessChange, PageChangedEndpoint, PageChanges } from './page-data';
import { pageEntry } from './page-entry';

/** What is different between two states, as the page has it: what lets somebody in comes first. */
export function pageChanges(differences: readonly Difference[]): PageChanges {
  const inOrder = [...differences].sort((a, b) => weightOf(b.changes) - weightOf(a.changes));
  return { summary: summaryText(differences), endpoints: inOrder.map(changedEndpoint) };
}

function changedEndpoint(difference: Difference): PageChangedEndpoint {
  const { endpoint, before, after, gained, lost, changes } = difference;
  const shown = (after ?? before)!;
  return {
    endpoint,
    address: addressOf(shown),
    status: statusOf(difference),
    internetFacing: shown.internetFacing,
    admitsEverybody: admitsEverybody(shown.entries),
    facts: FACTS.filter((fact) => fact !== 'any' && changes.some(({ facts }) => facts.includes(fact))),
    gained: sizes(gained),
    lost: sizes(lost),
    before: admitted(before),
    after: admitted(after),
    sizes: { before: before && sizes(addressesOf(before.entries)), after: after && sizes(addressesOf(after.entries)) },
    access: changes.filter(isAccess).map(accessChange),
    others: changes
      .filter((change) => !isAccess(change))
      .map((change) => ({ label: labelOf(change), sentence: sentenceOf(change, difference, (text) => text) })),
  };
}

function statusOf({ before, after }: Difference): PageChangedEndpoint['status'] {
  if (before === undefined) return 'new';
  if (after === undefined) return 'gone';
  return before.endpoint === after.endpoint ? 'changed' : 'renamed';
}

function isAccess(change: Change): change is AccessChange {
  return change.kind === 'gained' || change.kind === 'lost';
}

function accessChange(change: AccessChange): PageAccessChange {
  const { kind, entry, addresses, hasExpired } = change;
  return { change: kind, label: labelOf(change), hasExpired, entry: pageEntry({ ...entry, addresses }) };
}

function admitted(side: ExposedEndpoint | undefined): string {
  return side === undefined ? 'nobody' : admittedText(side.entries);
}
