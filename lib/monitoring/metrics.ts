import { NAMESPACE } from '../function/metrics';
import { type METRICS as SYNC_METRICS, SERVICE as SYNC_SERVICE } from '../target-sync/metrics';
import { type METRICS as USER_METRICS, SERVICE as USER_SERVICE } from '../users/metrics';

/** A dimension whose value is known of what is monitored. */
export type Dimension = 'LoadBalancer' | 'TargetGroup' | 'FunctionName' | 'CertificateArn' | 'endpoint' | 'user';

/** What a metric is read with: the functions of CloudWatch that make one value of many. */
export type Statistic = 'Maximum' | 'Minimum' | 'Sum' | 'Average';

/** A metric as CloudWatch has it. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  /** All of its dimensions: CloudWatch finds nothing where one is left out. */
  readonly dimensions: readonly Dimension[];
  /** The dimension `service`, which the functions of this library add. */
  readonly service?: string;
  readonly statistic: Statistic;
  /** What a line of it is called. */
  readonly label: string;
}

const ofLoadBalancer = (name: string, label: string): Metric => ({
  ...{ namespace: 'AWS/NetworkELB', name, label },
  dimensions: ['LoadBalancer'],
  statistic: 'Sum',
});

// The values of several load balancer nodes: their sum, or their average, would count a target once for each.
const ofTargets = (name: string, statistic: 'Maximum' | 'Minimum', label: string): Metric => ({
  ...{ namespace: 'AWS/NetworkELB', name, statistic, label },
  dimensions: ['LoadBalancer', 'TargetGroup'],
});

const ofTargetGroup = (name: string, statistic: Statistic, label: string): Metric => ({
  ...{ namespace: 'AWS/NetworkELB', name, statistic, label },
  dimensions: ['TargetGroup'],
});

const ofFunction = (name: string, label: string): Metric => ({
  ...{ namespace: 'AWS/Lambda', name, label },
  dimensions: ['FunctionName'],
  statistic: 'Sum',
});

const ofSync = (name: keyof typeof SYNC_METRICS, statistic: Statistic, label: string): Metric => ({
  ...{ namespace: NAMESPACE, name, statistic, label },
  dimensions: ['endpoint'],
  service: SYNC_SERVICE,
});

const ofUser = (name: keyof typeof USER_METRICS, statistic: Statistic, label: string): Metric => ({
  ...{ namespace: NAMESPACE, name, statistic, label },
  dimensions: ['user'],
  service: USER_SERVICE,
});

/**
 * Every metric that alarms and dashboards are made of.
 *
 * What AWS has for a load balancer only says nothing of one of its endpoints, whatever it is called.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html
 */
export const MONITORED = {
  healthyTargets: ofTargets('HealthyHostCount', 'Maximum', 'healthy'),
  unhealthyTargets: ofTargets('UnHealthyHostCount', 'Minimum', 'unhealthy'),
  newConnections: ofTargetGroup('NewFlowCount', 'Sum', 'new'),
  openConnections: ofTargetGroup('ActiveFlowCount', 'Average', 'open'),

  openConnectionsOfAll: { ...ofLoadBalancer('ActiveFlowCount', 'open'), statistic: 'Average' },
  newConnectionsOfAll: ofLoadBalancer('NewFlowCount', 'new'),
  refusedFlows: ofLoadBalancer('SecurityGroupBlockedFlowCount_Inbound_TCP', 'not in the allowlist'),
  rejectedFlows: ofLoadBalancer('RejectedFlowCount', 'rejected by the load balancer'),
  portAllocationErrors: ofLoadBalancer('PortAllocationErrorCount', 'no free source port'),
  clientTlsErrors: ofLoadBalancer('ClientTLSNegotiationErrorCount', 'with clients'),
  targetTlsErrors: ofLoadBalancer('TargetTLSNegotiationErrorCount', 'with databases'),
  clientResets: ofLoadBalancer('TCP_Client_Reset_Count', 'by clients'),
  loadBalancerResets: ofLoadBalancer('TCP_ELB_Reset_Count', 'by the load balancer'),
  targetResets: ofLoadBalancer('TCP_Target_Reset_Count', 'by databases'),

  syncFailures: ofSync('RunsFailed', 'Sum', 'runs that failed'),
  syncUnanswered: ofSync('RunsUnanswered', 'Sum', 'runs without an answer'),
  secondsToRegister: ofSync('SecondsToRegister', 'Maximum', 'until the new target was registered'),
  secondsToDeregister: ofSync('SecondsToDeregister', 'Maximum', 'until the old target was removed'),
  functionInvocations: ofFunction('Invocations', 'invocations'),
  functionErrors: ofFunction('Errors', 'errors'),

  userDifferences: ofUser('UserDifferences', 'Maximum', 'differences'),

  daysToExpiry: {
    ...{ namespace: 'AWS/CertificateManager', name: 'DaysToExpiry', label: 'days' },
    dimensions: ['CertificateArn'],
    statistic: 'Minimum',
  },
} as const satisfies { readonly [name: string]: Metric };

/** What the dimensions of what is monitored are. Values may be tokens. */
export type Subject = { readonly [dimension in Dimension]?: string };

/** The dimensions of a metric with their values. */
export function dimensionsOf(metric: Metric, subject: Subject): { [dimension: string]: string } {
  const values = metric.dimensions.map((dimension) => {
    const value = subject[dimension];
    if (value === undefined) throw new Error(`${metric.name} needs the dimension ${dimension}`);
    return [dimension, value] as const;
  });
  const service = metric.service === undefined ? [] : [['service', metric.service] as const];
  return Object.fromEntries([...service, ...values]);
}
