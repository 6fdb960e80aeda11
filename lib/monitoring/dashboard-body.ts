import type { DashboardRow, EndpointRow, LoadBalancerRow } from './dashboard-row';
import { dimensionsOf, type Metric, MONITORED, type Subject } from './metrics';
import { runbookSection } from './runbook';

/** A widget of CloudWatch, as far as it is used here. */
export interface Widget {
  readonly type: 'metric' | 'text' | 'alarm';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: object;
}

/**
 * What `PutDashboard` takes.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export interface DashboardBody {
  readonly start: string;
  readonly periodOverride: 'inherit';
  readonly widgets: readonly Widget[];
}

/** What a dashboard shows. */
export interface DashboardContent {
  readonly region: string;
  readonly rows: readonly DashboardRow[];
  /** ARNs of the alarms about what it shows. */
  readonly alarms: readonly string[];
}

/**
 * Rows of one dashboard. CloudWatch takes 500 widgets; of these a row has seven, and nobody scrolls further anyhow.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
 */
export const ROWS = 40;

/** Columns of CloudWatch's grid. */
const COLUMNS = 24;

/** ARNs that one widget of alarms takes. */
const ALARMS_OF_WIDGET = 100;

const INTRODUCTION_HEIGHT = 7;
const HEADING_HEIGHT = 2;
const GRAPH_HEIGHT = 5;

/** A widget before it has its place. */
type Unplaced = Pick<Widget, 'type' | 'properties'>;

/** A dashboard that somebody can read who has never seen it. */
export function dashboardBody({ region, rows, alarms }: DashboardContent): DashboardBody {
  const lines: (readonly [number, readonly Unplaced[]])[] = [
    [INTRODUCTION_HEIGHT, [introduction()]],
    ...alarmWidgets(alarms).map((widget) => [alarmHeight(alarms.length), [widget]] as const),
    ...rows.flatMap((row) => [
      [HEADING_HEIGHT, [heading(row)]] as const,
      [GRAPH_HEIGHT, row.kind === 'endpoint' ? endpointGraphs(row, region) : loadBalancerGraphs(row, region)] as const,
    ]),
  ];
  const widgets: Widget[] = [];
  let y = 0;
  for (const [height, line] of lines) {
    const width = COLUMNS / line.length;
    widgets.push(...line.map((widget, i) => ({ ...widget, x: i * width, y, width, height })));
    y += height;
  }
  return { start: '-PT12H', periodOverride: 'inherit', widgets };
}

function introduction(): Unplaced {
  return text(`# Database endpoints
Each row is one endpoint: an address in front of a private database. From left to right:

- **Connections**: open ones, and new ones a minute. None at all, where there should be some: look at the targets.
- **Refused**: attempts from addresses that are not in the allowlist. The internet always knocks; a jump is a client with a new address, or somebody who is looking.
- **TLS errors**: handshakes that failed. Only where the load balancer speaks TLS.
- **Targets**: databases that answer, and that do not. **Healthy must not be 0.**
- **Following the database**: after a failover, the seconds until the old address was out; any failure is red.

Where endpoints share a load balancer, AWS counts refused connections and TLS errors for all of them together: the title says so.`);
}

function heading(row: DashboardRow): Unplaced {
  const runbook = `[What to do](${runbookSection(row.runbookUrl, 'where-to-begin')})`;
  return row.kind === 'endpoint'
    ? text(`## ${markdown(row.path)}\n${markdown(row.engine)} at \`${row.hostname}\`, port ${row.port}. ${runbook}`)
    : text(`## Load balancer ${markdown(row.path)}\nAll of its endpoints together, at \`${row.hostname}\`. ${runbook}`);
}

function endpointGraphs({ subject, tls, sharedLoadBalancer: shared }: EndpointRow, region: string): Unplaced[] {
  const ofAll = shared === undefined ? '' : `, all of ${shared}`;
  const { targetTlsErrors } = MONITORED;
  const graph = graphsOf(subject, region);
  return [
    graph('Open connections', [[MONITORED.openConnections]]),
    graph('New connections', [[MONITORED.newConnections]]),
    graph(`Refused${ofAll}`, [
      [MONITORED.refusedFlows, ORANGE],
      [MONITORED.rejectedFlows, RED],
    ]),
    tls.terminates
      ? graph(`TLS errors${ofAll}`, [
          [MONITORED.clientTlsErrors, ORANGE],
          ...(tls.reencrypts ? [[targetTlsErrors, RED] as const] : []),
        ])
      : text('**TLS errors**\n\nThe database does TLS itself, so the load balancer sees none of it.'),
    graph('Targets', [
      [MONITORED.healthyTargets, GREEN],
      [MONITORED.unhealthyTargets, RED],
    ]),
    subject.endpoint === undefined
      ? text('**Following the database**\n\nIts addresses are fixed: nothing is followed.')
      : graph('Following the database', [
          [MONITORED.secondsToDeregister],
          [MONITORED.secondsToRegister],
          [MONITORED.syncFailures, RED],
          [MONITORED.syncUnanswered, ORANGE],
        ]),
  ];
}

function loadBalancerGraphs({ subject }: LoadBalancerRow, region: string): Unplaced[] {
  const graph = graphsOf(subject, region);
  return [
    graph('Open connections', [[MONITORED.openConnectionsOfAll]]),
    graph('New connections', [[MONITORED.newConnectionsOfAll]]),
    graph('Refused', [
      [MONITORED.refusedFlows, ORANGE],
      [MONITORED.rejectedFlows, RED],
    ]),
    graph('TLS errors', [
      [MONITORED.clientTlsErrors, ORANGE],
      [MONITORED.targetTlsErrors, RED],
    ]),
    graph('Source ports', [[MONITORED.portAllocationErrors, RED]]),
    graph('Resets', [[MONITORED.clientResets], [MONITORED.loadBalancerResets, ORANGE], [MONITORED.targetResets, RED]]),
  ];
}

const GREEN = '#2ca02c';
const ORANGE = '#ff7f0e';
const RED = '#d62728';

type Line = readonly [metric: Metric, color?: string];

function graphsOf(subject: Subject, region: string) {
  return (title: string, lines: readonly Line[]): Unplaced => ({
    type: 'metric',
    properties: {
      title,
      region,
      view: 'timeSeries',
      stacked: false,
      period: 60,
      yAxis: { left: { min: 0 } },
      metrics: lines.map(([metric, color]) => [
        metric.namespace,
        metric.name,
        ...Object.entries(dimensionsOf(metric, subject)).flat(),
        { stat: metric.statistic, label: metric.label, ...(color === undefined ? {} : { color }) },
      ]),
    },
  });
}

function alarmWidgets(alarms: readonly string[]): Unplaced[] {
  const count = Math.ceil(alarms.length / ALARMS_OF_WIDGET);
  return Array.from({ length: count }, (_, i) => ({
    type: 'alarm',
    properties: {
      title: 'Alarms: red ones first',
      alarms: alarms.slice(i * ALARMS_OF_WIDGET, (i + 1) * ALARMS_OF_WIDGET),
      sortBy: 'stateUpdatedTimestamp',
    },
  }));
}

/** Each line of a widget shows about four alarms. */
function alarmHeight(alarms: number): number {
  return Math.min(2 + Math.ceil(Math.min(alarms, ALARMS_OF_WIDGET) / 4), 12);
}

function text(markdown: string): Unplaced {
  return { type: 'text', properties: { markdown } };
}

/** A name that Markdown shows as it is. */
function markdown(name: string): string {
  return name.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&');
}
