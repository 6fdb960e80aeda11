import type { AllowedSource } from '../allowlist/allowed-source';
import type { AllowlistSettings } from '../allowlist/allowlist-settings';
import type { EndpointDomain } from '../dns/endpoint-domain';
import type { DatabaseEngine } from '../engine/database-engine';
import type { DatabaseTarget } from '../targets/database-target';
import type { EndpointHealthCheck } from '../targets/endpoint-health-check';
import type { EndpointSessions } from '../targets/endpoint-sessions';
import type { EndpointTls } from '../tls/endpoint-tls';

/** Properties of one endpoint of a load balancer. */
export interface EndpointProps {
  /** The database engine. It determines where TLS can end, and the default ports. */
  readonly engine: DatabaseEngine;

  /** Where the database is. */
  readonly target: DatabaseTarget;

  /**
   * Who may connect. An empty list is refused.
   *
   * @default all access is given by `addIntegration`; synthesis fails where nobody is given any
   */
  readonly allow?: AllowedSource[];

  /**
   * How the allowlist is validated and turned into rules.
   *
   * @default one rule per entry, with expiry evaluated as of the day of synthesis
   */
  readonly allowlist?: AllowlistSettings;

  /**
   * Where TLS ends. It is required for engines whose connections start with TLS; those that negotiate it inside their
   * own protocol can only be passed through.
   *
   * @default EndpointTls.passthrough() for engines that negotiate TLS or bring their own encryption
   */
  readonly tls?: EndpointTls;

  /**
   * TCP port that clients connect to.
   *
   * @default the engine's TLS port if the listener terminates TLS, its native port otherwise
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
   * Seconds between the removal of a target and the end of its open connections, 0 to 3600. It is a lower bound: AWS
   * cuts them shortly after it, and may send new connections to the target for up to two minutes, whatever is set here.
   * AWS advises 120 or more if those must end gracefully; the default is short because after a failover they go to a
   * database that no longer accepts writes.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#deregistration-delay
   * @default 10
   */
  readonly deregistrationDelaySeconds?: number;

  /**
   * Ends open connections on command: after a client was removed from the allowlist, or for any other reason. Needs targets
   * that the endpoint registers, by address, instance or name.
   *
   * @default one target group; connections of removed clients continue until they end or are idle
   */
  readonly sessions?: EndpointSessions;

  /**
   * How targets are checked.
   *
   * @default a TCP connection every 5 seconds (30 for MySQL and MariaDB); two consecutive results decide
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
