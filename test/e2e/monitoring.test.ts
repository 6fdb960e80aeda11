import Ajv from 'ajv';
import { DASHBOARD_SCHEMA } from '../support/dashboard-schema';
import { monitorEverything } from '../support/monitoring';
import { byEndpoint } from './fixtures/fleet';
import { MONITORING_CHANGES, monitoredFleet } from './fixtures/monitoring-changes';
import { createSite, type Site } from './fixtures/site';
import { VALIDATED } from './fixtures/validated';
import { describeWithTools, planAndApply, runOnMocks, synthesize, useLab, type Workspace } from './harness';

const DASHBOARD = 'aws_cloudwatch_dashboard';
const ALARM = 'aws_cloudwatch_metric_alarm';
const mistakesIn = (body: unknown) => {
  const isValid = new Ajv({ allErrors: true }).compile(DASHBOARD_SCHEMA);
  isValid(JSON.parse(String(body)));
  return isValid.errors ?? [];
};

describeWithTools(['terraform', 'provider'], 'everything that can be monitored', () => {
  const lab = useLab({ emulator: false });

  it('plans and applies on mocks, with names and dashboards that CloudWatch takes', async () => {
    const workspace = lab().workspace(synthesize('Everything', (stack) => monitorEverything(stack)));
    const everything = await runOnMocks(workspace, planAndApply(), MOCKS);
    const resources = Object.entries(everything.resources);
    const of = (type: string) =>
      resources.filter(([address]) => address.startsWith(`${type}.`)).map(([, each]) => each);

    expect(everything.problems).toEqual([]);
    expect(of(ALARM).length).toBeGreaterThan(25);
    for (const { alarm_name: name } of of(ALARM)) expect(name).toMatch(/^Everything\S*: [\w -]+ \(\S{4,64}\)$/);
    const [dashboard] = of(DASHBOARD);
    expect(mistakesIn(dashboard['dashboard_body'])).toEqual([]);
    expect(dashboard['dashboard_name']).toBe('Everything-database-endpoints-us-east-1');
    expect(JSON.stringify(dashboard['dashboard_body'])).not.toMatch(/\$\{/);
  });
});

const MOCKS = {
  ...VALIDATED,
  aws_lb: {
    arn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/mock/0123456789abcdef',
    arn_suffix: 'net/mock/0123456789abcdef',
    dns_name: 'mock-0123456789abcdef.elb.us-east-1.amazonaws.com',
    name: 'mock',
    zone_id: 'Z26RNL4JYFTOTI',
  },
};

const IDS = MONITORING_CHANGES.map(({ id }) => id);

// The steps build on each other: the waits of the AWS provider make one fleet and two applies a matter of minutes.
describeWithTools(['terraform', 'provider', 'emulator'], 'endpoints that are monitored', () => {
  const lab = useLab({ emulator: true });
  let site: Site;
  let workspace: Workspace;

  beforeAll(async () => {
    site = await createSite(lab().emulator);
    workspace = lab().workspace(monitoredFleet(site));
    await workspace.apply();
  });

  it('need nothing more after their first apply', async () => {
    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
  });

  it('have alarms and a dashboard in CloudWatch', async () => {
    const { emulator } = lab();
    const names = (await emulator.call('monitoring', 'DescribeAlarms')).all('AlarmName');
    const resources = Object.entries(await workspace.resources());
    const [, dashboard] = resources.find(([address]) => address.startsWith(`${DASHBOARD}.EndpointDashboard_`)) ?? [];

    expect(names).toContainEqual(expect.stringMatching(/^Monitored\/Listed: no healthy target \(dbep-\S+\)$/));
    expect(new Set(names).size).toBe(resources.filter(([address]) => address.startsWith(`${ALARM}.`)).length);
    expect(mistakesIn(dashboard?.['dashboard_body'])).toEqual([]);
  });

  describe('where every one has a change', () => {
    let planned: Readonly<Record<string, string[]>> = {};

    beforeAll(async () => {
      workspace.configure(monitoredFleet(site, IDS));
      planned = byEndpoint((await workspace.plan()).actions);
    });

    it.each(MONITORING_CHANGES)('Terraform does exactly this about $property ($change)', ({ id, actions }) => {
      expect(planned[id] ?? []).toEqual([...actions].sort());
    });

    it('nothing else changes', () => {
      const changing = MONITORING_CHANGES.filter(({ actions }) => actions.length > 0).map(({ id }) => id);

      expect(Object.keys(planned).sort()).toEqual(changing.sort());
    });
  });

  it('need nothing more after the changes are applied, and leave nothing behind', async () => {
    workspace.configure(monitoredFleet(site, IDS));
    await workspace.apply();
    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });

    await workspace.destroy();
    const { emulator } = lab();
    expect((await emulator.call('monitoring', 'DescribeAlarms')).all('AlarmName')).toEqual([]);
    expect((await emulator.call('monitoring', 'ListDashboards')).all('DashboardName')).toEqual([]);
  });
});
