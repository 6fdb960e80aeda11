import type { TerraformStack } from 'cdktf';
import {
  AdminSecret,
  AllowedSource,
  DatabaseEndpoint,
  DatabaseEngine,
  DatabaseTarget,
  EndpointCertificate,
  EndpointLoadBalancer,
  type EndpointMonitoringProps,
  EndpointTls,
  Grant,
} from '../../lib';
import { terminatingProps, validProps } from './endpoint';
import { type Block, resources, type TerraformJson } from './synthesis';

export const PAGER = 'arn:aws:sns:eu-central-1:123456789012:pager';
export const TICKETS = 'arn:aws:sns:eu-central-1:123456789012:tickets';

/** The smallest correct properties of `monitor()`. */
export function monitoringProps(overrides: Partial<EndpointMonitoringProps> = {}): EndpointMonitoringProps {
  return { actions: { alarm: [PAGER] }, ...overrides };
}

/** A target whose name is followed. */
export function followedTarget() {
  return DatabaseTarget.rdsInstance({
    identifier: 'orders',
    address: 'orders.abc123.eu-central-1.rds.amazonaws.com',
    securityGroupId: 'sg-0a1b2c3d4e5f60733',
    vpcCidrBlocks: ['10.0.0.0/16'],
  });
}

/** What a login of an integration needs. */
export const LOGIN = {
  admin: AdminSecret.fromArn('arn:aws:secretsmanager:eu-central-1:123456789012:secret:admin-Ab12Cd'),
  database: 'shop',
  grants: [Grant.read({ schema: 'sales' })],
  network: { subnetIds: ['subnet-0e', 'subnet-0f'] },
};

/** A stack in which everything that can be monitored is: each alarm is in it. */
export function monitorEverything(stack: TerraformStack, props = monitoringProps()): void {
  const orders = new DatabaseEndpoint(stack, 'Orders', validProps({ target: followedTarget() }));
  orders.monitor(props);
  const allow = [AllowedSource.cidr('203.0.113.7/32')];
  orders.addIntegration('Looker', { allow, user: { ...LOGIN, measureDriftEveryHours: 12, rotateEveryDays: 30 } });
  const cache = new DatabaseEndpoint(stack, 'Cache', {
    ...terminatingProps(),
    domain: { name: 'issued.db.example.com', zoneId: 'Z0123456789ABC', zoneName: 'db.example.com' },
    tls: EndpointTls.terminate({ certificate: EndpointCertificate.issue() }),
  });
  cache.monitor(props);
  const partners = new EndpointLoadBalancer(stack, 'Partners', {
    vpcId: 'vpc-0a1b2c3d',
    subnetIds: ['subnet-0a', 'subnet-0b'],
  });
  const { alarms: _, loadBalancerAlarms: alarms, ...rest } = props;
  partners.monitor({ ...rest, alarms });
  const shared = { target: DatabaseTarget.ipAddresses(['10.0.1.6']), allow };
  partners.addEndpoint('Archive', { ...shared, engine: DatabaseEngine.POSTGRESQL }).monitor(props);
  const { engine, tls } = terminatingProps();
  partners.addEndpoint('Sessions', { ...shared, engine, tls }).monitor(props);
}

/** Every alarm of a stack, by the construct's part of its address. */
export function alarmsIn(tf: TerraformJson): { readonly [id: string]: Block } {
  const found = tf.resource?.['aws_cloudwatch_metric_alarm'] ?? {};
  return Object.fromEntries(Object.entries(found).map(([id, block]) => [id.replace(/_[0-9A-F]{8}$/, ''), block]));
}

/** What an alarm is called between its path and what makes it unique. */
export function titleOf(alarm: Block): string {
  return /^[^:]*: ([^()]*) \(/.exec(String(alarm['alarm_name']))?.[1] ?? '';
}

/** The metric of an alarm, however it is written. */
export function metricOf(alarm: Block): { namespace: unknown; name: unknown; statistic: unknown; dimensions: object } {
  const queries = (alarm['metric_query'] ?? []) as { readonly metric?: Block }[];
  const metric = queries.find((each) => each.metric)?.metric;
  return {
    namespace: (metric ?? alarm)['namespace'],
    name: (metric ?? alarm)['metric_name'],
    statistic: metric?.['stat'] ?? alarm['statistic'],
    dimensions: (metric ?? alarm)['dimensions'] as object,
  };
}

interface DashboardWidget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: { readonly [name: string]: unknown };
}

/** The bodies of the dashboards of a stack, with `<reference>` in place of what is known after apply. */
export function dashboardsIn(tf: TerraformJson): { readonly start?: string; readonly widgets: DashboardWidget[] }[] {
  return resources(tf, 'aws_cloudwatch_dashboard').map((dashboard) => {
    const [, json = ''] = /^\$\{jsonencode\((.*)\)\}$/s.exec(String(dashboard['dashboard_body'])) ?? [];
    return JSON.parse(json.replace(/([:[,])((?:data\.|aws_)[\w.-]+)(?=[,}\]])/g, '$1"<$2>"'));
  });
}
