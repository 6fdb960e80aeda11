import { sourceTypeProblems } from '../allowlist/source-types';
import { certificateTypeProblems } from '../certificate/certificate-types';
import type { UserStatementsOptions } from '../clients/user-statements/user-statements';
import { expiryTypeProblems } from '../expiry/expiry-types';
import { addressTypeProblems } from '../load-balancer/address-types';
import type { EndpointLoadBalancerProps } from '../load-balancer/endpoint-load-balancer-props';
import type { EndpointLoadBalancerAttributes } from '../load-balancer/imported-load-balancer-attributes';
import type { PrivateLinkProps } from '../load-balancer/private-link-props';
import type { SharedLoadBalancerProps } from '../load-balancer/shared-load-balancer-props';
import { logTypeProblems } from '../logs/log-types';
import {
  checkProps,
  checkStruct,
  checkType,
  isNothing,
  missingIn,
  missingProperty,
  readable,
  STRING,
  STRINGS,
  type TypeProblem,
  unknownIn,
} from '../rules/type-check';
import type { TargetKind } from '../targets/database-target';
import type { FollowedName } from '../targets/followed-target';
import type { EndpointTls } from '../tls/endpoint-tls';
import type { EndpointProps } from './endpoint-props';

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

/** What a type checker would refuse, for callers without one. The rules rely on it. */
export function endpointTypeProblems(
  props: EndpointProps,
  struct: 'DatabaseEndpointProps' | 'EndpointProps' = 'DatabaseEndpointProps',
): TypeProblem[] {
  const outer = checkProps(props, struct, notGiven);
  if (outer.length > 0) return struct === 'EndpointProps' ? outer.map(ofTheLoadBalancer) : outer;
  const { addresses, expiry, ...logs } = props as Partial<EndpointLoadBalancerProps>;
  return [
    ...innerProblems(props),
    ...addressTypeProblems(addresses),
    ...expiryTypeProblems(expiry),
    ...logTypeProblems(logs),
  ];
}

/** The same for a load balancer that endpoints share. */
export function sharedLoadBalancerTypeProblems(props: SharedLoadBalancerProps): TypeProblem[] {
  const outer = checkProps(props, 'SharedLoadBalancerProps', ofLoadBalancer);
  if (outer.length > 0) return outer.map(ofItsEndpoints);
  return [...addressTypeProblems(props.addresses), ...expiryTypeProblems(props.expiry), ...logTypeProblems(props)];
}

/** The same for one that exists already. */
export function importedLoadBalancerTypeProblems(attributes: EndpointLoadBalancerAttributes): TypeProblem[] {
  const outer = checkProps(attributes, 'EndpointLoadBalancerAttributes', ofLoadBalancer);
  return outer.length > 0 ? outer.map(ofItsEndpoints) : expiryTypeProblems(attributes.expiry);
}

/** Whoever moves from an endpoint with a load balancer of its own writes all properties in one place at first. */
function ofTheLoadBalancer(problem: TypeProblem): TypeProblem {
  return belongingTo('SharedLoadBalancerProps', problem, {
    reason: 'is a property of the load balancer, which all of its endpoints share',
    remedy: 'Write it where the EndpointLoadBalancer is made, and leave it out here.',
  });
}

function ofItsEndpoints(problem: TypeProblem): TypeProblem {
  return belongingTo('EndpointProps', problem, {
    reason: 'is a property of each endpoint, not of the load balancer that they share',
    remedy: 'Write it among the properties that addEndpoint() takes, and leave it out here.',
  });
}

function belongingTo(struct: string, problem: TypeProblem, about: Pick<TypeProblem, 'reason' | 'remedy'>): TypeProblem {
  const isKnown = problem.rule === 'PropertyUnknown' && unknownIn({ [problem.property]: true }, struct).length === 0;
  return isKnown ? { ...problem, ...about } : problem;
}

/** The same for sharing one over PrivateLink. */
export function privateLinkTypeProblems(props: PrivateLinkProps): TypeProblem[] {
  const method = 'shareOverPrivateLink()';
  const missing = (property: string) => missingProperty(`${method}.${property}`, PRIVATE_LINK_REMEDIES[property]);
  return checkProps(props, 'PrivateLinkProps', missing, method);
}

const PRIVATE_LINK_REMEDIES: { readonly [property: string]: string } = {
  access:
    "Write PrivateLinkAccess.allowlist(), and admit the private addresses of the consumers' clients; or PrivateLinkAccess.principals(), and the allowlists do not hold for them.",
  principals: "Name who may connect, such as 'arn:aws:iam::123456789012:root'.",
};

function ofLoadBalancer(property: string): TypeProblem {
  return missingProperty(property, `Set the load balancer's ${property}.`);
}

/** The same for a user, which needs a name. */
export function userTypeProblems(options: UserStatementsOptions): TypeProblem[] {
  const { user } = readable(options);
  return [
    ...(user === undefined ? [notGiven('userStatements.user')] : []),
    ...checkStruct(options, 'UserStatementsOptions', 'userStatements'),
  ];
}

function innerProblems({ tls, target, allow, domain, sessions }: EndpointProps): TypeProblem[] {
  return [
    ...tlsProblems(tls),
    ...(domain === undefined ? [] : missingIn(domain, 'EndpointDomain').map((name) => notGiven(`domain.${name}`))),
    ...(sessions === undefined
      ? []
      : missingIn(sessions, 'EndpointSessions').map((name) => notGiven(`sessions.${name}`))),
    ...checkType(target._ids, STRINGS, 'target'),
    ...checkStruct(target._options, TARGETS[target._kind], 'target'),
    ...nameProblems(target._name),
    ...(allow ?? []).flatMap((source, i) => sourceTypeProblems(source, i, notGiven)),
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

function notGiven(property: string): TypeProblem {
  return missingProperty(property, `Set the endpoint's ${property}.`);
}
