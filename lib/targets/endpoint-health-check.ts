/**
 * How the load balancer finds out whether a target accepts connections. The check is a TCP connection to the target's
 * port; it does not log in.
 *
 * The checks of a new target begin once AWS has registered it, after 1.5 to 5 minutes. With only one target they do not
 * help at a failover: without a healthy target, the load balancer sends connections to all of them (fail-open).
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
 */
export interface EndpointHealthCheck {
  /**
   * Seconds between two checks of one target, 5 to 300. The nodes of the load balancer check more often than that.
   *
   * MySQL and MariaDB count every check as an interrupted handshake, and block a node after 100 of them in a row
   * without a successful login (`max_connect_errors`): 50 minutes at most at 30 s, and about 8 hours at 300 s. Raise
   * that limit on the server.
   *
   * @default 5; 30 for MySQL and MariaDB
   */
  readonly intervalSeconds?: number;

  /**
   * Seconds after which a check has failed, 2 to 120.
   *
   * @default 5
   */
  readonly timeoutSeconds?: number;

  /**
   * Checks in a row that must succeed before a target counts as healthy, 2 to 10.
   *
   * @default 2
   */
  readonly healthyThreshold?: number;

  /**
   * Checks in a row that must fail before a target counts as unhealthy, 2 to 10.
   *
   * @default 2
   */
  readonly unhealthyThreshold?: number;
}
