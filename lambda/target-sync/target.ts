/** A target of the group, as it was found. */
export interface Target {
  readonly address: string;
  readonly port: number;
  /** The zone it is registered for; a deregistration must repeat it. */
  readonly zone?: string;
  readonly state: State;
  /** What AWS says about the state, such as `Target.NotInUse`. */
  readonly reason?: string;
}

/**
 * `initial`: it is being registered, or its first health checks are not done. `unused`: it gets no traffic. `draining`:
 * it was deregistered, and its connections end. One that is `unhealthy.draining` is registered still.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
 */
export type State =
  | 'initial'
  | 'healthy'
  | 'unhealthy'
  | 'unhealthy.draining'
  | 'unused'
  | 'unavailable'
  | 'draining'
  | 'other';
