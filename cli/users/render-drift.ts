import { printable } from '../../lib/rules/printable';
import type { Finding, UserDescription } from '../../lib/users/description';
import { differencesIn, type Unanswered, type UserReport } from './user-report';

/** Where a user differs, for people: a line for each difference. */
export function renderDrift({ description }: UserReport): string {
  return `${[titleOf(description), ...findingLines(description)].join('\n')}\n`;
}

/** Why a function could not be asked, for people. */
export function renderProblem({ function: name, problem, remedy }: Unanswered): string {
  return `error: ${printable(name)}: ${problem}\n  -> ${remedy}\n`;
}

/** A user, and whether it is as declared. */
export function titleOf(description: UserDescription): string {
  const count = differencesIn(description);
  const said = count === 0 ? 'as declared' : `${count} ${count === 1 ? 'difference' : 'differences'}`;
  return `${printable(description.user)}: ${said}`;
}

/** Differences, remarks, and how many of them there are besides. */
export function findingLines({ differences, remarks, leftOut }: UserDescription): readonly string[] {
  const lines = (label: string, findings: readonly Finding[], more = 0) => [
    ...findings.map(({ kind, says }) => `  ${label.padEnd(8)}${printable(kind).padEnd(26)}${printable(says)}`),
    ...(more > 0 ? [`  ${label.padEnd(8)}${more} more are left out`] : []),
  ];
  return [...lines('DIFFERS', differences, leftOut?.differences), ...lines('remark', remarks, leftOut?.remarks)];
}
