/** Everything that the program counts. Nothing is sent in a run where nothing happens, so nothing is charged for it. */
export const METRICS = {
  /** Targets that were registered or removed, and are seen to be. */
  TargetsRegistered: 'Count',
  TargetsDeregistered: 'Count',
  /** From the first answer that called for it until the group showed it. */
  SecondsToRegister: 'Seconds',
  SecondsToDeregister: 'Seconds',
  /** From a target's coming into a group that a listener forwards to until it was seen healthy. */
  SecondsUntilHealthy: 'Seconds',
  /** Targets at the end of a run that get no traffic, or have not become healthy in time. */
  TargetsUnused: 'Count',
  TargetsUnhealthy: 'Count',
  /** Answers that were of no use, each one. */
  EmptyAnswers: 'Count',
  FailedLookups: 'Count',
  /** Calls of the load balancing API, and other trouble that ended a look, each one. */
  ThrottledCalls: 'Count',
  FailedLooks: 'Count',
  /** 1 for a run at whose end a name had no usable answer; its targets are kept. */
  RunsUnanswered: 'Count',
  /** 1 for a run at whose end anything was wrong, an unanswered name included. */
  RunsFailed: 'Count',
} as const;

/** The dimension `service` of the function's metrics; the other one is `endpoint`, with its path. */
export const SERVICE = 'target-sync';
