import type { Answer } from '../../../lambda/target-sync/answer';
import { type Endpoint, readConfiguration } from '../../../lambda/target-sync/configuration';
import type { EndpointConfiguration } from '../../../lib/target-sync/contract';

export const NAME = 'orders.abc.us-east-1.rds.amazonaws.com';

export const CONFIGURATION: EndpointConfiguration = {
  name: 'prod/Orders',
  targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/dbep-1/0123456789abcdef',
  port: 5432,
  names: [{ hostname: NAME, identifier: 'orders' }],
  role: 'writer',
  family: 4,
  vpcCidrs: ['10.0.0.0/16'],
  quota: 500,
};

/** An endpoint as the program reads it. */
export function endpointWith(changes: Partial<EndpointConfiguration> = {}): Endpoint {
  const list = [{ ...CONFIGURATION, ...changes }];
  return readConfiguration({ TARGET_SYNC_ENDPOINTS: JSON.stringify(list) }).endpoints[0];
}

/** A good answer. */
export function answering(addresses: readonly string[], ttlSeconds = 5): Answer {
  return { kind: 'addresses', addresses, ttlSeconds };
}

export const NXDOMAIN: Answer = { kind: 'failed', reason: 'NXDOMAIN' };
export const EMPTY: Answer = { kind: 'empty' };
