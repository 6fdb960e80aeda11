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

/** What it is at a glance. */
function markOf({ kind, facts }: Change): '+' | '-' | '!' | '~' {
  if (kind === 'added' || kind === 'gained') return '+';
  if (kind === 'removed' || kind === 'lost') return '-';
  return facts.length > 1 ? '!' : '~';
}
