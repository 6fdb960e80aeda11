import type { AllowedSource } from '../allowlist/allowed-source';
import type { AllowlistSettings } from '../allowlist/allowlist-settings';
import type { EndpointDomain } from '../dns/endpoint-domain';
import type { DatabaseEngine } from '../engine/database-engine';
import type { DatabaseTarget } from '../targets/database-target';
import type { EndpointHealthCheck } from '../targets/endpoint-health-check';
import type { EndpointTls } from '../tls/endpoint-tls';

/** What one endpoint of a load balancer is made of. */
export interface EndpointProps {
  /** What the database speaks. It decides where TLS can end, and the default ports. */
  readonly engine: DatabaseEngine;

  /** Where the database is. */
  readonly target: DatabaseTarget;

  /** Who may connect. An empty list is refused. */
  readonly allow: AllowedSource[];

  /**
   * How the allowlist is judged, and how it becomes rules.
   *
   * @default every entry is a rule, judged on the day of the synthesis
   */
  readonly allowlist?: AllowlistSettings;

  /**
   * Where TLS ends. Engines that open their connections with TLS need a choice; those that negotiate it inside
   * their own protocol can only be passed through.
   *
   * @default EndpointTls.passthrough() for engines that negotiate TLS or bring their own encryption
   */
  readonly tls?: EndpointTls;

  /**
   * TCP port that clients connect to.
   *
   * @default the engine's TLS port where the listener terminates TLS, its native port otherwise
   */
  readonly port?: number;

  /**
   * The name that clients connect to, as URLs and the client guide show it, and the zones that hold its records.
   *
   * @default the load balancer's own DNS name
   */
  readonly domain?: EndpointDomain;

  /**
   * Seconds after which an idle connection is dropped, 60 to 6000, for passthrough. TLS listeners are
   * fixed at 350 seconds by AWS.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html
   * @default 3600
   */
  readonly idleTimeoutSeconds?: number;

  /**
   * Whether the database sees the clients' addresses instead of the load balancer's. Targets must then be in the
   * same VPC or one peered in the same Region, and cannot connect to themselves through the endpoint.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
   * @default false
   */
  readonly preserveClientIp?: boolean;

  /**
   * Seconds between the removal of a target and the end of its open connections, 0 to 3600. It is a lower bound: AWS cuts
   * them shortly after it, and may send new connections to the target for up to two minutes, whatever is written here. AWS
   * advises 120 or more where those must end in peace; the default is short because after a failover they lead to a
   * database that no longer takes writes.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#deregistration-delay
   * @default 10
   */
  readonly deregistrationDelaySeconds?: number;

  /**
   * How targets are checked.
   *
   * @default a TCP connection every 10 seconds (30 for MySQL and MariaDB), two in a row decide
   */
  readonly healthCheck?: EndpointHealthCheck;

  /**
   * Tags for every resource of the endpoint.
   *
   * @default only `Name`, the construct's path
   */
  readonly tags?: { [key: string]: string };

  /**
   * Names of warnings that have been read and accepted, such as `PassthroughPlaintext`. They are not shown again.
   *
   * @default every warning is shown at each synthesis
   */
  readonly acknowledge?: string[];
}
