import type { TerraformStack } from 'cdktf';
import {
  AllowedSource,
  type ClientGuide,
  DatabaseEndpoint,
  type DatabaseEndpointProps,
  DatabaseEngine,
  DatabaseTarget,
  EndpointCertificate,
  EndpointLoadBalancer,
  EndpointTls,
  TlsHandshake,
} from '../../../lib';
import { LOOKER, MANAGED_NAME, nameOf } from './names';

/** What all endpoints stand on. */
export interface Ground {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly databaseGroupId: string;
  /** By the id of the endpoint. */
  readonly certificateArns: Readonly<Record<string, string>>;
}

/** Where the databases are. */
export const PLACES = {
  postgresql: { address: '10.20.0.10', port: 5432 },
  managed: { address: '10.20.0.11', port: 5432 },
  first: { address: '10.20.0.12', port: 5432 },
  second: { address: '10.20.1.12', port: 5432 },
  mariadb: { address: '10.20.0.20', port: 3306 },
  redis: { address: '10.20.0.30', port: 6379 },
  plainRedis: { address: '10.20.1.31', port: 6379 },
  memcached: { address: '10.20.0.40', port: 11211 },
  influxdb: { address: '10.20.0.50', port: 8086 },
  rabbitmq: { address: '10.20.2.60', port: 5671 },
  clickhouse: { address: '10.20.0.70', port: 8443 },
  neptune: { address: '10.20.0.80', port: 8182 },
  sftp: { address: '10.20.0.90', port: 22 },
  echo: { address: '10.20.0.99', port: 7000 },
} as const;

export type Mode = 'passthrough' | 'terminate' | 'terminate, plain behind' | 'terminate, clients wrap';

/** One endpoint of the fleet. */
export interface Endpoint {
  readonly id: string;
  readonly engine: DatabaseEngine;
  readonly mode: Mode;
  readonly target: (ground: Ground) => DatabaseTarget;
  readonly props?: Partial<DatabaseEndpointProps>;
  /** Whether it is on the load balancer that several share. */
  readonly isShared?: boolean;
}

const at =
  ({ address }: { readonly address: string }, options = {}) =>
  () =>
    DatabaseTarget.ipAddresses([address], options);

const { POSTGRESQL, AURORA_POSTGRESQL, MARIADB, REDIS, MEMCACHED, INFLUXDB, RABBITMQ, CLICKHOUSE_HTTP, NEPTUNE, SFTP } =
  DatabaseEngine;

/** What a client of Neptune would meet if it were passed through, which the library refuses for Neptune itself. */
const LIKE_NEPTUNE = DatabaseEngine.custom({ name: 'like-neptune', port: 8182, handshake: TlsHandshake.IMMEDIATE });

const ECHO = DatabaseEngine.custom({ name: 'echo', port: 7000, handshake: TlsHandshake.NONE });

const openly = ([engine, place]: readonly [DatabaseEngine, { readonly address: string }]): readonly Endpoint[] =>
  (['terminate', 'passthrough'] as const).map((mode) => ({
    id: `${engine.name}-${mode}`,
    engine,
    mode,
    target: at(place),
  }));

const negotiating = ([engine, place]: readonly [DatabaseEngine, { readonly address: string }]): readonly Endpoint[] => [
  { id: `${engine.name}-passthrough`, engine, mode: 'passthrough', target: at(place) },
  { id: `${engine.name}-wrapped`, engine, mode: 'terminate, clients wrap', target: at(place) },
];

/** An endpoint whose open connections are ended, and one beside it whose are not. */
export const [ENDED, KEPT] = ['sessions-ended', 'sessions-kept'];

/** Ports of the shared load balancer that have random allowlists; two of them are neighbours. */
export const SHARED_PORTS = [7001, 7002, 7100] as const;

export const ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'postgresql-passthrough',
    engine: POSTGRESQL,
    mode: 'passthrough',
    target: ({ databaseGroupId }) =>
      DatabaseTarget.ipAddresses([PLACES.postgresql.address], { securityGroupId: databaseGroupId }),
  },
  {
    id: 'postgresql-wrapped',
    engine: POSTGRESQL,
    mode: 'terminate, clients wrap',
    target: ({ databaseGroupId }) =>
      DatabaseTarget.ipAddresses([PLACES.postgresql.address], { securityGroupId: databaseGroupId }),
  },
  {
    id: 'aurora-postgresql-passthrough',
    engine: AURORA_POSTGRESQL,
    mode: 'passthrough',
    target: at(PLACES.managed, { certificateName: MANAGED_NAME }),
  },
  ...negotiating([MARIADB, PLACES.mariadb]),
  ...openly([REDIS, PLACES.redis]),
  { id: 'redis-plain', engine: REDIS, mode: 'terminate, plain behind', target: at(PLACES.plainRedis) },
  ...openly([MEMCACHED, PLACES.memcached]),
  ...openly([INFLUXDB, PLACES.influxdb]),
  ...openly([RABBITMQ, PLACES.rabbitmq]),
  ...openly([CLICKHOUSE_HTTP, PLACES.clickhouse]),
  { id: 'neptune-terminate', engine: NEPTUNE, mode: 'terminate', target: at(PLACES.neptune) },
  { id: 'neptune-passthrough', engine: LIKE_NEPTUNE, mode: 'passthrough', target: at(PLACES.neptune) },
  ...negotiating([SFTP, PLACES.sftp]),
  {
    id: 'failover',
    engine: POSTGRESQL,
    mode: 'passthrough',
    target: () => DatabaseTarget.selfRegistering({ cidrBlocks: ['10.20.0.0/16'] }),
    props: { deregistrationDelaySeconds: 3 },
  },
  {
    id: 'load',
    engine: POSTGRESQL,
    mode: 'passthrough',
    target: ({ databaseGroupId }) =>
      DatabaseTarget.ipAddresses([PLACES.postgresql.address], { securityGroupId: databaseGroupId }),
  },
  ...['small', 'middle', 'large'].map(
    (size): Endpoint => ({ id: `allowlist-${size}`, engine: ECHO, mode: 'passthrough', target: at(PLACES.echo) }),
  ),
  // Three engines and three allowlists on one load balancer.
  {
    id: 'postgresql-shared',
    engine: POSTGRESQL,
    mode: 'passthrough',
    target: ({ databaseGroupId }) =>
      DatabaseTarget.ipAddresses([PLACES.postgresql.address], { securityGroupId: databaseGroupId }),
    isShared: true,
  },
  { id: 'mariadb-shared', engine: MARIADB, mode: 'passthrough', target: at(PLACES.mariadb), isShared: true },
  { id: 'redis-shared', engine: REDIS, mode: 'terminate', target: at(PLACES.redis), isShared: true },
  ...[ENDED, KEPT].map(
    (id, i): Endpoint => ({
      id,
      engine: POSTGRESQL,
      mode: 'passthrough',
      target: ({ databaseGroupId }) =>
        DatabaseTarget.ipAddresses([PLACES.postgresql.address], { securityGroupId: databaseGroupId }),
      props: { port: 6001 + i, deregistrationDelaySeconds: 3, sessions: { epoch: 1 } },
      isShared: true,
    }),
  ),
  ...SHARED_PORTS.map(
    (port): Endpoint => ({
      id: `shared-${port}`,
      engine: ECHO,
      mode: 'passthrough',
      target: at(PLACES.echo),
      props: { port },
      isShared: true,
    }),
  ),
];

/** The endpoints whose listeners need a certificate. */
export const TERMINATING = ENDPOINTS.filter(({ mode }) => mode !== 'passthrough');

/** Whom an endpoint admits besides the one client that every endpoint admits. */
export type Allowlists = Readonly<Record<string, readonly string[]>>;

/**
 * Builds the fleet into a stack; returns what each endpoint tells its clients.
 *
 * @param epoch of the endpoint whose open connections are ended.
 */
export function buildFleet(
  stack: TerraformStack,
  ground: Ground,
  allowlists: Allowlists,
  epoch: number,
): Record<string, ClientGuide> {
  const place = { vpcId: ground.vpcId, subnetIds: [...ground.subnetIds], deletionProtection: false };
  const shared = new EndpointLoadBalancer(stack, 'shared', { ...place, mergePorts: true });
  const guides = ENDPOINTS.map(({ id, engine, mode, target, props, isShared }): [string, ClientGuide] => {
    const own = {
      engine,
      target: target(ground),
      domain: { name: nameOf(id) },
      tls: tlsOf(id, mode, ground),
      allow: [LOOKER, ...(allowlists[id] ?? [])].map((block) =>
        AllowedSource.cidr(block.includes('/') ? block : `${block}/32`),
      ),
      ...props,
      ...(id === ENDED ? { sessions: { epoch } } : {}),
    };
    const endpoint = isShared ? shared.addEndpoint(id, own) : new DatabaseEndpoint(stack, id, { ...place, ...own });
    return [id, endpoint.clientGuide()];
  });
  return Object.fromEntries(guides);
}

function tlsOf(id: string, mode: Mode, { certificateArns }: Ground): EndpointTls {
  if (mode === 'passthrough') return EndpointTls.passthrough();
  return EndpointTls.terminate({
    certificate: EndpointCertificate.fromArn(certificateArns[id]),
    ...(mode === 'terminate, plain behind' ? { reencrypt: false } : {}),
    ...(mode === 'terminate, clients wrap' ? { clientsWrapTls: true } : {}),
  });
}
