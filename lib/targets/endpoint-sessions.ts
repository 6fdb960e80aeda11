/**
 * Ends open connections on command.
 *
 * An entry that is removed from an allowlist, or expires, admits no new connections; open ones continue, because security
 * groups track connections. With this, the endpoint has three target groups in place of one, and each change of `epoch`
 * moves new connections to the next one and deregisters the targets of the one before, which ends all of its connections.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#deregistration-delay
 */
export interface EndpointSessions {
  /**
   * Write 1 first, and count up by one to end every open connection of the endpoint, shortly after
   * `deregistrationDelaySeconds`. In the same apply, clients that the allowlist still admits can connect again, and those
   * that were removed cannot. A plan with any other step, also a step back, is refused.
   *
   * Leave ten minutes between two changes: the targets of the next target group must be healthy by then.
   *
   * @deciding
   */
  readonly epoch: number;
}
