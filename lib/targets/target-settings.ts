import type { DatabaseEngine } from '../engine/database-engine';
import type { RuleQuotas } from '../placement/rule-quotas';
import type { DatabaseTarget } from './database-target';
import type { EndpointSessions } from './endpoint-sessions';

/** How the load balancer checks targets, with every default filled. Numbers may be tokens. */
export interface HealthCheckSettings {
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

/** The target group of an endpoint, with every default filled. */
export interface TargetGroupSettings {
  readonly vpcId: string;
  readonly target: DatabaseTarget;
  readonly port: number;
  readonly protocol: 'TCP' | 'TLS';
  readonly preserveClientIp: boolean;
  readonly deregistrationDelaySeconds: number;
  readonly healthCheck: HealthCheckSettings;
  /** Where open connections can be ended. */
  readonly sessions?: EndpointSessions;
}

/** A target group, and the settings of its load balancer that affect targets. */
export interface TargetSettings extends TargetGroupSettings {
  readonly engine: DatabaseEngine;
  /** Of the load balancer. */
  readonly subnetIds: readonly string[];
  readonly dualStack: boolean;
  readonly crossZone: boolean;
  readonly quotas: RuleQuotas;
}
