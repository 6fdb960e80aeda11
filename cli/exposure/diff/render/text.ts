import { printable } from '../../../../lib/rules/printable';
import { accessOf } from '../../access';
import { accessText, addressOf } from '../../render/words';
import type { Change, Difference } from '../difference';
import { labelOf, sentenceOf, summaryText } from './sentences';

/** The differences, for people at a terminal. */
export function renderText(differences: readonly Difference[]): string {
  return [...differences.flatMap((each) => [...linesOf(each), '']), summaryText(differences), ''].join('\n');
}

function linesOf(difference: Difference): string[] {
  const { endpoint, before, after, changes } = difference;
  const admitted = (side: typeof before) => (side === undefined ? 'nobody' : accessText(accessOf(side.entries)));
  const [old, now] = [admitted(before), admitted(after)];
  return [
    `${printable(endpoint)}  ${printable(addressOf((after ?? before)!))}`,
    ...changes.map((change) => `  ${lineOf(change, difference)}`),
    `  admits ${old === now ? now : `${now} instead of ${old}`}`,
  ];
}

function lineOf(change: Change, difference: Difference): string {
  const label = labelOf(change);
  const sentence = sentenceOf(change, difference, (text) => printable(text, 200));
  return `${markOf(change)} ${label === undefined ? '' : `${label}: `}${printable(sentence)}`;
}

const ENTERING: ReadonlySet<Change['kind']> = new Set(['added', 'gained', 'userAdded', 'privilegesGained'] as const);
const LEAVING: ReadonlySet<Change['kind']> = new Set(['removed', 'lost', 'userRemoved', 'privilegesLost'] as const);

/** What it is at a glance. */
function markOf({ kind, facts }: Change): '+' | '-' | '!' | '~' {
  if (ENTERING.has(kind)) return '+';
  if (LEAVING.has(kind)) return '-';
  return facts.length > 1 ? '!' : '~';
}
