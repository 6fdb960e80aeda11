import { TerraformStack } from 'cdktf';
import {
  AllowedSource,
  DatabaseEndpoint,
  EndpointAlarm,
  EndpointDashboard,
  type EndpointMonitoringProps,
} from '../../lib';
import { terminatingProps, validProps } from '../support/endpoint';
import type { ExpectedProblem } from '../support/mistake';
import { followedTarget, monitoringProps, PAGER } from '../support/monitoring';
import { addFleet, endpointProps } from '../support/shared-load-balancer';

/** One row of the table of what `monitor()` is refused with. */
export interface MonitoringMistake {
  readonly rule: string;
  /** Continues "is found where ...". */
  readonly where: string;
  readonly make: (stack: TerraformStack) => void;
  readonly problem: ExpectedProblem;
}

function row(rule: string, where: string, props: Partial<EndpointMonitoringProps>, problem: ExpectedProblem) {
  const make = (stack: TerraformStack) => {
    new DatabaseEndpoint(stack, 'Orders', validProps()).monitor(monitoringProps(props));
  };
  return { rule, where, make, problem };
}

function adjusting(rule: string, where: string, settings: object, problem: ExpectedProblem) {
  const at = 'monitor().alarms.unhealthyTargets';
  const props = { alarms: { unhealthyTargets: EndpointAlarm.adjusted(settings) } };
  return row(rule, where, props, { ...problem, property: `${at}.${problem.property}` });
}

const timing = (where: string, settings: object, property: string, value: unknown, reason: RegExp, remedy: RegExp) =>
  adjusting('AlarmTimingInvalid', where, settings, { property, value, reason, remedy });

const BALANCER = { actions: { alarm: [PAGER] } };
const arns = (count: number) => Array.from({ length: count }, (_, i) => `${PAGER}${i}`);
const made = (where: string, make: MonitoringMistake['make'], rule: string, problem: ExpectedProblem) => {
  return { rule, where, make, problem };
};

export const MONITORING_MISTAKES: readonly MonitoringMistake[] = [
  made(
    'it was called before',
    (stack) => {
      const endpoint = new DatabaseEndpoint(stack, 'Orders', validProps());
      endpoint.monitor(monitoringProps());
      endpoint.monitor(monitoringProps());
    },
    'MonitoredTwice',
    { property: 'monitor()', reason: /called already/, remedy: /once/ },
  ),
  made(
    'a load balancer was monitored before',
    (stack) => {
      const loadBalancer = addFleet(stack, {});
      loadBalancer.monitor(BALANCER);
      loadBalancer.monitor(BALANCER);
    },
    'MonitoredTwice',
    { property: 'monitor()', reason: /called already/, remedy: /once/ },
  ),
  made(
    'an integration has the id',
    (stack) => {
      const endpoint = new DatabaseEndpoint(stack, 'Orders', validProps());
      endpoint.addIntegration('Monitoring', { allow: [AllowedSource.cidr('203.0.113.7/32')] });
      endpoint.monitor(monitoringProps());
    },
    'MonitoringIdTaken',
    { property: 'monitor()', reason: /prod\/Orders\/Monitoring/, remedy: /another id/ },
  ),
  row(
    'AcknowledgeUnknown',
    'a warning is misspelt',
    { acknowledge: ['AlarmUnheard'] },
    {
      ...{ property: 'monitor().acknowledge[0]', value: 'AlarmUnheard' },
      ...{ reason: /not the name of a warning/, remedy: /AlarmsUnheard/ },
    },
  ),
  row(
    'TagInvalid',
    'a tag has a character that AWS refuses',
    { tags: { team: 'data!' } },
    {
      ...{ property: 'monitor().tags["team"]', value: 'data!', reason: /AWS refuses/, remedy: /letters/ },
    },
  ),
  row(
    'AlarmActionInvalid',
    'an action is the name of a topic',
    { actions: { alarm: ['on-call'] } },
    {
      ...{ property: 'monitor().actions.alarm[0]', value: 'on-call', reason: /not an ARN/, remedy: /arn:aws:sns:/ },
    },
  ),
  row(
    'AlarmActionInvalid',
    'that of a ticket is',
    { ticketActions: { alarm: [], ok: [PAGER, 'x'] } },
    {
      ...{ property: 'monitor().ticketActions.ok[1]', value: 'x', reason: /not an ARN/, remedy: /arn:aws:sns:/ },
    },
  ),
  adjusting(
    'AlarmActionInvalid',
    'that of one alarm is',
    { actions: { alarm: [], insufficientData: ['x'] } },
    {
      ...{ property: 'actions.insufficientData[0]', value: 'x', reason: /not an ARN/, remedy: /arn:aws:sns:/ },
    },
  ),
  row(
    'AlarmActionsTooMany',
    'there are six',
    { actions: { alarm: arns(6), ok: [] } },
    {
      ...{ property: 'monitor().actions.alarm', value: 6, reason: /the 5 that/, remedy: /one SNS topic/ },
    },
  ),
  row(
    'AlarmNotApplicable',
    'nothing is followed',
    { alarms: { syncSlow: EndpointAlarm.adjusted({ threshold: 5 }) } },
    {
      ...{ property: 'monitor().alarms.syncSlow', reason: /not followed/, remedy: /out/ },
    },
  ),
  row(
    'AlarmNotApplicable',
    'there is no certificate',
    { alarms: { certificateExpiry: EndpointAlarm.adjusted({ threshold: 5 }) } },
    { property: 'monitor().alarms.certificateExpiry', reason: /not terminate TLS/, remedy: /out/ },
  ),
  row(
    'AlarmNotApplicable',
    'the load balancer does no TLS',
    { loadBalancerAlarms: { targetTlsErrors: EndpointAlarm.adjusted({ threshold: 5 }) } },
    { property: 'monitor().loadBalancerAlarms.targetTlsErrors', reason: /not encrypt again/, remedy: /out/ },
  ),
  made(
    'the load balancer is shared',
    (stack) => {
      const endpoint = addFleet(stack, {}).addEndpoint('Orders', endpointProps());
      const refusedFlows = EndpointAlarm.adjusted({ threshold: 500 });
      endpoint.monitor(monitoringProps({ loadBalancerAlarms: { refusedFlows } }));
    },
    'AlarmNotApplicable',
    {
      ...{ property: 'monitor().loadBalancerAlarms.refusedFlows', reason: /prod\/Partners is shared.*monitor\(\)/ },
      remedy: /out/,
    },
  ),
  ...[-1, Number.NaN, Number.POSITIVE_INFINITY].map((threshold) =>
    adjusting(
      'AlarmThresholdInvalid',
      `the threshold is ${threshold}`,
      { threshold },
      {
        ...{ property: 'threshold', value: String(threshold), reason: /not below zero/, remedy: /not below zero/ },
      },
    ),
  ),
  row(
    'AlarmThresholdInvalid',
    'no deviation at all is usual',
    { loadBalancerAlarms: { refusedFlows: EndpointAlarm.adjusted({ standardDeviations: 0 }) } },
    {
      ...{ property: 'monitor().loadBalancerAlarms.refusedFlows.standardDeviations', value: '0' },
      ...{ reason: /above zero/, remedy: /above zero/ },
    },
  ),
  row(
    'AlarmThresholdInvalid',
    'both a threshold and a band are written',
    { loadBalancerAlarms: { refusedFlows: EndpointAlarm.adjusted({ standardDeviations: 2, threshold: 5 }) } },
    {
      ...{ property: 'monitor().loadBalancerAlarms.refusedFlows.standardDeviations', value: 2 },
      ...{ reason: /no effect/, remedy: /one of the two/ },
    },
  ),
  adjusting(
    'AlarmThresholdInvalid',
    'an alarm with a threshold is to go by a band',
    { standardDeviations: 2 },
    {
      ...{ property: 'standardDeviations', value: 2, reason: /"unhealthy targets" goes by/, remedy: /threshold/ },
    },
  ),
  timing('a period is no whole minute', { periodSeconds: 90 }, 'periodSeconds', '90', /minutes/, /minutes/),
  timing('a period is ten seconds', { periodSeconds: 10 }, 'periodSeconds', '10', /minutes/, /minutes/),
  timing('no period is looked at', { evaluationPeriods: 0 }, 'evaluationPeriods', '0', /at least 1/, /at least 1/),
  timing('half a period is bad', { datapointsToAlarm: 0.5 }, 'datapointsToAlarm', '0.5', /at least 1/, /at least 1/),
  timing('more are bad than looked at', { datapointsToAlarm: 6 }, 'datapointsToAlarm', 6, /the 5 periods/, /1 to 5/),
  timing(
    ...(['it looks back more than a day', { evaluationPeriods: 1441 }, 'evaluationPeriods', 1441] as const),
    ...([/86460 seconds/, /fewer/] as const),
  ),
  timing(
    ...(['it looks back more than a week', { periodSeconds: 172_800 }, 'periodSeconds', 172_800] as const),
    ...([/864000 seconds/, /fewer/] as const),
  ),
  row(
    'RunbookUrlInvalid',
    'the runbook has no address',
    { runbookUrl: 'runbook.md' },
    {
      ...{ property: 'monitor().runbookUrl', value: 'runbook.md', reason: /address of a page/, remedy: /https:/ },
    },
  ),
  row(
    'RunbookUrlInvalid',
    'the address names a section',
    { runbookUrl: 'https://wiki.example.com/a#b' },
    {
      ...{ property: 'monitor().runbookUrl', value: 'https://wiki.example.com/a#b' },
      ...{ reason: /without a section/, remedy: /https:/ },
    },
  ),
  made(
    'the dashboard is in another stack',
    (stack) => {
      const dashboard = new EndpointDashboard(new TerraformStack(stack.node.root, 'other'), 'Dashboard');
      new DatabaseEndpoint(stack, 'Orders', validProps()).monitor(monitoringProps({ dashboard }));
    },
    'DashboardElsewhere',
    { property: 'monitor().dashboard', value: 'other', reason: /another stack than prod/, remedy: /leave it out/ },
  ),
  made(
    'there is a dashboard, and none',
    (stack) => {
      const dashboard = new EndpointDashboard(stack, 'Dashboard');
      new DatabaseEndpoint(stack, 'Orders', validProps()).monitor(
        monitoringProps({ dashboard, withoutDashboard: true }),
      );
    },
    'DashboardContradicted',
    { property: 'monitor().withoutDashboard', value: true, reason: /contradicts/, remedy: /one of the two/ },
  ),
  ...['', 'Our endpoints', 'x'.repeat(251)].map((dashboardName) =>
    made(
      `a dashboard is called '${dashboardName.slice(0, 20)}'`,
      (stack) => {
        new EndpointDashboard(stack, 'Dashboard', { dashboardName });
      },
      'DashboardNameInvalid',
      { property: 'dashboardName', value: dashboardName, reason: /cannot name/, remedy: /250 letters/ },
    ),
  ),
  made(
    'two endpoints of one function want other numbers of its alarm',
    (stack) => {
      for (const [id, threshold] of [
        ['Orders', 1],
        ['Invoices', 2],
      ] as const) {
        const endpoint = new DatabaseEndpoint(stack, id, validProps({ target: followedTarget() }));
        endpoint.monitor(monitoringProps({ alarms: { syncNotInvoked: EndpointAlarm.adjusted({ threshold }) } }));
      }
    },
    'SharedAlarmContradicted',
    {
      property: 'monitor().alarms.syncNotInvoked',
      ...{ reason: /prod\/TargetSync-vpc-0a1b2c3d.*another threshold/, remedy: /same threshold/ },
    },
  ),
  made(
    'two endpoints of one certificate have other runbooks',
    (stack) => {
      for (const id of ['Orders', 'Invoices']) {
        const endpoint = new DatabaseEndpoint(stack, id, terminatingProps());
        endpoint.monitor(monitoringProps({ runbookUrl: `https://wiki.example.com/${id}` }));
      }
    },
    'SharedAlarmContradicted',
    { property: 'monitor().alarms.certificateExpiry', reason: /another runbookUrl/, remedy: /same runbookUrl/ },
  ),
  made(
    'endpoints of one certificate have six topics together',
    (stack) => {
      for (const id of ['Orders', 'Invoices']) {
        const endpoint = new DatabaseEndpoint(stack, id, terminatingProps());
        endpoint.monitor({ actions: { alarm: [0, 1, 2].map((i) => `${PAGER}-${id}-${i}`) } });
      }
    },
    'SharedAlarmContradicted',
    { property: 'monitor().alarms.certificateExpiry', value: 6, reason: /the 5 that/, remedy: /same SNS topic/ },
  ),
];

/** Every warning, and where it is shown. */
export const MONITORING_WARNED = [
  { rule: 'AlarmsUnheard', where: 'nothing is to happen', props: { actions: { alarm: [] } } },
] as const;
