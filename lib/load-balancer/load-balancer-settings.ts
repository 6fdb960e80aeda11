import type { ExpiryEnforcement } from '../expiry/expiry-enforcement';
import type { LogSettings } from '../logs/log-settings';
import type { EndpointAddresses } from './endpoint-addresses';

/** A load balancer, with every default filled. Values that do not decide which resources there are may be tokens. */
export interface LoadBalancerSettings extends LogSettings {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly internetFacing: boolean;
  readonly dualStack: boolean;
  readonly allowSingleSubnet: boolean;
  readonly crossZone: boolean;
  readonly deletionProtection: boolean;
  /** Undefined where Terraform makes the name. */
  readonly name?: string;
  readonly expiry: ExpiryEnforcement;
  /** Undefined where AWS assigns them. */
  readonly addresses?: EndpointAddresses;
  readonly tags: { readonly [key: string]: string };
}

/** The listener of one endpoint, with every default filled. */
export interface ListenerSettings {
  readonly protocol: 'TCP' | 'TLS';
  readonly port: number;
  /** Seconds; a TLS listener has none. */
  readonly idleTimeoutSeconds?: number;
  /** Name of the security policy of a TLS listener. */
  readonly sslPolicy?: string;
}
