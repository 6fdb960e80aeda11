import { TerraformStack, Testing } from 'cdktf';
import * as fc from 'fast-check';
import { DatabaseEndpoint, EndpointAlarm, EndpointError } from '../../lib';
import { ENDPOINT_ALARMS } from '../../lib/monitoring/alarm-definitions';
import { DASHBOARD_RULES } from '../../lib/monitoring/dashboard-rules';
import { MONITORING_RULES, MONITORING_WARNINGS, SHARED_ALARM_RULE } from '../../lib/monitoring/monitoring-rules';
import { applyRules } from '../../lib/rules/rule';
import { validProps } from '../support/endpoint';
import { monitoringProps } from '../support/monitoring';
import { runs } from '../support/property-runs';
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

/** What PutMetricAlarm says of the three numbers, for metrics of standard resolution. */
function isTakenByCloudWatch(period: number, evaluated: number, bad: number): boolean {
  const isWhole = [period, evaluated, bad].every((each) => Number.isInteger(each) && each > 0);
  const lookback = period < 60 * 60 ? 24 * 60 * 60 : 7 * 24 * 60 * 60;
  return isWhole && period % 60 === 0 && bad <= evaluated && period * evaluated <= lookback;
}

test('the numbers of an alarm are accepted exactly if CloudWatch takes them', () => {
  const period = fc.oneof(
    fc.constantFrom(10, 30, 60, 300, 3540, 3600, 86_400, 604_800, 604_860),
    fc.integer({ min: -60, max: 700_000 }),
    fc.integer({ min: 0, max: 12_000 }).map((minutes) => minutes * 60),
  );
  const count = fc.oneof(fc.integer({ min: -1, max: 12 }), fc.integer({ min: 1, max: 2000 }), fc.constant(1.5));

  fc.assert(
    fc.property(period, count, count, (periodSeconds, evaluationPeriods, datapointsToAlarm) => {
      const choice = EndpointAlarm.adjusted({ periodSeconds, evaluationPeriods, datapointsToAlarm });
      const problems = applyRules(MONITORING_RULES, {
        ...{ props: monitoringProps(), isRepeated: false, stacks: { monitored: 'prod' } },
        choices: [{ property: 'alarms.unhealthyTargets', definition: ENDPOINT_ALARMS.unhealthyTargets, choice }],
      });

      expect(problems.length === 0).toBe(isTakenByCloudWatch(periodSeconds, evaluationPeriods, datapointsToAlarm));
    }),
    { numRuns: runs(2000) },
  );
});
