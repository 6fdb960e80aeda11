import type { AllowedSource } from '../allowlist/allowed-source';
import { certificateTypeProblems } from '../certificate/certificate-types';
import type { UserStatementsOptions } from '../clients/user-statements/user-statements';
import {
  checkProperties,
  checkStruct,
  checkType,
  missingIn,
  missingProperty,
  readable,
  STRING,
  STRINGS,
  type TypeProblem,
} from '../rules/type-check';
import type { TargetKind } from '../targets/database-target';
import type { FollowedName } from '../targets/followed-target';
import type { EndpointTls } from '../tls/endpoint-tls';
import type { DatabaseEndpointProps } from './database-endpoint-props';

/** What the factory of a target takes. */
const TARGETS: { readonly [kind in TargetKind]: string } = {
  ipAddresses: 'IpAddressTargetOptions',
  instances: 'InstanceTargetOptions',
  selfRegistering: 'SelfRegisteringTargetOptions',
  // What the name is made of is taken out before.
  followed: 'FollowedTargetOptions',
};

/** What the factory of a name that is followed takes. */
const NAMES: { readonly [kind in FollowedName['kind']]: string } = {
  hostname: 'HostnameTargetOptions',
  rdsInstance: 'RdsInstanceTargetProps',
  rdsCluster: 'RdsClusterTargetProps',
  rdsProxy: 'RdsProxyTargetProps',
};

/** What a type checker would refuse, for callers who have none. The rules rely on it. */
export function endpointTypeProblems(props: DatabaseEndpointProps): TypeProblem[] {
  const given = readable(props);
  const missing = missingIn(given, 'DatabaseEndpointProps', isNothing);
  const outer = [...missing.map(notGiven), ...checkProperties(omit(given, missing), 'DatabaseEndpointProps')];
  return outer.length > 0 ? outer : innerProblems(props);
}

/** The same for a user, which needs a name. */
export function userTypeProblems(options: UserStatementsOptions): TypeProblem[] {
  const { user } = readable(options);
  return [
    ...(user === undefined ? [notGiven('userStatements.user')] : []),
    ...checkStruct(options, 'UserStatementsOptions', 'userStatements'),
  ];
}

function innerProblems({ tls, target, allow, domain }: DatabaseEndpointProps): TypeProblem[] {
  return [
    ...tlsProblems(tls),
    ...(domain === undefined ? [] : missingIn(domain, 'EndpointDomain').map((name) => notGiven(`domain.${name}`))),
    ...checkType(target._ids, STRINGS, 'target'),
    ...checkStruct(target._options, TARGETS[target._kind], 'target'),
    ...nameProblems(target._name),
    ...allow.flatMap(sourceProblems),
  ];
}

function tlsProblems(tls: EndpointTls | undefined): TypeProblem[] {
  const termination = tls?._termination;
  if (termination === undefined) return [];
  const mistyped = checkStruct(termination, 'TlsTerminationProps', 'tls');
  if (mistyped.length > 0) return mistyped;
  return [
    ...missingIn(termination, 'TlsTerminationProps').map((name) => notGiven(`tls.${name}`)),
    ...checkType(termination.policy?.name, STRING, 'tls.policy'),
    ...certificateTypeProblems(termination),
  ];
}

function sourceProblems({ _kind, _values, _about, _origin }: AllowedSource, i: number): TypeProblem[] {
  if (_origin || _kind === 'mistakes') return [];
  const property = `allow[${i}]`;
  const { description } = readable(_about);
  return [
    ...(_kind === 'anywhere' && description === undefined ? [notGiven(`${property}.reason`)] : []),
    ...(_values === undefined ? [notGiven(property)] : checkType(_values, STRINGS, property)),
    ...checkStruct(_about, 'PrefixListOptions', property),
  ];
}

function nameProblems(name: FollowedName | undefined): TypeProblem[] {
  if (name === undefined) return [];
  const { kind, property, hostname, identifier, role, dbSubnetGroupName } = name;
  if (kind === 'hostname' && isNothing(hostname)) return [notGiven(property)];
  const written = { identifier, role, dbSubnetGroupName, address: hostname, endpoint: hostname };
  const missing = missingIn(written, NAMES[kind], isNothing);
  if (missing.length > 0) return missing.map((needed) => notGiven(`target.${needed}`));
  return [
    ...checkType(hostname, STRING, property),
    ...checkType(identifier, STRING, 'target.identifier'),
    ...checkType(role, STRING, 'target.role'),
    ...checkType(dbSubnetGroupName, STRING, 'target.dbSubnetGroupName'),
  ];
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

function omit(props: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(props).filter(([name]) => !names.includes(name)));
}

function notGiven(property: string): TypeProblem {
  return missingProperty(property, `Give the endpoint its ${property}.`);
}
