import { Logger } from '@aws-lambda-powertools/logger';
import type { Answer } from '../../../lambda/target-sync/answer';
import { NOTHING } from '../../../lambda/target-sync/memory';
import type { Change, Progress } from '../../../lambda/target-sync/progress';
import { type Report, reportOn } from '../../../lambda/target-sync/report';
import type { Target } from '../../../lambda/target-sync/target';
import { SERVICE } from '../../../lib/target-sync/metrics';
import { answering, EMPTY, NAME, NXDOMAIN } from './fixtures';

interface Line {
  readonly [key: string]: unknown;
}

/** The lines that Powertools writes, which is what Lambda passes on to CloudWatch. */
function linesOf(report: (to: Report) => void): { logs: Line[]; metrics: Line[] } {
  const lines: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  }
  try {
    report(reportOn('prod/Orders', new Logger({ serviceName: SERVICE })));
  } finally {
    jest.restoreAllMocks();
  }
  const parsed: Line[] = lines.map((text) => JSON.parse(text));
  return { logs: parsed.filter((line) => !('_aws' in line)), metrics: parsed.filter((line) => '_aws' in line) };
}

const step = { target: { address: '10.0.0.1', port: 5432 }, because: 'the names resolve to it', since: 1000 };
const change = (action: Change['action']): Change => ({ ...step, action });
const progress = (answers: readonly (readonly [string, Answer])[]): Progress => ({
  memory: NOTHING,
  answers: new Map(answers),
  observed: [{ address: '10.0.0.1', port: 5432, state: 'healthy' }],
  describeAt: 0,
  wait: [],
  unverified: [],
  setbacks: 0,
});

test('metrics carry the namespace, the endpoint and the service', () => {
  const { metrics } = linesOf((report) => {
    report.changed([change('register')], 3500);
    report.flush();
  });

  expect(metrics).toEqual([
    {
      _aws: {
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [
          {
            Namespace: 'DatabaseEndpoint',
            Dimensions: [['service', 'endpoint']],
            Metrics: [
              { Name: 'TargetsRegistered', Unit: 'Count' },
              { Name: 'SecondsToRegister', Unit: 'Seconds' },
            ],
          },
        ],
      },
      service: 'target-sync',
      endpoint: 'prod/Orders',
      TargetsRegistered: 1,
      SecondsToRegister: 2.5,
    },
  ]);
});

test.each<[string, (report: Report) => void, object]>([
  [
    'a removal',
    (report) => report.changed([change('deregister')], 2000),
    { TargetsDeregistered: 1, SecondsToDeregister: 1 },
  ],
  ['an empty answer', (report) => report.answered(new Map([[NAME, EMPTY]])), { EmptyAnswers: 1 }],
  ['a failed look-up', (report) => report.answered(new Map([[NAME, NXDOMAIN]])), { FailedLookups: 1 }],
  [
    'a throttled call',
    (report) => report.failed(Object.assign(new Error(), { name: 'Throttling' })),
    { ThrottledCalls: 1 },
  ],
  ['any other failure', (report) => report.failed('text'), { FailedLooks: 1 }],
  [
    'a target that has become healthy',
    (report) => report.recovered([{ address: '10.0.0.1', port: 5432, seconds: 185 }]),
    { SecondsUntilHealthy: 185 },
  ],
  [
    'a target that gets no traffic',
    (report) => report.ended(progress([]), ['no'], [{ kind: 'unused', text: 'no' }]),
    { RunsFailed: 1, TargetsUnused: 1 },
  ],
  [
    'targets that are not healthy in time',
    (report) =>
      report.ended(
        progress([]),
        ['a', 'b'],
        [
          { kind: 'unhealthy', text: 'a' },
          { kind: 'unhealthy', text: 'b' },
        ],
      ),
    { RunsFailed: 1, TargetsUnhealthy: 2 },
  ],
  ['a failed run', (report) => report.ended(progress([]), ['it failed']), { RunsFailed: 1 }],
  [
    'a run without an answer',
    (report) => report.ended(progress([[NAME, NXDOMAIN]]), ['no']),
    { RunsFailed: 1, RunsUnanswered: 1 },
  ],
])('%s is counted', (_, happens, counted) => {
  const { metrics } = linesOf((report) => {
    happens(report);
    report.flush();
  });

  expect(metrics).toEqual([expect.objectContaining(counted)]);
});

test('a run in which nothing happens sends no metric, and one line', () => {
  const { logs, metrics } = linesOf((report) => {
    report.waits([]);
    report.changed([], 0);
    report.flush();
    report.ended(progress([[NAME, answering(['10.0.0.1'])]]), []);
  });

  expect(metrics).toEqual([]);
  expect(logs).toEqual([
    expect.objectContaining({
      level: 'INFO',
      message: 'The run is over',
      endpoint: 'prod/Orders',
      registered: ['10.0.0.1 healthy'],
    }),
  ]);
});

test('an answer is logged when it changes, and counted each time', () => {
  const { logs, metrics } = linesOf((report) => {
    for (const answer of [
      answering(['10.0.0.1']),
      answering(['10.0.0.1'], 3),
      NXDOMAIN,
      NXDOMAIN,
      EMPTY,
      answering(['10.0.0.2']),
    ]) {
      report.answered(new Map([[NAME, answer]]));
    }
    report.flush();
  });

  expect(logs).toMatchObject([
    { level: 'INFO', message: 'The name answers', name: NAME, addresses: ['10.0.0.1'] },
    { level: 'WARN', name: NAME, answer: 'failed', reason: 'NXDOMAIN' },
    { level: 'WARN', name: NAME, answer: 'empty' },
    { level: 'INFO', message: 'The name answers', addresses: ['10.0.0.2'] },
  ]);
  expect(metrics).toEqual([expect.objectContaining({ FailedLookups: [1, 1], EmptyAnswers: 1 })]);
});

test('what is done is logged with its reason before it is done', () => {
  const { logs } = linesOf((report) => report.acts('register', [step]));

  expect(logs).toMatchObject([
    {
      message: 'Going to register targets',
      targets: [{ address: '10.0.0.1', port: 5432, because: 'the names resolve to it' }],
    },
  ]);
});

test('what is waited for is logged once', () => {
  const { logs } = linesOf((report) => {
    for (let i = 0; i < 3; i++) report.waits([{ ...step, until: 7000 }]);
  });

  expect(logs).toMatchObject([
    { message: 'Waiting', targets: [{ address: '10.0.0.1', until: '1970-01-01T00:00:07.000Z' }] },
  ]);
});

test('states other than healthy are logged with their reasons when they change, and at the end', () => {
  const target = (address: string, state: Target['state'], reason?: string): Target => ({
    address,
    port: 5432,
    state,
    reason,
  });
  const draining = target('10.0.0.1', 'draining', 'Target.DeregistrationInProgress');
  const observed = [draining, target('10.0.0.2', 'initial', 'Elb.RegistrationInProgress')];

  const { logs } = linesOf((report) => {
    report.saw([target('10.0.0.1', 'healthy')]);
    report.saw(observed);
    report.saw(observed);
    report.saw([draining, target('10.0.0.2', 'unhealthy', 'Target.FailedHealthChecks')]);
    report.ended({ ...progress([]), observed }, []);
  });

  expect(logs).toMatchObject([
    {
      message: 'Not healthy yet, or no longer healthy',
      ailing: ['10.0.0.1 draining (Target.DeregistrationInProgress)', '10.0.0.2 initial (Elb.RegistrationInProgress)'],
    },
    {
      ailing: ['10.0.0.1 draining (Target.DeregistrationInProgress)', '10.0.0.2 unhealthy (Target.FailedHealthChecks)'],
    },
    {
      message: 'The run is over',
      registered: [
        '10.0.0.1 draining (Target.DeregistrationInProgress)',
        '10.0.0.2 initial (Elb.RegistrationInProgress)',
      ],
    },
  ]);
});

test('failures are logged with what is registered', () => {
  const { logs } = linesOf((report) => report.ended(progress([]), ['Error: no']));

  expect(logs).toMatchObject([{ level: 'ERROR', failures: ['Error: no'], registered: ['10.0.0.1 healthy'] }]);
});
