import { alarmState, evaluated, statesOver } from '../support/alarm-evaluation';

// The tables of https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html, where 0 is
// good, X is bad and - is missing; RETAINED is the state from before.
const THREE_OF_THREE = [
  ['0 - X - X', 'OK', 'OK', 'OK', 'OK'],
  ['0 - - - -', 'OK', 'OK', 'OK', 'OK'],
  ['- - - - -', 'INSUFFICIENT_DATA', 'RETAINED', 'ALARM', 'OK'],
  ['0 X X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['- - - - X', 'INSUFFICIENT_DATA', 'RETAINED', 'ALARM', 'OK'],
  ['X - - - -', 'ALARM', 'RETAINED', 'ALARM', 'OK'],
  ['- - X - -', 'ALARM', 'RETAINED', 'ALARM', 'OK'],
] as const;
const TWO_OF_THREE = [
  ['0 - X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['0 0 X 0 X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['0 - X - -', 'OK', 'OK', 'ALARM', 'OK'],
  ['- - - - 0', 'OK', 'OK', 'ALARM', 'OK'],
  ['- - - - X', 'INSUFFICIENT_DATA', 'RETAINED', 'ALARM', 'OK'],
  ['- - - X -', 'ALARM', 'RETAINED', 'ALARM', 'OK'],
] as const;

const ROWS = [...THREE_OF_THREE.map((row) => [3, ...row] as const), ...TWO_OF_THREE.map((row) => [2, ...row] as const)];
const MARKS = { '0': 'good', X: 'breaching', '-': undefined } as const;

test.each(ROWS)(
  '%s bad of three in %s: missing %s, ignore %s, breaching %s, notBreaching %s',
  (bad, points, ...states) => {
    const range = points.split(' ').map((mark) => MARKS[mark as keyof typeof MARKS]);
    const treated = (['missing', 'ignore', 'breaching', 'notBreaching'] as const).map((missingData) => {
      const alarm = { evaluationPeriods: 3, datapointsToAlarm: bad, missingData };
      const after = (['OK', 'ALARM'] as const).map((before) => alarmState(range, alarm, before));
      return after[0] === after[1] ? after[0] : 'RETAINED';
    });

    expect(treated).toEqual(states);
  },
);

test('samples become data points by the statistic and the period', () => {
  const alarm = (statistic: string) =>
    evaluated({
      ...{ period: 120, evaluation_periods: 1, datapoints_to_alarm: 1, treat_missing_data: 'missing', statistic },
      ...{ comparison_operator: 'GreaterThanOrEqualToThreshold', threshold: 5 },
    });
  const samples = { everySeconds: 60, values: [2, 3, undefined, 5, 4, 4] };

  expect(statesOver(alarm('Sum'), samples)).toEqual(['ALARM', 'ALARM', 'ALARM']);
  expect(statesOver(alarm('Maximum'), samples)).toEqual(['OK', 'ALARM', 'OK']);
  expect(statesOver(alarm('Minimum'), samples)).toEqual(['OK', 'ALARM', 'OK']);
});

test('a band tells what is unusual from what is not, and nothing as long as it knows nothing', () => {
  const alarm = evaluated({
    ...{ evaluation_periods: 1, datapoints_to_alarm: 1, treat_missing_data: 'notBreaching' },
    comparison_operator: 'GreaterThanUpperThreshold',
    metric_query: [
      { id: 'usual', expression: 'ANOMALY_DETECTION_BAND(counted, 4)' },
      { id: 'counted', metric: { period: 60, stat: 'Sum' } },
    ],
  });

  expect(statesOver(alarm, { everySeconds: 60, values: [900, 1000, 1100, 1050, 5000] })).toEqual([
    ...['OK', 'OK', 'OK', 'OK', 'ALARM'],
  ]);
});
