import type { AlarmActions } from './alarm-actions';
import type { EndpointAlarm } from './endpoint-alarm';
import type { EndpointDashboard } from './endpoint-dashboard';

/** How something is monitored. */
export interface MonitoringProps {
  /**
   * What happens when an alarm changes its state that cannot wait: clients cannot connect, or will not after the next
   * failover.
   *
   * A warning says so if nothing happens.
   */
  readonly actions: AlarmActions;

  /**
   * What happens instead for alarms that can wait until the morning, such as a ticket.
   *
   * @default the same as `actions`
   */
  readonly ticketActions?: AlarmActions;

  /**
   * Address of a page of your own that tells what to do: the description of each alarm links to a section of it, by the
   * same names as docs/runbook.md has. May be a token.
   *
   * @default docs/runbook.md of this library
   */
  readonly runbookUrl?: string;

  /**
   * The dashboard that shows it, in the same stack.
   *
   * @default one for everything of the stack that is monitored with the same provider
   */
  readonly dashboard?: EndpointDashboard;

  /**
   * Leaves it out of dashboards.
   *
   * @default false
   * @deciding
   */
  readonly withoutDashboard?: boolean;

  /**
   * Tags for the alarms, in addition to those of what is monitored.
   *
   * @default none in addition
   */
  readonly tags?: { [key: string]: string };

  /**
   * Names of warnings that have been read and accepted.
   *
   * @default every warning is shown at each synthesis
   */
  readonly acknowledge?: string[];
}

/** Choices about the alarms of a load balancer. AWS counts for the load balancer as a whole what these look at. */
export interface LoadBalancerAlarms {
  /**
   * The allowlists refuse more connections than usual.
   *
   * @default 4 standard deviations above what is usual, for 3 of 3 periods of 5 minutes
   */
  readonly refusedFlows?: EndpointAlarm;

  /**
   * TLS handshakes with clients fail. Only where a TLS listener is.
   *
   * @default more than 10 in 5 minutes, for 3 of 3 periods
   */
  readonly clientTlsErrors?: EndpointAlarm;

  /**
   * TLS handshakes with databases fail. Only where the load balancer encrypts again.
   *
   * @default 5 or more in a minute, for 3 of 5 minutes
   */
  readonly targetTlsErrors?: EndpointAlarm;

  /**
   * The load balancer has no source port left for a target.
   *
   * @default 1 or more in a minute, for 3 of 5 minutes
   */
  readonly portAllocationErrors?: EndpointAlarm;

  /**
   * The load balancer itself rejects connections.
   *
   * @default 1 or more in a minute, for 3 of 5 minutes
   */
  readonly rejectedFlows?: EndpointAlarm;

  /**
   * The load balancer resets more connections than usual.
   *
   * @default 4 standard deviations above what is usual, for 3 of 3 periods of 5 minutes
   */
  readonly loadBalancerResets?: EndpointAlarm;

  /**
   * Databases reset more connections than usual.
   *
   * @default 4 standard deviations above what is usual, for 3 of 3 periods of 5 minutes
   */
  readonly targetResets?: EndpointAlarm;
}

/** Choices about the alarms of an endpoint. */
export interface EndpointAlarms {
  /**
   * No target is healthy, or none is registered.
   *
   * @default 5 of 5 minutes; 8 of 8 where the name of the database is followed
   */
  readonly noHealthyTarget?: EndpointAlarm;

  /**
   * At least one target is unhealthy.
   *
   * @default 5 of 5 minutes
   */
  readonly unhealthyTargets?: EndpointAlarm;

  /**
   * The function that follows the name fails for this endpoint.
   *
   * @default in 3 of 5 minutes
   */
  readonly syncFailures?: EndpointAlarm;

  /**
   * DNS gives no usable answer for the name.
   *
   * @default in 5 of 5 minutes
   */
  readonly syncUnanswered?: EndpointAlarm;

  /**
   * A target was moved late.
   *
   * @default more than 60 seconds after the answer that called for it
   */
  readonly syncSlow?: EndpointAlarm;

  /**
   * The function that follows the name is not invoked. There is one for all endpoints of the function.
   *
   * @default for 5 of 5 minutes
   */
  readonly syncNotInvoked?: EndpointAlarm;

  /**
   * Runs of the function that follows the name end with an error. There is one for all endpoints of the function.
   *
   * @default in 5 of 5 minutes
   */
  readonly syncErrors?: EndpointAlarm;

  /**
   * A certificate expires soon. There is one for all endpoints of the stack that present the same certificate. For a
   * server certificate of IAM it never goes off, since AWS has no such metric of these.
   *
   * @default less than 30 days before its end
   */
  readonly certificateExpiry?: EndpointAlarm;

  /**
   * The function of a `DatabaseUser` of this endpoint fails, such as in a rotation.
   *
   * @default one failure
   */
  readonly userFunctionErrors?: EndpointAlarm;

  /**
   * A `DatabaseUser` of this endpoint differs from its declaration. Only with `measureDriftEveryHours`, whose schedule is
   * the period of the alarm.
   *
   * @default one difference
   */
  readonly userDrift?: EndpointAlarm;
}

/** How an endpoint is monitored. */
export interface EndpointMonitoringProps extends MonitoringProps {
  /**
   * Choices about single alarms.
   *
   * @default every alarm as docs/monitoring.md says
   */
  readonly alarms?: EndpointAlarms;

  /**
   * Choices about the alarms of its load balancer, if the endpoint has one of its own. One that is shared has its own
   * `monitor()`.
   *
   * @default every alarm as docs/monitoring.md says
   */
  readonly loadBalancerAlarms?: LoadBalancerAlarms;
}

/** How a load balancer that endpoints share is monitored. */
export interface LoadBalancerMonitoringProps extends MonitoringProps {
  /**
   * Choices about single alarms.
   *
   * @default every alarm as docs/monitoring.md says
   */
  readonly alarms?: LoadBalancerAlarms;
}
