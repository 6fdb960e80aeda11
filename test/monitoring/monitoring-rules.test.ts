import { TerraformStack, Testing } from 'cdktf';
import { DatabaseEndpoint, EndpointError } from '../../lib';
import { DASHBOARD_RULES } from '../../lib/monitoring/dashboard-rules';
import { MONITORING_RULES, MONITORING_WARNINGS, SHARED_ALARM_RULE } from '../../lib/monitoring/monitoring-rules';
import { validProps } from '../support/endpoint';
import { warningsOf } from '../support/synthesis';
import { MONITORING_MISTAKES, MONITORING_WARNED } from './monitoring.refusals';

function problemsOf(make: (stack: TerraformStack) => void): EndpointError['problems'] {
  try {
    make(new TerraformStack(Testing.app(), 'prod'));
  } catch (error) {
    if (EndpointError.isEndpointError(error)) return error.problems;
    throw error;
  }
  return [];
}

test.each(MONITORING_MISTAKES.map((each) => [each.rule, each.where, each] as const))(
  '%s is found where %s',
  (rule, _, { make, problem: { property, value, reason, remedy } }) => {
    expect(problemsOf(make).map((problem) => ({ value: undefined, ...problem }))).toEqual([
      { rule, property, value, reason: expect.stringMatching(reason), remedy: expect.stringMatching(remedy) },
    ]);
  },
);

test.each(MONITORING_WARNED.map((each) => [each.rule, each.where, each] as const))(
  '%s is warned of where %s, until it is acknowledged',
  (rule, _, { props }) => {
    const shown = (acknowledge: string[]) => {
      const endpoint = new DatabaseEndpoint(new TerraformStack(Testing.app(), 'prod'), 'Orders', validProps());
      const { alarm } = props.actions;
      return warningsOf(endpoint.monitor({ actions: { alarm: [...alarm] }, acknowledge }));
    };

    expect(shown([])).toEqual([expect.stringMatching(new RegExp(`^monitor\\(\\)\\.actions\\.alarm .*\\[${rule}\\]$`))]);
    expect(shown([rule])).toEqual([]);
  },
);

test('every rule has its row', () => {
  const rules = [...MONITORING_RULES, SHARED_ALARM_RULE, ...DASHBOARD_RULES].map(({ name }) => name);

  expect([...new Set(MONITORING_MISTAKES.map(({ rule }) => rule))].sort()).toEqual(rules.sort());
  expect(MONITORING_WARNED.map(({ rule }) => rule)).toEqual(MONITORING_WARNINGS.map(({ name }) => name));
});
