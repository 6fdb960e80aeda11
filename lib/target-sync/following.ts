import type { FollowedName } from '../targets/followed-target';
import type { EndpointConfiguration } from './contract';

/** What the function is told of one endpoint; names, ARNs and blocks may be tokens. */
export interface Following {
  /** The endpoint's path. */
  readonly name: string;
  readonly targetGroupArn: string;
  /** With `sessions`. */
  readonly standbyArn?: string;
  readonly retiredArn?: string;
  readonly port: number;
  readonly database: FollowedName;
  readonly family: 4 | 6;
  readonly quota: number;
  readonly graceSeconds?: number;
  /** A number, or what stands for one. */
  readonly healthySeconds?: unknown;
  readonly dnsServers?: readonly string[];
  /** The blocks that the database's addresses come from, where they were said. */
  readonly cidrBlocks?: readonly string[];
  /** A list, or what stands for one. */
  readonly vpcCidrs: unknown;
}

/** The endpoint as the program reads it, with tokens and expressions in place of values. */
export function configurationOf(following: Following): Readonly<Partial<Record<keyof EndpointConfiguration, unknown>>> {
  const { database, vpcCidrs, ...rest } = following;
  const { hostname, identifier, role } = database;
  return { ...rest, names: [{ hostname, identifier }], role, vpcCidrs };
}

/**
 * What the function is invoked with when an endpoint is applied. The program reads only `endpoints`; the rest is there
 * because a new invocation is due when it changes: another target group must be filled before the listener moves to it,
 * and new code must run once during the apply.
 */
export function invocationOf(following: Following, code: string, subnetIds: readonly string[] = []): object {
  const { name, targetGroupArn, standbyArn, port, database, family, cidrBlocks, dnsServers } = following;
  const { hostname, role } = database;
  return {
    source: 'terraform',
    endpoints: [name],
    because: { targetGroupArn, standbyArn, port, hostname, role, family, cidrBlocks, dnsServers, code, subnetIds },
  };
}
