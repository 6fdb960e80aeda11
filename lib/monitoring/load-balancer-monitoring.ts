import type { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';
import type { LoadBalancerAttributes } from '../load-balancer/load-balancer-attributes';
import type { SharedLoadBalancer } from '../load-balancer/shared-load-balancer';
import { tagsOf } from '../terraform/tags';
import { LOAD_BALANCER_ALARMS } from './alarm-definitions';
import type { EndpointDashboard } from './endpoint-dashboard';
import { AlarmsOfLoadBalancer } from './load-balancer-alarms';
import { choicesOf, dashboardFor, MONITORING, refuseMonitoring, warnOfMonitoring } from './monitored';
import type { LoadBalancerMonitoringProps } from './monitoring-props';

/** A load balancer that is to be monitored. */
export interface MonitoredLoadBalancer {
  readonly loadBalancer: Construct;
  readonly attributes: LoadBalancerAttributes;
  readonly shared: SharedLoadBalancer;
  readonly tags: { readonly [key: string]: string };
  readonly before?: LoadBalancerMonitoring;
}

/**
 * The alarms of a load balancer that endpoints share, as its `monitor()` makes them: what AWS counts for the load balancer
 * as a whole. What it counts for each endpoint is in the alarms of `endpoint.monitor()`.
 */
export class LoadBalancerMonitoring extends Construct {
  /** @internal */
  public static _monitor(monitored: MonitoredLoadBalancer, props: LoadBalancerMonitoringProps): LoadBalancerMonitoring {
    refuseMonitoring(monitored.loadBalancer, props, {
      struct: 'LoadBalancerMonitoringProps',
      isRepeated: monitored.before !== undefined,
      choices: () => choicesOf('alarms', props.alarms ?? {}, LOAD_BALANCER_ALARMS),
    });
    // The name of the class here would make a bundler rename it.
    return new this(monitored, props);
  }

  /** The dashboard that shows the load balancer. */
  public readonly dashboard?: EndpointDashboard;

  private readonly watched: AlarmsOfLoadBalancer;

  private constructor(monitored: MonitoredLoadBalancer, props: LoadBalancerMonitoringProps) {
    const { loadBalancer, attributes, shared } = monitored;
    super(loadBalancer, MONITORING);
    warnOfMonitoring(this, props);
    const { path } = loadBalancer.node;
    const { alarms = {}, runbookUrl } = props;
    const dimensions = { LoadBalancer: attributes.arnSuffix };
    const tags = tagsOf(this, { ...monitored.tags, ...props.tags });
    this.watched = new AlarmsOfLoadBalancer(this, { path, unique: attributes.name, dimensions, tags }, alarms, props);
    shared.tellOfTls((tls) => this.watched.watchTls(tls));
    this.dashboard = dashboardFor(loadBalancer, props);
    this.dashboard?._show({
      row: { kind: 'load-balancer', path, hostname: attributes.dnsName, runbookUrl, subject: dimensions },
      alarms: () => this.alarms,
    });
  }

  /** The alarms so far: those about TLS come with the first endpoint that has the load balancer do TLS. */
  public get alarms(): CloudwatchMetricAlarm[] {
    return [...this.watched.alarms];
  }
}
