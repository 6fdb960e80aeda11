import { gunzipSync } from 'node:zlib';
import { type Cidr, isCidr, parseCidr } from '../../lib/network/cidr';
import {
  type EndpointConfiguration,
  GRACE_SECONDS,
  HEALTHY_SECONDS,
  INTERVAL_SECONDS,
  RUN_SECONDS,
  VARIABLES,
} from '../../lib/target-sync/contract';

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

/**
 * Reads the environment: the endpoints, and optionally how long and how often to ask.
 */
export function readConfiguration(environment: NodeJS.ProcessEnv): Configuration {
  const endpoints: EndpointConfiguration[] = JSON.parse(plain(environment[VARIABLES.endpoints] ?? '[]'));
  const problems = [...endpoints.flatMap(problemsOf), ...repeated(endpoints)];
  if (endpoints.length === 0) problems.push('it lists no endpoints');
  if (problems.length > 0) throw new Error(`${VARIABLES.endpoints}: ${problems.join('; ')}`);
  return {
    endpoints: endpoints.map((endpoint) => ({
      ...endpoint,
      vpc: blocksOf(endpoint.vpcCidrs),
      from: blocksOf(endpoint.cidrBlocks ?? endpoint.vpcCidrs),
      graceSeconds: endpoint.graceSeconds ?? GRACE_SECONDS,
      healthySeconds: endpoint.healthySeconds ?? HEALTHY_SECONDS,
    })),
    runSeconds: seconds(environment, VARIABLES.runSeconds, RUN_SECONDS),
    intervalSeconds: seconds(environment, VARIABLES.intervalSeconds, INTERVAL_SECONDS),
  };
}

// An environment holds 4 KB in all; compressed, an endpoint takes about a hundred bytes instead of four hundred.
function plain(text: string): string {
  return text.startsWith('[') ? text : gunzipSync(Buffer.from(text, 'base64')).toString();
}

const CHECKS: readonly (readonly [string, (endpoint: EndpointConfiguration) => boolean])[] = [
  ['name is empty', ({ name }) => isText(name)],
  ['targetGroupArn is not the ARN of a target group', ({ targetGroupArn }) => isGroup(targetGroupArn)],
  ['standbyArn is not the ARN of a target group', ({ standbyArn }) => standbyArn === undefined || isGroup(standbyArn)],
  ['retiredArn is not the ARN of a target group', ({ retiredArn }) => retiredArn === undefined || isGroup(retiredArn)],
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
  const names = endpoints.map(({ name }) => name);
  const groups = endpoints.flatMap(({ targetGroupArn, standbyArn, retiredArn }) =>
    [targetGroupArn, standbyArn, retiredArn].filter((arn) => arn !== undefined),
  );
  return [
    ...twice(names).map((name) => `name ${name} is there twice`),
    ...twice(groups).map((arn) => `targetGroupArn ${arn} is there twice`),
  ];
}

function twice(values: readonly string[]): string[] {
  return values.filter((value, i) => values.indexOf(value) < i);
}

function isGroup(arn: string): boolean {
  return /:targetgroup\//.test(arn);
}

function seconds(environment: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const value = Number(environment[name] ?? otherwise);
  if (!(value > 0)) throw new Error(`${name} is not a positive number`);
  return value;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
