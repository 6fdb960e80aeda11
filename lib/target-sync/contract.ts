/*
 * What the construct writes and the program reads: lambda/target-sync.
 */

/** The variables of the function's environment. */
export const VARIABLES = {
  /** A JSON list of `EndpointConfiguration`, plain or as Terraform's `base64gzip()` writes it. */
  endpoints: 'TARGET_SYNC_ENDPOINTS',
  runSeconds: 'TARGET_SYNC_RUN_SECONDS',
  intervalSeconds: 'TARGET_SYNC_INTERVAL_SECONDS',
} as const;

/** How long a run follows its names: most of the minute until the next one. */
export const RUN_SECONDS = 58;

/** How often a run asks, at most; a longer TTL makes it ask less often. */
export const INTERVAL_SECONDS = 1;

/** How long a reader that is gone stays registered while the others are not healthy. */
export const GRACE_SECONDS = 120;

/** How long a target may take to become healthy: twice the five minutes that AWS support quotes for a new target. */
export const HEALTHY_SECONDS = 600;

/** One endpoint to follow, as the construct writes it. */
export interface EndpointConfiguration {
  /** What logs, metrics and errors call it: the construct's path. */
  readonly name: string;
  readonly targetGroupArn: string;
  /** With `sessions`: the group that has the same targets and waits for the weight. */
  readonly standbyArn?: string;
  /** With `sessions`: the group whose connections end. It is emptied once no listener gives it weight. */
  readonly retiredArn?: string;
  /** The database's port; every registration carries it. */
  readonly port: number;
  /** The names whose addresses are the targets. */
  readonly names: readonly DatabaseName[];
  /**
   * `writer`: an answer contains all addresses, and an address that is missing from it is no longer a target. `reader`:
   * an answer may contain only some of them (a reader endpoint's answers rotate), and all of them may serve.
   */
  readonly role: 'writer' | 'reader';
  /** The target group's address type: A or AAAA records. */
  readonly family: 4 | 6;
  /** The blocks of the target group's VPC. Addresses outside are registered for zone `all`. */
  readonly vpcCidrs: readonly string[];
  /** The blocks that the database's addresses come from. An answer outside them counts as failed. @default vpcCidrs */
  readonly cidrBlocks?: readonly string[];
  /** The most addresses that may be registered. */
  readonly quota: number;
  /** How long a reader that is gone stays registered while the others are not healthy. @default GRACE_SECONDS */
  readonly graceSeconds?: number;
  /** How long a target may take to become healthy before runs fail. @default HEALTHY_SECONDS */
  readonly healthySeconds?: number;
  /** DNS servers to ask instead of the function's own, as `10.0.0.2` or `10.0.0.2:53`. */
  readonly dnsServers?: readonly string[];
}

export interface DatabaseName {
  readonly hostname: string;
  /** Of the RDS instance or Aurora cluster behind the name, as events call it. */
  readonly identifier?: string;
}
