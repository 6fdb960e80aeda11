import { gunzipSync } from 'node:zlib';
import { type Cidr, isCidr, parseCidr } from '../../lib/network/cidr';

/** One endpoint to follow, as the construct writes it. */
export interface EndpointConfiguration {
  /** What logs, metrics and errors call it: the construct's path. */
  readonly name: string;
  readonly targetGroupArn: string;
  /** The database's port; every registration carries it. */
  readonly port: number;
  /** The names whose addresses are the targets. */
  readonly names: readonly DatabaseName[];
  /**
   * `writer`: an answer holds all addresses, and an address that is missing from it is wrong at once.
   * `reader`: an answer may hold a part of them (a reader endpoint answers in rotation), and all of them may serve.
   */
  readonly role: 'writer' | 'reader';
  /** The target group's address type: A or AAAA records. */
  readonly family: 4 | 6;
  /** The blocks of the target group's VPC. Addresses outside are registered for zone `all`. */
  readonly vpcCidrs: readonly string[];
  /** The blocks that the database's addresses come from. An answer outside of them counts as failed. @default vpcCidrs */
  readonly cidrBlocks?: readonly string[];
  /** The most addresses that may be registered. */
  readonly quota: number;
  /** How long a reader that is gone stays registered while the others are not healthy. @default 120 */
  readonly graceSeconds?: number;
  /** How long a target may take to become healthy before runs fail. @default 600 */
  readonly healthySeconds?: number;
  /** DNS servers to ask instead of the function's own, as `10.0.0.2` or `10.0.0.2:53`. */
  readonly dnsServers?: readonly string[];
}

export interface DatabaseName {
  readonly hostname: string;
  /** Of the RDS instance or Aurora cluster behind the name, as events call it. */
  readonly identifier?: string;
}

/** The same, with what the program derives from it. */
export interface Endpoint extends EndpointConfiguration {
  readonly vpc: readonly Cidr[];
  /** What every answer must be within. */
  readonly from: readonly Cidr[];
  readonly graceSeconds: number;
  readonly healthySeconds: number;
}

export interface Configuration {
  readonly endpoints: readonly Endpoint[];
  /** How long a run follows its names: most of the minute until the next one. */
  readonly runSeconds: number;
  /** How often it asks, at most; a longer TTL makes it ask less often. */
  readonly intervalSeconds: number;
}

/** Twice the five minutes that AWS support names for a new target of a network load balancer. */
const HEALTHY_SECONDS = 600;

/**
 * Reads the environment: `TARGET_SYNC_ENDPOINTS`, a JSON list of `EndpointConfiguration`, plain or as Terraform's
 * `base64gzip()` writes it, and optionally `TARGET_SYNC_RUN_SECONDS` and `TARGET_SYNC_INTERVAL_SECONDS`.
 */
export function readConfiguration(environment: NodeJS.ProcessEnv): Configuration {
  const endpoints: EndpointConfiguration[] = JSON.parse(plain(environment['TARGET_SYNC_ENDPOINTS'] ?? '[]'));
  const problems = [...endpoints.flatMap(problemsOf), ...repeated(endpoints)];
  if (endpoints.length === 0) problems.push('it lists no endpoint');
  if (problems.length > 0) throw new Error(`TARGET_SYNC_ENDPOINTS: ${problems.join('; ')}`);
  return {
    endpoints: endpoints.map((endpoint) => ({
      ...endpoint,
      vpc: blocksOf(endpoint.vpcCidrs),
      from: blocksOf(endpoint.cidrBlocks ?? endpoint.vpcCidrs),
      graceSeconds: endpoint.graceSeconds ?? 120,
      healthySeconds: endpoint.healthySeconds ?? HEALTHY_SECONDS,
    })),
    runSeconds: seconds(environment, 'TARGET_SYNC_RUN_SECONDS', 58),
    intervalSeconds: seconds(environment, 'TARGET_SYNC_INTERVAL_SECONDS', 1),
  };
}

// An environment holds 4 KB in all; compressed, an endpoint takes about a hundred bytes instead of four hundred.
function plain(text: string): string {
  return text.startsWith('[') ? text : gunzipSync(Buffer.from(text, 'base64')).toString();
}

const CHECKS: readonly (readonly [string, (endpoint: EndpointConfiguration) => boolean])[] = [
  ['name is empty', ({ name }) => isText(name)],
  ['targetGroupArn is not the ARN of a target group', ({ targetGroupArn }) => /:targetgroup\//.test(targetGroupArn)],
  ['port is not a port', ({ port }) => Number.isInteger(port) && port > 0 && port < 65_536],
  ['names lists no hostname', ({ names }) => names?.length > 0 && names.every(({ hostname }) => isText(hostname))],
  ['role is neither writer nor reader', ({ role }) => role === 'writer' || role === 'reader'],
  ['family is neither 4 nor 6', ({ family }) => family === 4 || family === 6],
  ['vpcCidrs is not a list of canonical blocks', ({ vpcCidrs }) => areBlocks(vpcCidrs)],
  [
    'cidrBlocks is not a list of canonical blocks',
    ({ cidrBlocks }) => cidrBlocks === undefined || areBlocks(cidrBlocks),
  ],
  ['healthySeconds is not a positive number', ({ healthySeconds = 1 }) => healthySeconds > 0],
  ['quota is not a positive number', ({ quota }) => quota > 0],
];

function problemsOf(endpoint: EndpointConfiguration, index: number): string[] {
  return CHECKS.filter(([, holds]) => !holds(endpoint)).map(([problem]) => `[${index}] ${problem}`);
}

function areBlocks(blocks: readonly string[] | undefined): boolean {
  return blocks !== undefined && blocks.length > 0 && blocksOf(blocks).length === blocks.length;
}

function blocksOf(blocks: readonly string[]): Cidr[] {
  return blocks.map(parseCidr).filter(isCidr);
}

// Two endpoints that own one target group would take each other's targets out.
function repeated(endpoints: readonly EndpointConfiguration[]): string[] {
  return (['name', 'targetGroupArn'] as const).flatMap((key) => {
    const values = endpoints.map((endpoint) => endpoint[key]);
    return values.filter((value, i) => values.indexOf(value) < i).map((value) => `${key} ${value} is there twice`);
  });
}

function seconds(environment: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const value = Number(environment[name] ?? otherwise);
  if (!(value > 0)) throw new Error(`${name} is not a positive number`);
  return value;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
