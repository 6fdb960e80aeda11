import { TlsHandshake } from '../engine/tls-handshake';
import type { DatabaseEndpointProps } from './database-endpoint-props';

/** Every decision about an endpoint that the resources only repeat. */
export interface EndpointPlan {
  readonly listenerProtocol: 'TCP' | 'TLS';
  readonly listenerPort: number;
  /** Seconds; undefined on TLS listeners, where AWS fixes it. */
  readonly idleTimeoutSeconds?: number;
  readonly targetProtocol: 'TCP' | 'TLS';
  readonly targetPort: number;
  readonly healthCheckIntervalSeconds: number;
}

/**
 * Idle timeout of TCP listeners in seconds where none is asked for: an hour, the promise of hosted database
 * endpoints. AWS's own default is 350.
 */
export const DEFAULT_IDLE_TIMEOUT_SECONDS = 3600;

/** Turns what was written into what is built. */
export function planEndpoint(props: DatabaseEndpointProps): EndpointPlan {
  const { engine, target } = props;
  const termination = props.tls?._termination;
  const reencrypt = termination !== undefined && reencrypts(props);
  const tlsReachesTarget = termination === undefined || reencrypt;
  return {
    listenerProtocol: termination ? 'TLS' : 'TCP',
    listenerPort: props.port ?? (termination ? engine.tlsPort : engine.port),
    idleTimeoutSeconds: termination ? undefined : (props.idleTimeoutSeconds ?? DEFAULT_IDLE_TIMEOUT_SECONDS),
    targetProtocol: reencrypt ? 'TLS' : 'TCP',
    targetPort: target._options.port ?? (tlsReachesTarget ? engine.tlsPort : engine.port),
    healthCheckIntervalSeconds: props.healthCheck?.intervalSeconds ?? engine._healthCheckIntervalSeconds,
  };
}

// An engine that negotiates TLS would refuse a load balancer that opens with a ClientHello: what is inside the
// clients' own TLS layer goes on to it as it is.
function reencrypts({ tls, engine }: DatabaseEndpointProps): boolean {
  return tls?._termination?.reencrypt ?? engine.handshake === TlsHandshake.IMMEDIATE;
}
