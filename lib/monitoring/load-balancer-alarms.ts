import type { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { Construct } from 'constructs';
import type { TlsOnLoadBalancer } from '../load-balancer/shared-load-balancer';
import { type AlarmSubject, createAlarm } from './alarm';
import { LOAD_BALANCER_ALARMS } from './alarm-definitions';
import type { LoadBalancerAlarms } from './monitoring-props';
import { type AlarmDefaults, resolveAlarm } from './resolve-alarm';

/** The alarms of a load balancer: those about TLS as soon as an endpoint has it do TLS. */
export class AlarmsOfLoadBalancer {
  public readonly alarms: CloudwatchMetricAlarm[] = [];
  private readonly made = new Set<keyof LoadBalancerAlarms>();

  public constructor(
    private readonly scope: Construct,
    private readonly subject: AlarmSubject,
    private readonly choices: LoadBalancerAlarms,
    private readonly defaults: AlarmDefaults,
  ) {
    this.make('refusedFlows', 'portAllocationErrors', 'rejectedFlows', 'loadBalancerResets', 'targetResets');
  }

  /** Watches what one more endpoint has the load balancer do. */
  public watchTls({ terminates, reencrypts }: TlsOnLoadBalancer): void {
    if (terminates) this.make('clientTlsErrors');
    if (reencrypts) this.make('targetTlsErrors');
  }

  private make(...names: (keyof LoadBalancerAlarms)[]): void {
    for (const name of names.filter((each) => !this.made.has(each))) {
      this.made.add(name);
      const definition = LOAD_BALANCER_ALARMS[name];
      const alarm = resolveAlarm(definition, this.choices[name], this.defaults);
      if (alarm) this.alarms.push(createAlarm(this.scope, definition.id, alarm, this.subject));
    }
  }
}
