/**
 * What the program counts when it describes a user on a schedule. Both are sent each time, 0 included: an alarm that
 * treats missing data as breaching then also finds a schedule that has stopped.
 */
export const METRICS = {
  /** In how many points a user is not as it is declared; not sent where that could not be read. */
  UserDifferences: 'Count',
  /** 1 if it could not be read what a user can really do, 0 if it could. */
  UserDescribesFailed: 'Count',
} as const;

/** The dimension `service` of the function's metrics; the other one is `user`, with the construct's path. */
export const SERVICE = 'database-user';
