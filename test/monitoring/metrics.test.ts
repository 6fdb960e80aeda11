import { METRICS as SYNC } from '../../lib/target-sync/metrics';
import { METRICS as USERS } from '../../lib/users/metrics';
import { alarmsIn, dashboardsIn, metricOf, monitorEverything } from '../support/monitoring';
import { synthesize } from '../support/synthesis';

const NLB = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html';
const LAMBDA = 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html';
const ACM = 'https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html';

/** A metric as its source has it: the sets of dimensions without `AvailabilityZone`, each in alphabetical order. */
interface Published {
  readonly source: string;
  readonly dimensions: readonly string[];
  /** What AWS calls useful, or makes sense of what our functions send. */
  readonly statistics: readonly string[];
}

const L = 'LoadBalancer';
const T = 'TargetGroup';
const LT = 'LoadBalancer TargetGroup';
const counted = (dimensions: readonly string[]): Published => ({ source: NLB, dimensions, statistics: ['Sum'] });

/** Read in the sources, and not in the library. */
const PUBLISHED: { readonly [namespace: string]: { readonly [name: string]: Published } } = {
  'AWS/NetworkELB': {
    // Over the nodes of the load balancer, of which one may not have looked yet: as AWS recommends it for monitoring.
    HealthyHostCount: { source: NLB, dimensions: [LT], statistics: ['Maximum'] },
    UnHealthyHostCount: { source: NLB, dimensions: [LT], statistics: ['Minimum'] },
    ActiveFlowCount: { source: NLB, dimensions: [L, T], statistics: ['Average', 'Maximum', 'Minimum'] },
    NewFlowCount: counted([L, T]),
    SecurityGroupBlockedFlowCount_Inbound_TCP: counted([L]),
    RejectedFlowCount: counted([L]),
    PortAllocationErrorCount: counted([L]),
    ClientTLSNegotiationErrorCount: counted([L]),
    TargetTLSNegotiationErrorCount: counted([L]),
    TCP_Client_Reset_Count: counted([L]),
    TCP_ELB_Reset_Count: counted([L]),
    TCP_Target_Reset_Count: counted([L]),
  },
  'AWS/Lambda': {
    Invocations: { source: LAMBDA, dimensions: ['FunctionName'], statistics: ['Sum'] },
    Errors: { source: LAMBDA, dimensions: ['FunctionName'], statistics: ['Sum'] },
  },
  'AWS/CertificateManager': {
    DaysToExpiry: { source: ACM, dimensions: ['CertificateArn'], statistics: ['Minimum'] },
  },
  DatabaseEndpoint: {
    RunsFailed: { source: 'lambda/target-sync/report.ts', dimensions: ['endpoint service'], statistics: ['Sum'] },
    RunsUnanswered: { source: 'lambda/target-sync/report.ts', dimensions: ['endpoint service'], statistics: ['Sum'] },
    SecondsToRegister: {
      source: 'lambda/target-sync/report.ts',
      dimensions: ['endpoint service'],
      statistics: ['Maximum'],
    },
    SecondsToDeregister: {
      source: 'lambda/target-sync/report.ts',
      dimensions: ['endpoint service'],
      statistics: ['Maximum'],
    },
    UserDifferences: {
      source: 'lambda/database-user/report.ts',
      dimensions: ['service user'],
      statistics: ['Maximum'],
    },
  },
};

interface Used {
  readonly namespace: unknown;
  readonly name: unknown;
  readonly statistic: unknown;
  readonly dimensions: object;
}

const tf = synthesize((stack) => monitorEverything(stack));
const alarmed: Used[] = Object.values(alarmsIn(tf)).map(metricOf);
const shown: Used[] = dashboardsIn(tf).flatMap(({ widgets }) =>
  widgets
    .filter(({ type }) => type === 'metric')
    .flatMap(({ properties }) => properties['metrics'] as unknown[][])
    .map((metric) => {
      const { stat } = metric.at(-1) as { stat: string };
      const pairs = metric.slice(2, -1);
      const dimensions = Object.fromEntries(pairs.flatMap((name, i) => (i % 2 === 0 ? [[name, pairs[i + 1]]] : [])));
      return { namespace: metric[0], name: metric[1], statistic: stat, dimensions };
    }),
);
const setOf = ({ dimensions }: Used) => Object.keys(dimensions).sort().join(' ');

test('every metric of an alarm or a dashboard is published, with exactly these dimensions', () => {
  const unknown = [...alarmed, ...shown].filter((used) => {
    const published = PUBLISHED[String(used.namespace)]?.[String(used.name)];
    return !published?.dimensions.includes(setOf(used)) || !published.statistics.includes(String(used.statistic));
  });

  expect(alarmed.length).toBeGreaterThan(20);
  expect(shown.length).toBeGreaterThan(30);
  expect(unknown).toEqual([]);
});

test('every metric in the table is used, so that none of its rows is a guess', () => {
  const used = new Set([...alarmed, ...shown].map((each) => `${each.namespace} ${each.name}`));
  const rows = Object.entries(PUBLISHED).flatMap(([namespace, names]) =>
    Object.keys(names).map((name) => `${namespace} ${name}`),
  );

  expect(rows.filter((row) => !used.has(row))).toEqual([]);
});

test('what our functions send is what they declare to send', () => {
  const sent = Object.keys(PUBLISHED['DatabaseEndpoint']);

  expect(sent.filter((name) => !(name in SYNC) && !(name in USERS))).toEqual([]);
});

test('what AWS counts for a load balancer only is never asked for by target group', () => {
  const onlyL = Object.keys(PUBLISHED['AWS/NetworkELB']).filter(
    (name) => PUBLISHED['AWS/NetworkELB'][name].dimensions.join() === L,
  );

  expect(onlyL.length).toBeGreaterThan(7);
  for (const used of [...alarmed, ...shown].filter(({ name }) => onlyL.includes(String(name)))) {
    expect(Object.keys(used.dimensions)).toEqual([L]);
  }
});

test('the dimensions are the values that AWS and the functions use', () => {
  const alarms = alarmsIn(tf);
  const of = (id: string) => metricOf(alarms[id]).dimensions;

  expect(of('Orders_Monitoring_NoHealthyTarget')).toEqual({
    LoadBalancer: expect.stringMatching(/^\$\{aws_lb\.Orders_LoadBalancer_\w+\.arn_suffix\}$/),
    TargetGroup: expect.stringMatching(/^\$\{aws_lb_target_group\.Orders_TargetGroup_\w+\.arn_suffix\}$/),
  });
  expect(of('Partners_Archive_Monitoring_NoHealthyTarget')).toEqual({
    LoadBalancer: expect.stringMatching(/^\$\{aws_lb\.Partners_LoadBalancer_\w+\.arn_suffix\}$/),
    TargetGroup: expect.stringMatching(/^\$\{aws_lb_target_group\.Partners_Archive_TargetGroup_\w+\.arn_suffix\}$/),
  });
  expect(of('Orders_Monitoring_SyncFailures')).toEqual({ service: 'target-sync', endpoint: 'prod/Orders' });
  expect(of('Orders_Looker_User_Monitoring_Drift')).toEqual({
    service: 'database-user',
    user: 'prod/Orders/Looker/User',
  });
  expect(of('Orders_Looker_User_Monitoring_Errors')).toEqual({
    FunctionName: expect.stringMatching(/^\$\{aws_lambda_function\.Orders_Looker_User_Function_\w+\.function_name\}$/),
  });
});
