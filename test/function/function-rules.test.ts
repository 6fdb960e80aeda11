import { FUNCTION_RULES } from '../../lib/function/function-rules';
import { applyRules } from '../../lib/rules/rule';
import { FUNCTION_REFUSALS } from './function.refusals';

test.each(FUNCTION_REFUSALS.map((row) => [row.rule, row.where, row] as const))(
  'a function is refused with %s where %s',
  (rule, _, { props, problem }) => {
    expect(applyRules(FUNCTION_RULES, { vpcId: 'vpc-0a', ...props })).toEqual([
      {
        rule,
        property: problem.property,
        value: problem.value,
        reason: expect.stringMatching(problem.reason),
        remedy: expect.stringMatching(problem.remedy),
      },
    ]);
  },
);

test('every rule about functions has a row', () => {
  const names = (rules: readonly string[]) => [...new Set(rules)].sort();

  expect(names(FUNCTION_REFUSALS.map(({ rule }) => rule))).toEqual(names(FUNCTION_RULES.map(({ name }) => name)));
});
