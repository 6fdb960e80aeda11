import type { AccessLogs } from './access-logs';
import type { FlowLogs } from './flow-logs';

/** What a load balancer logs, and what that rests on. */
export interface LogSettings {
  readonly accessLogs?: AccessLogs;
  readonly flowLogs?: FlowLogs;
  readonly subnetIds: readonly string[];
}
