import type { Finding, Rule } from '../rules/rule';
import { targetQuota, targetQuotaName } from '../targets/target-quota';
import type { Place } from '../targets/target-share';
import { isUnresolved } from '../tokens/unresolved';

/** What one endpoint takes up of a load balancer. */
export interface EndpointShare {
  /** Path of the endpoint. */
  readonly endpoint: string;
  readonly port: number;
  /** Targets that are known at synthesis; names count once. */
  readonly targets: number;
  /** A text for each certificate of its listener, the same for endpoints that present the same one. */
  readonly certificates: readonly string[];
  /** Where it leads, one for each outbound rule. */
  readonly leadsTo: readonly Place[];
  /** What clients of PrivateLink have to know of it. */
  readonly engine?: string;
  readonly hostname?: string;
  /** Seconds; none where the listener terminates TLS. */
  readonly idleTimeoutSeconds?: number;
}

/** An endpoint that is to be added to a load balancer. */
export interface SharingInput {
  /** Path of the load balancer. */
  readonly loadBalancer: string;
  readonly stacks: { readonly ofEndpoint: string; readonly ofLoadBalancer: string };
  readonly share: EndpointShare;
  readonly others: readonly EndpointShare[];
  readonly crossZone: boolean;
  readonly certificatesPerLoadBalancer: number;
  readonly rulesPerSecurityGroup: number;
}

/**
 * Listeners of a network load balancer, a quota that AWS does not raise.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html
 */
export const LISTENERS = 50;

const NLB_LIMITS = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html';

/** Validation rules for endpoints that share a load balancer. */
export const SHARING_RULES: readonly Rule<SharingInput>[] = [
  {
    name: 'LoadBalancerInOtherStack',
    because: 'The rules of all endpoints of a load balancer are decided together, and are resources of its stack.',
    check: ({ stacks: { ofEndpoint, ofLoadBalancer }, loadBalancer }) =>
      ofEndpoint === ofLoadBalancer
        ? undefined
        : {
            property: 'addEndpoint().scope',
            value: ofEndpoint,
            reason: `is another stack than ${ofLoadBalancer}, to which ${loadBalancer} belongs`,
            remedy:
              'Add the endpoint in the stack of its load balancer, or use EndpointLoadBalancer.fromAttributes in this one, with security groups of its own.',
          },
  },
  {
    name: 'SharedPortUnknown',
    because: 'The port tells the endpoints of a load balancer apart, in their rules and in the keys of these.',
    check: ({ share: { port } }) =>
      isUnresolved(port)
        ? {
            property: 'port',
            reason: 'is known after apply, and the port tells the endpoints of a load balancer apart',
            remedy: 'Write the port as a literal.',
          }
        : undefined,
  },
  {
    name: 'SharedPortTaken',
    because: 'A load balancer has one listener for each port.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html',
    check: ({ share: { port }, others, loadBalancer }) => {
      const taken = others.find((other) => other.port === port);
      return taken && !isUnresolved(port)
        ? {
            property: 'port',
            value: port,
            reason: `is taken on ${loadBalancer} by ${taken.endpoint}`,
            remedy: `Write another one, for example port: ${freePort(port, others)}.`,
          }
        : undefined;
    },
  },
  {
    name: 'TooManyListeners',
    because: 'A network load balancer has 50 listeners at most.',
    see: NLB_LIMITS,
    check: ({ others, loadBalancer }) =>
      others.length < LISTENERS
        ? undefined
        : {
            property: 'port',
            reason: `is the ${LISTENERS + 1}st of ${loadBalancer}, and a network load balancer has ${LISTENERS} listeners at most`,
            remedy: 'Put it on another load balancer. AWS does not raise this quota.',
          },
  },
  {
    name: 'SharedTargetsTooMany',
    because: 'A network load balancer has a limited number of targets, and a target counts once for each target group.',
    see: NLB_LIMITS,
    check: ({ share, others, loadBalancer, crossZone }) => beyond([...others, share], crossZone, loadBalancer),
  },
  {
    name: 'SharedCertificatesTooMany',
    because: 'A network load balancer has a limited number of certificates, those of all listeners counted together.',
    see: NLB_LIMITS,
    check: ({ share, others, loadBalancer, certificatesPerLoadBalancer: most }) => {
      // Most endpoints present one that is there already.
      const isThere = (wanted: string) => others.some(({ certificates }) => certificates.includes(wanted));
      if (share.certificates.every(isThere)) return undefined;
      const there = new Set(others.flatMap(({ certificates }) => certificates));
      const added = new Set(share.certificates.filter((certificate) => !there.has(certificate)));
      // What is too many by itself is told so by a rule of its own.
      if (share.certificates.length > most) return undefined;
      return isUnresolved(most) || there.size + added.size <= most
        ? undefined
        : {
            property: 'tls',
            reason: `adds ${added.size} certificates, which makes ${there.size + added.size} on ${loadBalancer}, and a network load balancer has ${most}`,
            remedy:
              'Let endpoints share a certificate for several names (SharedCertificate), or request an increase of the quota L-52964454 and set quotas.certificatesPerLoadBalancer.',
          };
    },
  },
  {
    name: 'SharedEgressTooMany',
    because: 'All endpoints of a load balancer lead to their databases through one security group.',
    see: 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups',
    check: ({ share, others, loadBalancer, rulesPerSecurityGroup: room }) => {
      const shares = [...others, share];
      // Those that lead to one place share its rule.
      if (shares.reduce((sum, { leadsTo }) => sum + leadsTo.length, 0) <= room) return undefined;
      const needed = egressRules(shares);
      // What needs too many by itself is told so by a rule of its own.
      return needed <= room || egressRules([share]) > room
        ? undefined
        : {
            property: 'target',
            reason: `leads to ${share.leadsTo.length} places, and ${loadBalancer} then needs ${needed} egress rules where a security group has room for ${room}`,
            remedy:
              "Give the targets' securityGroupId, which takes one rule, write larger blocks, or request an increase of the quota L-0EA8095F and set quotas.rulesPerSecurityGroup.",
          };
    },
  },
];

/** Egress rules of the family that needs most. */
function egressRules(shares: readonly EndpointShare[]): number {
  const places = [...new Map(shares.flatMap(({ leadsTo }) => leadsTo).map((place) => [place.text, place])).values()];
  const of = (family: 4 | 6) => places.filter(({ families }) => families.includes(family)).length;
  // What is known after apply may be of either family.
  const undecided = places.filter(({ families }) => families.length === 0).length;
  return Math.max(of(4), of(6), Math.ceil((of(4) + of(6) + undecided) / 2));
}

function beyond(shares: readonly EndpointShare[], crossZone: boolean, loadBalancer: string): Finding | undefined {
  const most = targetQuota(crossZone);
  const total = shares.reduce((sum, { targets }) => sum + targets, 0);
  const own = shares[shares.length - 1].targets;
  // What is too many by itself is told so by a rule of its own.
  if (total <= most || own === 0 || own > most) return undefined;
  return {
    property: 'target',
    reason: `adds ${own} targets, which makes ${total} on ${loadBalancer}, and the quota is ${most}: ${targetQuotaName(crossZone)}`,
    remedy: TARGETS_TOO_MANY,
  };
}

const TARGETS_TOO_MANY =
  'List fewer targets, or put the endpoint on another load balancer. An increase of this quota is not taken into account.';

function freePort(port: number, others: readonly EndpointShare[]): number {
  const taken = new Set(others.map((other) => other.port));
  let free = port;
  while (taken.has(free)) free = free < 65535 ? free + 1 : 1024;
  return free;
}
