import { describeProblem } from '../../lib/rules/endpoint-error';
import { refusalOf } from '../support/shared-load-balancer';
import { SHARED_LOAD_BALANCER_MISTAKES } from './shared-load-balancer.refusals';
import type { SharedMistake } from './shared-mistake';
import { SHARING_MISTAKES } from './sharing.refusals';

const MISTAKES = [...SHARED_LOAD_BALANCER_MISTAKES, ...SHARING_MISTAKES];

const title = ({ rule, where }: SharedMistake): [string, string] => [rule, where];

describe.each(MISTAKES.map((row) => [...title(row), row] as const))('%s is found where %s', (_, __, row) => {
  const error = refusalOf(row.make);

  test('and nothing else is', () => {
    expect(error?.problems.map((problem) => ({ value: undefined, ...problem }))).toEqual(
      row.problems.map(({ property, value, reason, remedy }) => ({
        rule: row.rule,
        property,
        value,
        reason: expect.stringMatching(reason),
        remedy: expect.stringMatching(remedy),
      })),
    );
  });

  test('and said in full sentences that name the construct, the property and the rule', () => {
    const sentences = error?.problems.map(describeProblem) ?? [''];

    expect(error?.message).toBe(sentences.map((sentence) => `${row.at}: ${sentence}`).join('\n'));
    for (const sentence of sentences) {
      expect(sentence).toMatch(new RegExp(`^\\w.*\\. [A-Z].*[.)*] \\[${row.rule}\\]$`, 's'));
    }
  });
});
