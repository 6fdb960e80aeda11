import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { SERVICE } from '../../lib/target-sync/metrics';
import { SYSTEM_CLOCK } from './clock';
import { readConfiguration } from './configuration';
import { lookupWith, resolverOf } from './dns';
import { readTrigger } from './event';
import { reportOn } from './report';
import { run, type Summary, type Surroundings } from './run';
import { createClient, targetGroupOf } from './target-groups';

const logger = new Logger({ serviceName: SERVICE });
const client = createClient();
const surroundings: Surroundings = {
  clock: SYSTEM_CLOCK,
  lookupFor: ({ dnsServers }) => lookupWith(resolverOf(dnsServers)),
  groupFor: (_, targetGroupArn) => targetGroupOf(client, targetGroupArn),
  reportFor: ({ name }, part) => reportOn(name, logger, part),
  memories: new Map(),
};

/** The Lambda function. */
export async function handler(event: unknown, context: Context): Promise<Summary> {
  logger.addContext(context);
  const trigger = readTrigger(event);
  logger.info('The run begins', { trigger });
  return run(trigger, readConfiguration(process.env), context.getRemainingTimeInMillis(), surroundings);
}
