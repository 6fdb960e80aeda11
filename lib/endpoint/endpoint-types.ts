import type { AllowedSource, AllowedSourceOptions } from '../allowlist/allowed-source';
import { certificateTypeProblems } from '../certificate/certificate-types';
import type { UserStatementsOptions } from '../clients/user-statements/user-statements';
import type { Problem } from '../rules/endpoint-error';
import {
  BOOLEAN,
  checkProperties,
  checkShape,
  DECIDING_BOOLEAN,
  DECIDING_STRING,
  instance,
  instances,
  MAP,
  NUMBER,
  object,
  PROVIDER,
  readable,
  type Shape,
  STRING,
  STRINGS,
} from '../rules/type-check';
import type {
  InstanceTargetOptions,
  IpAddressTargetOptions,
  SelfRegisteringTargetOptions,
  TargetKind,
} from '../targets/database-target';
import type { DatabaseTargetOptions } from '../targets/database-target-options';
import type { FollowedName, FollowedTargetOptions } from '../targets/followed-target';
import type { EndpointTls, TlsTerminationProps } from '../tls/endpoint-tls';
import type { DatabaseEndpointProps } from './database-endpoint-props';

type ShapeOf<Props> = { readonly [property in keyof Required<Props>]: Shape };

/** Every property of an endpoint; the type sees to it that none is forgotten. */
const ENDPOINT: ShapeOf<DatabaseEndpointProps> = {
  vpcId: STRING,
  subnetIds: STRINGS,
  engine: instance('handshake', 'DatabaseEngine'),
  target: instance('_outsideVpc', 'DatabaseTarget'),
  allow: instances('_about', 'AllowedSource'),
  allowlist: object({
    aggregate: DECIDING_BOOLEAN,
    maxBreadth: object({ ipv4: NUMBER, ipv6: NUMBER }),
    mustInclude: STRINGS,
    asOf: STRING,
  }),
  shardFromStart: DECIDING_BOOLEAN,
  pathMtuDiscovery: DECIDING_BOOLEAN,
  quotas: object({
    rulesPerSecurityGroup: NUMBER,
    securityGroupsPerInterface: NUMBER,
    certificatesPerLoadBalancer: NUMBER,
  }),
  tls: instance('_policy', 'EndpointTls'),
  port: NUMBER,
  domain: object({
    name: STRING,
    zoneId: STRING,
    zoneName: STRING,
    privateZoneId: STRING,
    privateZoneName: STRING,
    evaluateTargetHealth: BOOLEAN,
    provider: PROVIDER,
  }),
  internetFacing: DECIDING_BOOLEAN,
  dualStack: DECIDING_BOOLEAN,
  allowSingleSubnet: DECIDING_BOOLEAN,
  idleTimeoutSeconds: NUMBER,
  preserveClientIp: BOOLEAN,
  crossZone: BOOLEAN,
  deletionProtection: BOOLEAN,
  deregistrationDelaySeconds: NUMBER,
  healthCheck: object({
    intervalSeconds: NUMBER,
    timeoutSeconds: NUMBER,
    healthyThreshold: NUMBER,
    unhealthyThreshold: NUMBER,
  }),
  loadBalancerName: STRING,
  provider: PROVIDER,
  tags: MAP,
  acknowledge: STRINGS,
};

const TERMINATION: ShapeOf<TlsTerminationProps> = {
  certificate: instance('_source', 'EndpointCertificate'),
  additionalCertificates: instances('_source', 'EndpointCertificate'),
  policy: instance('name', 'TlsPolicy'),
  reencrypt: DECIDING_BOOLEAN,
  clientsWrapTls: DECIDING_BOOLEAN,
};

const COMMON_TARGET: ShapeOf<DatabaseTargetOptions> = {
  port: NUMBER,
  securityGroupId: STRING,
  databaseIngress: DECIDING_STRING,
  certificateName: STRING,
};

const IP_TARGET: ShapeOf<IpAddressTargetOptions> = {
  ...COMMON_TARGET,
  outsideVpc: DECIDING_BOOLEAN,
  publicRangeInVpc: DECIDING_BOOLEAN,
};

const INSTANCE_TARGET: ShapeOf<InstanceTargetOptions> = { ...COMMON_TARGET, cidrBlocks: STRINGS };

const SELF_REGISTERING_TARGET: ShapeOf<SelfRegisteringTargetOptions> = {
  ...COMMON_TARGET,
  cidrBlocks: STRINGS,
  targetType: DECIDING_STRING,
};

const FOLLOWED_TARGET: ShapeOf<FollowedTargetOptions> = {
  ...COMMON_TARGET,
  cidrBlocks: STRINGS,
  ipv6: DECIDING_BOOLEAN,
  dnsServers: STRINGS,
  graceSeconds: NUMBER,
  healthyWithinSeconds: NUMBER,
  vpcCidrBlocks: STRINGS,
  sync: instance('_isAttached', 'new TargetSync(...)'),
};

/** By the factory that made the target. */
const TARGETS: { readonly [kind in TargetKind]: { readonly [property: string]: Shape } } = {
  ipAddresses: IP_TARGET,
  instances: INSTANCE_TARGET,
  selfRegistering: SELF_REGISTERING_TARGET,
  followed: FOLLOWED_TARGET,
};

/** What a name that is followed must say, by the property that it was written as. */
const NAMED = {
  hostname: ['target'],
  rdsInstance: ['identifier', 'address'],
  rdsCluster: ['identifier', 'endpoint', 'role'],
  rdsProxy: ['endpoint'],
} as const;

const SOURCE: ShapeOf<AllowedSourceOptions> & { readonly maxEntries: Shape } = {
  description: STRING,
  owner: STRING,
  ticket: STRING,
  expires: STRING,
  group: STRING,
  maxEntries: NUMBER,
};

/** What the methods of an endpoint take. */
export const GUIDE_OPTIONS = object({ user: STRING, database: STRING, caFile: STRING, address: STRING });
export const URL_OPTIONS = object({ user: STRING, database: STRING, parameters: MAP });
export const OUTPUT_OPTIONS = object({ prefix: STRING, user: STRING, database: STRING });
const USER_OPTIONS = object({ user: STRING, database: STRING, canRead: STRINGS, connectionLimit: NUMBER });

const NEEDED = ['vpcId', 'subnetIds', 'engine', 'target', 'allow'] as const;

/** What a type checker would refuse, for callers who have none. The rules rely on it. */
export function endpointTypeProblems(props: DatabaseEndpointProps): Problem[] {
  const given = readable(props);
  const missing = NEEDED.filter((property) => given[property] === undefined || given[property] === null);
  const outer = [...missing.map(missingProperty), ...checkProperties(omit(given, missing), ENDPOINT)];
  return outer.length > 0 ? outer : innerProblems(props);
}

/** The same for a user, which needs a name. */
export function userTypeProblems(options: UserStatementsOptions): Problem[] {
  const { user } = readable(options);
  return [
    ...(user === undefined ? [missingProperty('userStatements.user')] : []),
    ...checkShape(options, USER_OPTIONS, 'userStatements'),
  ];
}

/** The names of what is found here, for the documentation. */
export const TYPE_RULES = [
  { name: 'PropertyMissing', because: 'Without it there is nothing to build.' },
  {
    name: 'PropertyKnownTooLate',
    because:
      'What decides which resources there are must be known at synthesis: a token counts as true, whatever it holds.',
  },
  {
    name: 'PropertyTypeInvalid',
    because: "Apps are often run without a type check, where internetFacing: 'false' would count as true.",
  },
  {
    name: 'PropertyUnknown',
    because: 'Apps are often run without a type check, where a misspelt property would be dropped silently.',
  },
];

function innerProblems({ tls, target, allow, domain }: DatabaseEndpointProps): Problem[] {
  return [
    ...tlsProblems(tls),
    ...(domain !== undefined && domain.name === undefined ? [missingProperty('domain.name')] : []),
    ...checkShape(target._ids, STRINGS, 'target'),
    ...checkShape(target._options, object(TARGETS[target._kind]), 'target'),
    ...nameProblems(target._name),
    ...allow.flatMap(sourceProblems),
  ];
}

function tlsProblems(tls: EndpointTls | undefined): Problem[] {
  const termination = tls?._termination;
  if (termination === undefined) return [];
  const mistyped = checkShape(termination, object(TERMINATION), 'tls');
  if (mistyped.length > 0) return mistyped;
  return [
    ...(termination.certificate === undefined ? [missingProperty('tls.certificate')] : []),
    ...checkShape(termination.policy?.name, STRING, 'tls.policy'),
    ...certificateTypeProblems(termination),
  ];
}

function sourceProblems({ _kind, _values, _about, _origin }: AllowedSource, i: number): Problem[] {
  if (_origin || _kind === 'mistakes') return [];
  const property = `allow[${i}]`;
  const { description } = readable(_about);
  return [
    ...(_kind === 'anywhere' && description === undefined ? [missingProperty(`${property}.reason`)] : []),
    ...(_values === undefined ? [missingProperty(property)] : checkShape(_values, STRINGS, property)),
    ...checkShape(_about, object(SOURCE), property),
  ];
}

function nameProblems(name: FollowedName | undefined): Problem[] {
  if (name === undefined) return [];
  const { kind, property, hostname, identifier, role, dbSubnetGroupName } = name;
  const [address, endpoint, target] = [hostname, hostname, hostname];
  const written: { readonly [property: string]: unknown } = { identifier, address, endpoint, role, target };
  const missing = NAMED[kind].filter((needed) => written[needed] === undefined || written[needed] === null);
  if (missing.length > 0) {
    return missing.map((needed) => missingProperty(needed === 'target' ? needed : `target.${needed}`));
  }
  return [
    ...checkShape(hostname, STRING, property),
    ...checkShape(identifier, STRING, 'target.identifier'),
    ...checkShape(role, STRING, 'target.role'),
    ...checkShape(dbSubnetGroupName, STRING, 'target.dbSubnetGroupName'),
  ];
}

function omit(props: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(props).filter(([name]) => !names.includes(name)));
}

function missingProperty(property: string): Problem {
  return { rule: 'PropertyMissing', property, reason: 'is missing', remedy: `Give the endpoint its ${property}.` };
}
