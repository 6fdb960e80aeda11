import { type AllowlistInput, resolveAllowlist, type SharedAllowlist } from '../allowlist/allowlist-input';
import { dayOf } from '../allowlist/allowlist-review';
import type { CertificatesInput } from '../certificate/certificate-rules';
import { placedCertificates } from '../certificate/placed-certificates';
import type { DomainInput } from '../dns/domain-rules';
import { TlsHandshake } from '../engine/tls-handshake';
import type { ListenerInput } from '../load-balancer/listener-rules';
import type { ListenerSettings, LoadBalancerSettings } from '../load-balancer/load-balancer-settings';
import { certificateQuota, resolveLoadBalancer } from '../load-balancer/resolve-load-balancer';
import type { TargetSettings } from '../targets/target-settings';
import type { TlsInput } from '../tls/tls-rules';
import type { DatabaseEndpointProps } from './database-endpoint-props';
import type { EndpointProps } from './endpoint-props';

/** An endpoint with every default filled, in slices: each room gets the one that it declares, and nothing else. */
export interface ResolvedEndpoint {
  readonly loadBalancer: LoadBalancerSettings;
  readonly listener: ListenerSettings;
  /** The same as it was written. */
  readonly listenerInput: ListenerInput;
  readonly targets: TargetSettings;
  readonly tls: TlsInput;
  readonly certificates: CertificatesInput;
  readonly domain: DomainInput;
  readonly allowlist: AllowlistInput;
  readonly tags: { readonly [key: string]: string };
  readonly acknowledge: readonly string[];
}

/**
 * Default seconds after which an idle TCP connection is dropped: an hour, the promise of hosted database endpoints.
 * AWS's own default is 350.
 */
export const DEFAULT_IDLE_TIMEOUT_SECONDS = 3600;

/**
 * Seconds that connections to a removed target continue, by default. Short, because after a
 * failover they lead to a database that no longer takes writes. AWS's own default is 300, and whatever is set, it may send
 * new connections to the target for two minutes.
 */
const DEFAULT_DEREGISTRATION_DELAY_SECONDS = 10;

/** Default seconds after which a health check has failed, and how many in a row decide. */
const DEFAULT_HEALTH_CHECK = { timeoutSeconds: 5, healthyThreshold: 2, unhealthyThreshold: 2 };

/**
 * Turns what was written into what is built.
 *
 * @param shared what the load balancer settles for the allowlists of its endpoints, if they share it.
 */
export function resolveEndpoint(props: DatabaseEndpointProps, shared?: SharedAllowlist): ResolvedEndpoint {
  const { engine, target, tls, domain, tags = {}, acknowledge = [] } = props;
  const termination = tls?._termination;
  const certificates = placedCertificates(termination);
  const loadBalancer = resolveLoadBalancer(props, tags);
  const { vpcId, subnetIds, internetFacing, dualStack, crossZone } = loadBalancer;
  const { allow, shardFromStart, pathMtuDiscovery } = props;
  const allowlist = resolveAllowlist({
    allow,
    allowlist: props.allowlist,
    shared,
    tags,
    shardFromStart,
    pathMtuDiscovery,
    quotas: props.quotas,
    endsOnItsDay: loadBalancer.expiry._endsOnItsDay,
    dualStack,
    internetFacing,
  });
  return {
    loadBalancer,
    listener: resolveListener(props),
    listenerInput: { port: props.port, idleTimeoutSeconds: props.idleTimeoutSeconds },
    targets: {
      vpcId,
      subnetIds,
      dualStack,
      crossZone,
      engine,
      target,
      quotas: allowlist.quotas,
      port: target._options.port ?? (tlsReachesTarget(props) ? engine.tlsPort : engine.port),
      protocol: reencrypts(props) ? 'TLS' : 'TCP',
      preserveClientIp: props.preserveClientIp ?? false,
      deregistrationDelaySeconds: props.deregistrationDelaySeconds ?? DEFAULT_DEREGISTRATION_DELAY_SECONDS,
      sessions: props.sessions,
      healthCheck: {
        ...DEFAULT_HEALTH_CHECK,
        intervalSeconds: engine._healthCheckIntervalSeconds,
        ...written(props.healthCheck ?? {}),
      },
    },
    tls: {
      engine,
      tls,
      domainName: domain?.name,
      idleTimeoutSeconds: props.idleTimeoutSeconds,
      databaseCertificate: {
        written: target._options.certificateName,
        name: target._certificateName,
        followed: target._name?.hostname,
      },
    },
    certificates: {
      certificates,
      domain,
      certificatesPerLoadBalancer: certificateQuota(props),
      now: dayOf(allowlist.asOf),
    },
    domain: { domain, internetFacing },
    allowlist,
    tags,
    acknowledge,
  };
}

function resolveListener({ engine, tls, port, idleTimeoutSeconds }: EndpointProps): ListenerSettings {
  return tls?._termination
    ? { protocol: 'TLS', port: port ?? engine.tlsPort, idleTimeoutSeconds, sslPolicy: tls._policy.name }
    : {
        protocol: 'TCP',
        port: port ?? engine.port,
        idleTimeoutSeconds: idleTimeoutSeconds ?? DEFAULT_IDLE_TIMEOUT_SECONDS,
      };
}

// An engine that negotiates TLS would refuse a load balancer that opens with a ClientHello: what is inside the clients'
// own TLS layer is forwarded unchanged.
function reencrypts({ tls, engine }: EndpointProps): boolean {
  const termination = tls?._termination;
  return termination !== undefined && (termination.reencrypt ?? engine.handshake === TlsHandshake.IMMEDIATE);
}

function tlsReachesTarget(props: EndpointProps): boolean {
  return props.tls?._termination === undefined || reencrypts(props);
}

/** What is written as undefined is not written. */
function written<Settings extends object>(settings: Settings): Partial<Settings> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Partial<Settings>;
}
