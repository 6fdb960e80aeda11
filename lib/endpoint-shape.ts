import type { AllowedSourceOptions } from './allowlist/allowed-source';
import type { DatabaseEndpointProps } from './database-endpoint-props';
import type { Problem } from './endpoint-error';
import {
  BOOLEAN,
  checkProperties,
  checkShape,
  instance,
  instances,
  MAP,
  NUMBER,
  object,
  type Shape,
  STRING,
  STRINGS,
} from './shape';
import type { FollowedName, FollowedTargetOptions } from './target/followed-target';
import type { TargetSyncOptions } from './target-sync/target-sync-options';
import { certificateShapeProblems } from './tls/certificate-shape';
import type { TlsTerminationProps } from './tls/endpoint-tls';

type ShapeOf<Props> = { readonly [property in keyof Required<Props>]: Shape };

/** Every property of an endpoint; the type sees to it that none is forgotten. */
const ENDPOINT: ShapeOf<DatabaseEndpointProps> = {
  vpcId: STRING,
  subnetIds: STRINGS,
  engine: instance('handshake', 'DatabaseEngine'),
  target: instance('_outsideVpc', 'DatabaseTarget'),
  allow: instances('_about', 'AllowedSource'),
  aggregate: BOOLEAN,
  roomToGrow: BOOLEAN,
  quotas: object({
    rulesPerSecurityGroup: NUMBER,
    securityGroupsPerInterface: NUMBER,
    certificatesPerLoadBalancer: NUMBER,
  }),
  broadest: object({ ipv4: NUMBER, ipv6: NUMBER }),
  mustInclude: STRINGS,
  today: STRING,
  tls: instance('_policy', 'EndpointTls'),
  port: NUMBER,
  domain: object({
    name: STRING,
    zoneId: STRING,
    zoneName: STRING,
    privateZoneId: STRING,
    privateZoneName: STRING,
    evaluateTargetHealth: BOOLEAN,
  }),
  internetFacing: BOOLEAN,
  dualStack: BOOLEAN,
  allowSingleSubnet: BOOLEAN,
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
  tags: MAP,
  acknowledge: STRINGS,
};

const TERMINATION: ShapeOf<TlsTerminationProps> = {
  certificate: instance('_source', 'EndpointCertificate'),
  additionalCertificates: instances('_source', 'EndpointCertificate'),
  policy: instance('name', 'TlsPolicy'),
  reencrypt: BOOLEAN,
  clientsWrapTls: BOOLEAN,
};

const SYNC: ShapeOf<TargetSyncOptions> = {
  dedicated: BOOLEAN,
  subnetIds: STRINGS,
  securityGroupIds: STRINGS,
  runSeconds: NUMBER,
  intervalSeconds: NUMBER,
  logRetentionDays: NUMBER,
  kmsKeyArn: STRING,
  permissionsBoundaryArn: STRING,
  tags: MAP,
};

const TARGET = {
  port: NUMBER,
  securityGroupId: STRING,
  certificateName: STRING,
  outsideVpc: BOOLEAN,
  publicRangeInVpc: BOOLEAN,
  cidrBlocks: STRINGS,
  targetType: STRING,
};

const FOLLOWED_TARGET: ShapeOf<FollowedTargetOptions> = {
  port: NUMBER,
  securityGroupId: STRING,
  certificateName: STRING,
  cidrBlocks: STRINGS,
  ipv6: BOOLEAN,
  dnsServers: STRINGS,
  graceSeconds: NUMBER,
  vpcCidrBlocks: STRINGS,
  sync: object(SYNC),
};

/** What a name that is followed must say, by the property that it was written as. */
const NAMED = {
  hostname: ['target'],
  rdsInstance: ['identifier', 'address'],
  rdsCluster: ['identifier', 'endpoint', 'role'],
} as const;

const SOURCE: ShapeOf<AllowedSourceOptions> & { readonly maxEntries: Shape } = {
  description: STRING,
  owner: STRING,
  ticket: STRING,
  expires: STRING,
  group: STRING,
  maxEntries: NUMBER,
};

const NEEDED = ['vpcId', 'subnetIds', 'engine', 'target', 'allow'] as const;

/** What a type checker would refuse, for callers who have none. The rules rely on it. */
export function endpointShapeProblems(props: DatabaseEndpointProps): Problem[] {
  const missing = NEEDED.filter((property) => props[property] === undefined || props[property] === null);
  const outer = [...missing.map(missingProperty), ...checkProperties(omit(props, missing), ENDPOINT)];
  return outer.length > 0 ? outer : innerProblems(props);
}

/** The names of what is found here, for the documentation. */
export const SHAPE_RULES = [
  { name: 'PropertyMissing', because: 'Without it there is nothing to build.' },
  {
    name: 'PropertyTypeInvalid',
    because: "Apps are often run without a type check, where internetFacing: 'false' would count as true.",
  },
  {
    name: 'PropertyUnknown',
    because: 'Apps are often run without a type check, where a misspelt property would be dropped without a word.',
  },
];

function innerProblems({ tls, target, allow, domain }: DatabaseEndpointProps): Problem[] {
  const termination = tls?._termination;
  return [
    ...(termination === undefined ? [] : checkProperties(termination, TERMINATION, 'tls')),
    ...(termination !== undefined && termination.certificate === undefined ? [missingProperty('tls.certificate')] : []),
    ...certificateShapeProblems(termination),
    ...(domain !== undefined && domain.name === undefined ? [missingProperty('domain.name')] : []),
    ...checkShape(target._ids, STRINGS, 'target'),
    ...checkProperties(target._options, target._name === undefined ? TARGET : FOLLOWED_TARGET, 'target'),
    ...nameProblems(target._name),
    ...allow.flatMap(({ _kind, _values, _about, _origin }, i) =>
      _origin || _kind === 'mistakes'
        ? []
        : [...checkShape(_values, STRINGS, `allow[${i}]`), ...checkProperties(_about, SOURCE, `allow[${i}]`)],
    ),
  ];
}

function nameProblems(name: FollowedName | undefined): Problem[] {
  if (name === undefined) return [];
  const { kind, property, hostname, identifier, role } = name;
  const [address, endpoint, target] = [hostname, hostname, hostname];
  const written: { readonly [property: string]: unknown } = { identifier, address, endpoint, role, target };
  const missing = NAMED[kind].filter((needed) => written[needed] === undefined || written[needed] === null);
  if (missing.length > 0) {
    return missing.map((needed) => missingProperty(needed === 'target' ? needed : `target.${needed}`));
  }
  return [...checkShape(hostname, STRING, property), ...checkShape(identifier, STRING, 'target.identifier')];
}

function omit(props: DatabaseEndpointProps, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(props).filter(([name]) => !names.includes(name)));
}

function missingProperty(property: string): Problem {
  return { rule: 'PropertyMissing', property, reason: 'is missing', remedy: `Give the endpoint its ${property}.` };
}
