import type { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { Construct } from 'constructs';
import type { ListenerCertificate } from '../certificate/certificates';
import type { LoadBalancerAttributes } from '../load-balancer/load-balancer-attributes';
import type { TlsOnLoadBalancer } from '../load-balancer/shared-load-balancer';
import type { TargetSync } from '../target-sync/target-sync';
import { tagsOf } from '../terraform/tags';
import { attributeOf } from '../tokens/expression';
import type { UserOfEndpoint } from '../users/database-endpoint-interface';
import { type AlarmSubject, createAlarm } from './alarm';
import type { AlarmDefinition } from './alarm-definition';
import {
  ALARMS_OF_ENDPOINT,
  ENDPOINT_ALARMS,
  FOLLOWED_TIMING,
  LOAD_BALANCER_ALARMS,
  READERS_CHANGED,
  SYNC_ALARMS,
  SYNC_FUNCTION_ALARMS,
} from './alarm-definitions';
import { watchCertificate } from './certificate-alarms';
import type { EndpointDashboard } from './endpoint-dashboard';
import { AlarmsOfLoadBalancer } from './load-balancer-alarms';
import { choicesOf, dashboardFor, MONITORING, refuseMonitoring, warnOfMonitoring } from './monitored';
import type { EndpointAlarms, EndpointMonitoringProps } from './monitoring-props';
import type { AlarmChoice } from './monitoring-rules';
import { METHOD } from './monitoring-types';
import { resolveAlarm } from './resolve-alarm';
import { SharedAlarm } from './shared-alarm';
import { watchUser } from './user-alarms';

/** An endpoint that is to be monitored. */
export interface MonitoredEndpoint {
  readonly endpoint: Construct;
  readonly engine: string;
  readonly hostname: string;
  readonly port: number;
  readonly loadBalancer: LoadBalancerAttributes;
  /** Path of the load balancer, where others share it. */
  readonly sharedLoadBalancer?: string;
  readonly targetGroup: LbTargetGroup;
  readonly targetSync?: TargetSync;
  /** Whether the name that is followed is one of readers. */
  readonly followsReaders: boolean;
  readonly tls: TlsOnLoadBalancer;
  readonly certificates: readonly ListenerCertificate[];
  readonly users: readonly UserOfEndpoint[];
  readonly tags: { readonly [key: string]: string };
  readonly before?: EndpointMonitoring;
}

type AlarmName = keyof EndpointAlarms & keyof typeof ALARMS_OF_ENDPOINT;

/** The alarms of an endpoint, and its row in a dashboard, as `endpoint.monitor()` makes them. */
export class EndpointMonitoring extends Construct {
  /** @internal */
  public static _monitor(monitored: MonitoredEndpoint, props: EndpointMonitoringProps): EndpointMonitoring {
    refuseMonitoring(monitored.endpoint, props, {
      struct: 'EndpointMonitoringProps',
      isRepeated: monitored.before !== undefined,
      choices: () => allChoices(monitored, props),
    });
    // The name of the class here would make a bundler rename it.
    return new this(monitored, props);
  }

  /** The dashboard that shows the endpoint. */
  public readonly dashboard?: EndpointDashboard;

  private readonly own: CloudwatchMetricAlarm[] = [];
  private readonly shared: SharedAlarm[] = [];
  private readonly choices: EndpointAlarms;
  private readonly tags: { readonly [key: string]: string };
  private readonly loadBalancerAlarms?: AlarmsOfLoadBalancer;

  private constructor(
    private readonly monitored: MonitoredEndpoint,
    private readonly props: EndpointMonitoringProps,
  ) {
    super(monitored.endpoint, MONITORING);
    warnOfMonitoring(this, props);
    this.choices = props.alarms ?? {};
    this.tags = { ...monitored.tags, ...props.tags };
    const { loadBalancer, targetSync, sharedLoadBalancer, tls } = monitored;
    const subject = this.subject();

    this.add(subject, ENDPOINT_ALARMS);
    if (targetSync) {
      this.add(subject, SYNC_ALARMS);
      this.watchFunction(targetSync);
    }
    for (const certificate of monitored.certificates) this.watchCertificate(certificate);
    if (sharedLoadBalancer === undefined) {
      const dimensions = { LoadBalancer: loadBalancer.arnSuffix };
      const choices = props.loadBalancerAlarms ?? {};
      this.loadBalancerAlarms = new AlarmsOfLoadBalancer(this, { ...subject, dimensions }, choices, props);
      this.loadBalancerAlarms.watchTls(tls);
    }
    for (const user of monitored.users) this._watch(user);
    this.dashboard = dashboardFor(monitored.endpoint, props);
    this.show(subject);
  }

  /**
   * The alarms so far, also those that the endpoint has in common with others. A database user that is made later has its
   * own.
   */
  public get alarms(): CloudwatchMetricAlarm[] {
    const ofLoadBalancer = this.loadBalancerAlarms?.alarms ?? [];
    return [...this.own, ...this.shared.map(({ resource }) => resource), ...ofLoadBalancer];
  }

  /**
   * Watches one more user of the database.
   *
   * @internal
   */
  public _watch(user: UserOfEndpoint): void {
    this.own.push(...watchUser(user, this.choices, this.props, this.tags));
  }

  private subject(): AlarmSubject {
    const { endpoint, loadBalancer, targetGroup, targetSync } = this.monitored;
    return {
      path: endpoint.node.path,
      unique: loadBalancer.name,
      dimensions: {
        LoadBalancer: loadBalancer.arnSuffix,
        TargetGroup: attributeOf(targetGroup, 'arn_suffix'),
        endpoint: targetSync === undefined ? undefined : endpoint.node.path,
      },
      tags: tagsOf(this, this.tags),
    };
  }

  private add(subject: AlarmSubject, definitions: { readonly [name in AlarmName]?: AlarmDefinition }): void {
    for (const [name, definition] of Object.entries(definitions) as [AlarmName, AlarmDefinition][]) {
      const { targetSync, followsReaders } = this.monitored;
      const isForFailover = name === 'noHealthyTarget' && targetSync !== undefined;
      const isOfReaders = name === 'syncSlow' && followsReaders;
      const fitting = {
        ...definition,
        ...(isForFailover ? FOLLOWED_TIMING : {}),
        ...(isOfReaders ? { metric: READERS_CHANGED } : {}),
      };
      const alarm = resolveAlarm(fitting, this.choices[name], this.props);
      if (alarm) this.own.push(createAlarm(this, definition.id, alarm, subject));
    }
  }

  /** The function may be that of several endpoints. */
  private watchFunction(sync: TargetSync): void {
    const name = attributeOf(sync.lambdaFunction, 'function_name');
    const subject = { path: sync.node.path, unique: name, dimensions: { FunctionName: name } };
    const definitions = Object.entries(SYNC_FUNCTION_ALARMS) as [keyof typeof SYNC_FUNCTION_ALARMS, AlarmDefinition][];
    for (const [property, definition] of definitions) {
      const alarm = resolveAlarm(definition, this.choices[property], this.props);
      if (alarm === undefined) continue;
      this.shared.push(
        SharedAlarm.join(sync, `${MONITORING}${definition.id}`, subject, {
          endpoint: this.monitored.endpoint,
          property: `${METHOD}.alarms.${property}`,
          alarm,
          isAdjusted: this.choices[property] !== undefined,
          tags: this.tags,
        }),
      );
    }
  }

  private watchCertificate(certificate: ListenerCertificate): void {
    const found = watchCertificate(certificate, {
      monitoring: this,
      endpoint: this.monitored.endpoint,
      choice: this.choices.certificateExpiry,
      defaults: this.props,
      tags: this.tags,
    });
    if (found instanceof SharedAlarm) this.shared.push(found);
    else if (found) this.own.push(found);
  }

  private show({ path, dimensions: subject }: AlarmSubject): void {
    const { engine, hostname, port, tls, sharedLoadBalancer } = this.monitored;
    const { runbookUrl } = this.props;
    this.dashboard?._show({
      row: { kind: 'endpoint', path, engine, hostname, port, runbookUrl, subject, tls, sharedLoadBalancer },
      alarms: () => this.alarms,
    });
  }
}

function allChoices(monitored: MonitoredEndpoint, props: EndpointMonitoringProps): AlarmChoice[] {
  const { targetSync, certificates, sharedLoadBalancer, tls } = monitored;
  const { alarms = {}, loadBalancerAlarms = {} } = props;
  return [
    ...choicesOf('alarms', alarms, ALARMS_OF_ENDPOINT, (name) => {
      if (name.startsWith('sync') && targetSync === undefined) return 'the name of the database is not followed';
      const isWithout = name === 'certificateExpiry' && certificates.length === 0;
      return isWithout ? 'the listener does not terminate TLS' : undefined;
    }),
    ...choicesOf('loadBalancerAlarms', loadBalancerAlarms, LOAD_BALANCER_ALARMS, (name) => {
      if (sharedLoadBalancer !== undefined) {
        return `${sharedLoadBalancer} is shared, and has alarms of its own by its monitor()`;
      }
      if (name === 'clientTlsErrors' && !tls.terminates) return 'the listener does not terminate TLS';
      return name === 'targetTlsErrors' && !tls.reencrypts ? 'the load balancer does not encrypt again' : undefined;
    }),
  ];
}
