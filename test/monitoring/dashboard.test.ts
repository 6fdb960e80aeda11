import Ajv from 'ajv';
import * as fc from 'fast-check';
import { AllowedSource, DatabaseEndpoint, EndpointDashboard } from '../../lib';
import { type DashboardContent, dashboardBody, ROWS } from '../../lib/monitoring/dashboard-body';
import type { DashboardRow } from '../../lib/monitoring/dashboard-row';
import { DASHBOARD_SCHEMA } from '../support/dashboard-schema';
import { validProps } from '../support/endpoint';
import { expression } from '../support/expression';
import { dashboardsIn, followedTarget, LOGIN, monitorEverything, monitoringProps } from '../support/monitoring';
import { runs } from '../support/property-runs';
import { addFleet, endpointProps } from '../support/shared-load-balancer';
import { onlyResource, resources, synthesize } from '../support/synthesis';

const isValid = new Ajv({ allErrors: true }).compile(DASHBOARD_SCHEMA);
const DASHBOARD = 'aws_cloudwatch_dashboard';

function mistakesIn(body: unknown): unknown {
  isValid(body);
  return isValid.errors ?? [];
}

/** Widgets that share a place of the grid. */
function overlaps(widgets: readonly { x: number; y: number; width: number; height: number }[]): unknown[] {
  return widgets.flatMap((a, i) =>
    widgets
      .slice(i + 1)
      .filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
      .map((b) => [a, b]),
  );
}

const text = fc.string({ minLength: 1, maxLength: 40 });
const row: fc.Arbitrary<DashboardRow> = fc.oneof(
  fc.record({
    ...{ kind: fc.constant('endpoint' as const), path: text, engine: text, hostname: text },
    port: fc.integer({ min: 1, max: 65_535 }),
    runbookUrl: fc.option(fc.webUrl(), { nil: undefined }),
    tls: fc.record({ terminates: fc.boolean(), reencrypts: fc.boolean() }),
    sharedLoadBalancer: fc.option(text, { nil: undefined }),
    subject: fc.record({
      ...{ LoadBalancer: text, TargetGroup: text },
      endpoint: fc.option(text, { nil: undefined }),
    }),
  }),
  fc.record({
    ...{ kind: fc.constant('load-balancer' as const), path: text, hostname: text },
    subject: fc.record({ LoadBalancer: text }),
  }),
);
const content: fc.Arbitrary<DashboardContent> = fc.record({
  region: fc.constant('eu-central-1'),
  rows: fc.array(row, { maxLength: ROWS }),
  alarms: fc.array(text, { maxLength: 450 }),
});

describe('the body of a dashboard', () => {
  it("fits CloudWatch's schema and its quotas, whatever is shown", () => {
    fc.assert(
      fc.property(content, (shown) => {
        const body = dashboardBody(shown);
        const { widgets } = body;

        expect(mistakesIn(JSON.parse(JSON.stringify(body)))).toEqual([]);
        expect(overlaps(widgets)).toEqual([]);
        expect(widgets.filter(({ x, width }) => x + width > 24)).toEqual([]);
        const metrics = widgets.flatMap(({ properties }) =>
          'metrics' in properties ? (properties.metrics as []) : [],
        );
        expect(metrics.length).toBeLessThanOrEqual(2500);
      }),
      { numRuns: runs(80) },
    );
  });

  it('fits when it is full', () => {
    const endpoint: DashboardRow = {
      ...{ kind: 'endpoint', path: 'prod/Orders', engine: 'PostgreSQL', hostname: 'a.b', port: 5432 },
      ...{
        tls: { terminates: true, reencrypts: true },
        subject: { LoadBalancer: 'a', TargetGroup: 'b', endpoint: 'c' },
      },
    };
    const alarms = Array.from({ length: ROWS * 16 }, (_, i) => `arn:${i}`);
    const body = dashboardBody({ region: 'eu-central-1', rows: Array.from({ length: ROWS }, () => endpoint), alarms });

    expect(mistakesIn(body)).toEqual([]);
    expect(body.widgets.flatMap(({ properties }) => ('alarms' in properties ? properties.alarms : []))).toEqual(alarms);
  });

  it('would not fit with a widget more than the quota, or a metric without its value', () => {
    const [widget] = dashboardBody({ region: 'x', rows: [], alarms: ['a'] }).widgets;
    const graph = { title: 'x', region: 'x', metrics: [['AWS/NetworkELB']] };

    expect(mistakesIn({ widgets: Array.from({ length: 501 }, () => widget) })).not.toEqual([]);
    expect(mistakesIn({ widgets: [{ ...widget, type: 'metric', properties: graph }] })).not.toEqual([]);
    expect(mistakesIn({ widgets: [{ ...widget, width: 25 }] })).not.toEqual([]);
  });
});

describe('the dashboard of a stack', () => {
  const tf = synthesize((stack) => monitorEverything(stack));
  const [{ widgets }] = dashboardsIn(tf);
  const titles = widgets.map(({ properties }) => String(properties['title'] ?? properties['markdown']).split('\n')[0]);

  it("fits CloudWatch's schema as it is written out", () => {
    expect(mistakesIn(dashboardsIn(tf)[0])).toEqual([]);
  });

  it('has a row for each endpoint, in six graphs, and one for each load balancer before its endpoints', () => {
    const ofAll = ', all of prod/Partners';
    const graphs = (shared: string, tls: string, following: string) => [
      ...['Open connections', 'New connections', `Refused${shared}`, tls, 'Targets', following],
    ];

    expect(titles.slice(2)).toEqual([
      ...['## prod/Cache', ...graphs('', 'TLS errors', '**Following the database**')],
      ...['## prod/Orders', ...graphs('', '**TLS errors**', 'Following the database')],
      ...[
        '## Load balancer prod/Partners',
        'Open connections',
        'New connections',
        'Refused',
        'TLS errors',
        'Source ports',
        'Resets',
      ],
      ...['## prod/Partners/Archive', ...graphs(ofAll, '**TLS errors**', '**Following the database**')],
      ...['## prod/Partners/Sessions', ...graphs(ofAll, `TLS errors${ofAll}`, '**Following the database**')],
    ]);
  });

  it('begins with how to read it, and with all alarms of the stack', () => {
    const [introduction, alarms] = widgets;

    expect(introduction.properties['markdown']).toMatch(/^# Database endpoints\nEach row is one endpoint/);
    expect(alarms.properties['alarms']).toHaveLength(resources(tf, 'aws_cloudwatch_metric_alarm').length);
  });

  it('explains every graph', () => {
    const { markdown } = widgets[0].properties;

    for (const title of ['Connections', 'Refused', 'TLS errors', 'Targets', 'Following the database']) {
      expect(markdown).toContain(`**${title}**`);
    }
  });

  it('is named after the stack and the Region, and may have another name', () => {
    const named = (dashboardName: string) =>
      synthesize((stack) => {
        const dashboard = new EndpointDashboard(stack, 'Dashboard', { dashboardName });
        new DatabaseEndpoint(stack, 'Orders', validProps()).monitor(monitoringProps({ dashboard }));
      });

    expect(onlyResource(tf, DASHBOARD)['dashboard_name']).toMatch(
      /^prod-database-endpoints-\$\{data\.aws_region\.EndpointDashboard_Region_\w+\.id\}$/,
    );
    expect(onlyResource(named('Databases'), DASHBOARD)['dashboard_name']).toBe('Databases');
    expect(onlyResource(named(expression('var.name')), DASHBOARD)['dashboard_name']).toBe('${var.name}');
  });

  it('leaves out what is not to be in it, and is not there if nothing is', () => {
    const none = synthesize((stack) => {
      new DatabaseEndpoint(stack, 'Orders', validProps()).monitor(monitoringProps({ withoutDashboard: true }));
      new EndpointDashboard(stack, 'Dashboard');
    });

    expect(none.resource).not.toHaveProperty(DASHBOARD);
    expect(none.data).toBeUndefined();
  });

  it('is continued on another one after forty rows, in whatever order they come', () => {
    const many = (order: (ids: string[]) => string[]) =>
      synthesize((stack) => {
        const ids = Array.from({ length: ROWS + 1 }, (_, i) => `E${String(i).padStart(2, '0')}`);
        const loadBalancer = addFleet(stack, {});
        for (const id of order(ids)) {
          const endpoint = loadBalancer.addEndpoint(id, endpointProps({ port: 6000 + ids.indexOf(id) }));
          endpoint.monitor(monitoringProps());
        }
      });
    const pages = dashboardsIn(many((ids) => ids));
    const headings = pages.map((page) =>
      page.widgets.flatMap(({ properties }) => /^## (\S+)/.exec(String(properties['markdown']))?.[1] ?? []),
    );

    expect(headings.map(({ length }) => length)).toEqual([ROWS, 1]);
    expect(headings[1]).toEqual(['prod/Partners/E40']);
    expect(dashboardsIn(many((ids) => [...ids].reverse()))).toEqual(pages);
  });
});

test('a name that is Markdown, or a template, is shown as it is', () => {
  const [{ widgets }] = dashboardsIn(
    synthesize((stack) => {
      new DatabaseEndpoint(stack, 'a_b*${x}', validProps({ target: followedTarget() })).monitor(monitoringProps());
    }),
  );

  expect(widgets[2].properties['markdown']).toMatch(
    /^## prod\/a\\_b\\\*\$\$\\\{x\\\}\n|^## prod\/a\\_b\\\*\$\\\{x\\\}\n/,
  );
});

test('the alarms of a login are in it too, also where the login comes later', () => {
  const tf = synthesize((stack) => {
    const endpoint = new DatabaseEndpoint(stack, 'Orders', validProps({ target: followedTarget() }));
    endpoint.monitor(monitoringProps());
    endpoint.addIntegration('Looker', { allow: [AllowedSource.cidr('203.0.113.7/32')], user: LOGIN });
  });

  expect(dashboardsIn(tf)[0].widgets[1].properties['alarms']).toContainEqual(
    expect.stringMatching(/^<aws_cloudwatch_metric_alarm\.Orders_Looker_User_Monitoring_Errors_\w+\.arn>$/),
  );
});
