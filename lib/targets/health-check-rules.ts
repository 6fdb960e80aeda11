import { CATALOGUE } from '../engine/catalogue';
import { numberRange } from '../rules/number-range';
import type { Rule } from '../rules/rule';
import { isUnresolved } from '../tokens/unresolved';
import type { TargetSettings } from './target-settings';

/** Validation rules for health checks, and for the other numbers of a target group. */
export const HEALTH_CHECK_RULES: readonly Rule<TargetSettings>[] = [
  numberRange(({ target, deregistrationDelaySeconds, healthCheck }) => [
    { property: 'target.port', value: target._options.port, min: 1, max: 65535, unit: '' },
    { property: 'deregistrationDelaySeconds', value: deregistrationDelaySeconds, min: 0, max: 3600, unit: ' seconds' },
    { property: 'healthCheck.intervalSeconds', value: healthCheck.intervalSeconds, min: 5, max: 300, unit: ' seconds' },
    { property: 'healthCheck.timeoutSeconds', value: healthCheck.timeoutSeconds, min: 2, max: 120, unit: ' seconds' },
    { property: 'healthCheck.healthyThreshold', value: healthCheck.healthyThreshold, min: 2, max: 10, unit: ' checks' },
    {
      property: 'healthCheck.unhealthyThreshold',
      value: healthCheck.unhealthyThreshold,
      min: 2,
      max: 10,
      unit: ' checks',
    },
    { property: 'target.graceSeconds', value: target._options.graceSeconds, min: 0, max: 3600, unit: ' seconds' },
    {
      property: 'target.healthyWithinSeconds',
      value: target._options.healthyWithinSeconds,
      min: 60,
      max: 86_400,
      unit: ' seconds',
    },
  ]),
  {
    name: 'HealthCheckOverlaps',
    because: 'A check must end before the next one starts.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html',
    check: ({ healthCheck: { intervalSeconds: interval, timeoutSeconds: timeout } }) =>
      isUnresolved(interval) || isUnresolved(timeout) || timeout <= interval
        ? undefined
        : {
            property: 'healthCheck.timeoutSeconds',
            value: timeout,
            reason: `is longer than the interval of ${interval} seconds`,
            remedy: 'Write a shorter timeout or a longer interval.',
          },
  },
];

/** Warnings about health checks. */
export const HEALTH_CHECK_WARNINGS: readonly Rule<TargetSettings>[] = [
  {
    // Nothing tells a cluster of Aurora Serverless v2 that may pause from any other: neither its name nor its port.
    name: 'AuroraAutoPause',
    because:
      'Aurora Serverless v2 pauses an instance when nobody connects, and resumes it for a connection attempt even without valid credentials; a health check is one.',
    see: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html',
    check: ({ engine }) =>
      AURORA.includes(engine.name)
        ? {
            property: 'engine',
            value: engine.name,
            reason:
              'may be Aurora Serverless v2 with a minimum capacity of 0, which health checks may keep from pausing, so that it is billed all the time',
            remedy:
              'Acknowledge AuroraAutoPause if the minimum capacity is above 0 or the cluster may stay awake; otherwise do not rely on automatic pauses behind an endpoint.',
          }
        : undefined,
  },
];

const AURORA: readonly string[] = [CATALOGUE.AURORA_POSTGRESQL.name, CATALOGUE.AURORA_MYSQL.name];
