import type { DatabaseEndpointProps } from '../endpoint/database-endpoint-props';
import { CATALOGUE } from '../engine/catalogue';
import type { Rule } from '../rules/rule';

/** What to know about health checks. */
export const HEALTH_CHECK_WARNINGS: readonly Rule<DatabaseEndpointProps>[] = [
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
              'may be Aurora Serverless v2 with a minimum capacity of 0, which health checks may keep from pausing, so that it is paid for all the time',
            remedy:
              'Acknowledge AuroraAutoPause if the minimum capacity is above 0 or the cluster may stay awake; otherwise do not count on automatic pauses behind an endpoint.',
          }
        : undefined,
  },
];

const AURORA: readonly string[] = [CATALOGUE.AURORA_POSTGRESQL.name, CATALOGUE.AURORA_MYSQL.name];
