import type { AlarmDefinition, AlarmTiming } from './alarm-definition';
import { MONITORED } from './metrics';

/** Alarms of one endpoint, by the names of the properties that adjust them. */
export const ENDPOINT_ALARMS = {
  noHealthyTarget: {
    id: 'NoHealthyTarget',
    title: 'no healthy target',
    meaning: 'No target is healthy, or none is registered: clients cannot connect.',
    section: 'no-healthy-target',
    urgency: 'page',
    metric: MONITORED.healthyTargets,
    comparison: 'LessThanThreshold',
    threshold: 1,
    ...{ periodSeconds: 60, evaluationPeriods: 5, datapointsToAlarm: 5 },
    missingData: 'breaching',
    because:
      'A group without targets reports nothing, which must not pass for health. Five minutes pass over restarts; eight where a name is followed, since a new target takes up to five before its health checks begin.',
  },
  unhealthyTargets: {
    id: 'UnhealthyTargets',
    title: 'unhealthy targets',
    meaning: 'At least one target fails its health checks on every node of the load balancer.',
    section: 'unhealthy-targets',
    urgency: 'ticket',
    metric: MONITORED.unhealthyTargets,
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    ...{ periodSeconds: 60, evaluationPeriods: 5, datapointsToAlarm: 5 },
    missingData: 'notBreaching',
    because:
      'The minimum over the nodes, as AWS advises: one node that has not looked yet does not count. The rest still serve, so it can wait; with none left, "no healthy target" pages.',
  },
} as const satisfies { readonly [name: string]: AlarmDefinition };

/** While a failover moves the target, nobody is woken by what ends by itself. */
export const FOLLOWED_TIMING: Pick<AlarmTiming, 'evaluationPeriods' | 'datapointsToAlarm'> = {
  evaluationPeriods: 8,
  datapointsToAlarm: 8,
};

/** Alarms of one endpoint whose database's name is followed. */
export const SYNC_ALARMS = {
  syncFailures: {
    id: 'SyncFailures',
    title: 'target-sync fails',
    meaning: 'The function that follows the database name fails: after a failover, the old target would stay.',
    section: 'target-sync-fails',
    urgency: 'page',
    metric: MONITORED.syncFailures,
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    ...{ periodSeconds: 60, evaluationPeriods: 5, datapointsToAlarm: 3 },
    missingData: 'notBreaching',
    because: 'Zeros are not sent. Each run repeats what failed, so a single one that fails means nothing.',
  },
  syncUnanswered: {
    id: 'SyncUnanswered',
    title: 'database name unanswered',
    meaning: 'DNS gives no usable answer for the database name: the targets are those of the last good answer.',
    section: 'database-name-unanswered',
    urgency: 'page',
    metric: MONITORED.syncUnanswered,
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    ...{ periodSeconds: 60, evaluationPeriods: 5, datapointsToAlarm: 5 },
    missingData: 'notBreaching',
    because: 'Zeros are not sent. Names of managed databases may be empty for a moment while they fail over.',
  },
  syncSlow: {
    id: 'SyncSlow',
    title: 'targets changed late',
    meaning: 'It took the function long to move a target to the address that DNS answered.',
    section: 'targets-changed-late',
    urgency: 'ticket',
    metric: MONITORED.secondsToDeregister,
    comparison: 'GreaterThanThreshold',
    threshold: 60,
    ...{ periodSeconds: 60, evaluationPeriods: 1, datapointsToAlarm: 1 },
    missingData: 'notBreaching',
    because: 'Seconds are usual. It is sent once a change, after the fact, so that one value decides.',
  },
} as const satisfies { readonly [name: string]: AlarmDefinition };

/** A reader that is gone waits for its grace time in any case; what counts is how soon a new one serves. */
export const READERS_CHANGED = MONITORED.secondsToRegister;

/** Alarms of a function that follows names, once for all of its endpoints. */
export const SYNC_FUNCTION_ALARMS = {
  syncNotInvoked: {
    id: 'NotInvoked',
    title: 'target-sync not invoked',
    meaning: 'The function that follows database names does not run: after a failover, old targets would stay.',
    section: 'target-sync-not-invoked',
    urgency: 'page',
    metric: MONITORED.functionInvocations,
    comparison: 'LessThanThreshold',
    threshold: 1,
    ...{ periodSeconds: 60, evaluationPeriods: 5, datapointsToAlarm: 5 },
    missingData: 'breaching',
    because: 'It runs every minute. What does not run sends nothing, so only missing data tells of it.',
  },
  syncErrors: {
    id: 'Errors',
    title: 'target-sync breaks off',
    meaning: 'Runs of the function that follows database names end with an error.',
    section: 'target-sync-breaks-off',
    urgency: 'ticket',
    metric: MONITORED.functionErrors,
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    ...{ periodSeconds: 60, evaluationPeriods: 5, datapointsToAlarm: 5 },
    missingData: 'notBreaching',
    because:
      'Also counts runs that were killed, or could not begin, which send no metric of their own. What belongs to an endpoint pages by "target-sync fails".',
  },
} as const satisfies { readonly [name: string]: AlarmDefinition };

/** Alarms of each database user of an endpoint. */
export const USER_ALARMS = {
  userFunctionErrors: {
    id: 'Errors',
    title: 'user function fails',
    meaning: 'The function of a database user failed: a rotation, or a measurement of drift, did not happen.',
    section: 'user-function-fails',
    urgency: 'ticket',
    metric: MONITORED.functionErrors,
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    ...{ periodSeconds: 300, evaluationPeriods: 1, datapointsToAlarm: 1 },
    missingData: 'notBreaching',
    because: 'It runs seldom, and a rotation that fails leaves the old password in force: one failure decides.',
  },
} as const satisfies { readonly [name: string]: AlarmDefinition };

/** The alarm of a user that is measured on a schedule, whose period is that of the schedule. */
export const DRIFT_ALARMS = {
  userDrift: {
    id: 'Drift',
    title: 'user differs from its declaration',
    meaning: 'Somebody changed a database user by hand: it is not as it is declared.',
    section: 'user-differs-from-its-declaration',
    urgency: 'ticket',
    metric: MONITORED.userDifferences,
    comparison: 'GreaterThanThreshold',
    threshold: 0,
    ...{ periodSeconds: 3600, evaluationPeriods: 1, datapointsToAlarm: 1 },
    missingData: 'ignore',
    because:
      'One measurement decides, and holds until the next one. The period is that of `measureDriftEveryHours`; a measurement that fails is an error of the function.',
  },
} as const satisfies { readonly [name: string]: AlarmDefinition };

/** The alarm of a certificate, once for all endpoints of a stack that present it. */
export const CERTIFICATE_ALARMS = {
  certificateExpiry: {
    id: 'CertificateExpiry',
    title: 'certificate expires soon',
    meaning: 'A certificate expires soon, and has not been renewed: then no client that verifies it can connect.',
    section: 'certificate-expires-soon',
    urgency: 'ticket',
    metric: MONITORED.daysToExpiry,
    comparison: 'LessThanThreshold',
    threshold: 30,
    ...{ periodSeconds: 86_400, evaluationPeriods: 1, datapointsToAlarm: 1 },
    missingData: 'ignore',
    because:
      'ACM renews 45 days or more before the end, so at 30 that has failed for two weeks. It reports twice a day and stops after expiry, when the alarm must stay as it is.',
  },
} as const satisfies { readonly [name: string]: AlarmDefinition };

/** Alarms of one load balancer, whoever its endpoints are. */
export const LOAD_BALANCER_ALARMS = {
  refusedFlows: {
    id: 'RefusedFlows',
    title: 'more connections refused than usual',
    meaning: 'The allowlist refuses more connections than usual: a client has a new address, or somebody is looking.',
    section: 'more-connections-refused-than-usual',
    urgency: 'ticket',
    metric: MONITORED.refusedFlows,
    comparison: 'GreaterThanThreshold',
    threshold: { standardDeviations: 4 },
    ...{ periodSeconds: 300, evaluationPeriods: 3, datapointsToAlarm: 3 },
    missingData: 'notBreaching',
    because:
      'The internet knocks at every public address, each at its own rate: CloudWatch learns what is usual here. It reports only when something was refused.',
  },
  clientTlsErrors: {
    id: 'ClientTlsErrors',
    title: 'TLS handshakes with clients fail',
    meaning: 'Clients that the allowlist admits fail the TLS handshake: an expired certificate, an old client.',
    section: 'tls-handshakes-with-clients-fail',
    urgency: 'ticket',
    metric: MONITORED.clientTlsErrors,
    comparison: 'GreaterThanThreshold',
    threshold: 10,
    ...{ periodSeconds: 300, evaluationPeriods: 3, datapointsToAlarm: 3 },
    missingData: 'notBreaching',
    because:
      'Ten in five minutes, for fifteen: a client that retries, and not a port scan that an allowed office runs.',
  },
  targetTlsErrors: {
    id: 'TargetTlsErrors',
    title: 'TLS handshakes with databases fail',
    meaning: 'The load balancer cannot open TLS to a database: clients connect, and are cut off.',
    section: 'tls-handshakes-with-databases-fail',
    urgency: 'page',
    metric: MONITORED.targetTlsErrors,
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 5,
    ...{ periodSeconds: 60, evaluationPeriods: 5, datapointsToAlarm: 3 },
    missingData: 'notBreaching',
    because: 'Health checks are TCP and stay green. A restart breaks a few handshakes in one minute, not in three.',
  },
  portAllocationErrors: {
    id: 'PortAllocationErrors',
    title: 'source ports run out',
    meaning: 'The load balancer has no source port left for a target: new connections are dropped.',
    section: 'source-ports-run-out',
    urgency: 'page',
    metric: MONITORED.portAllocationErrors,
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    ...{ periodSeconds: 60, evaluationPeriods: 5, datapointsToAlarm: 3 },
    missingData: 'notBreaching',
    because: 'Each one is a connection that was dropped; three minutes of five are no single burst.',
  },
  rejectedFlows: {
    id: 'RejectedFlows',
    title: 'connections rejected by the load balancer',
    meaning: 'The load balancer itself rejects connections that the allowlist admits.',
    section: 'connections-rejected-by-the-load-balancer',
    urgency: 'page',
    metric: MONITORED.rejectedFlows,
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    ...{ periodSeconds: 60, evaluationPeriods: 5, datapointsToAlarm: 3 },
    missingData: 'notBreaching',
    because: 'It should be zero. Three minutes of five are no single burst.',
  },
  loadBalancerResets: {
    id: 'LoadBalancerResets',
    title: 'more resets by the load balancer than usual',
    meaning: 'The load balancer resets more connections than usual: idle ones, or those of targets that are gone.',
    section: 'more-resets-by-the-load-balancer-than-usual',
    urgency: 'ticket',
    metric: MONITORED.loadBalancerResets,
    comparison: 'GreaterThanThreshold',
    threshold: { standardDeviations: 4 },
    ...{ periodSeconds: 300, evaluationPeriods: 3, datapointsToAlarm: 3 },
    missingData: 'notBreaching',
    because: 'Pools that let connections idle cause some all day; only the difference tells.',
  },
  targetResets: {
    id: 'TargetResets',
    title: 'more resets by databases than usual',
    meaning: 'Databases reset more connections than usual: they refuse, restart, or are out of connections.',
    section: 'more-resets-by-databases-than-usual',
    urgency: 'ticket',
    metric: MONITORED.targetResets,
    comparison: 'GreaterThanThreshold',
    threshold: { standardDeviations: 4 },
    ...{ periodSeconds: 300, evaluationPeriods: 3, datapointsToAlarm: 3 },
    missingData: 'notBreaching',
    because: 'Databases end some connections this way all day; only the difference tells.',
  },
} as const satisfies { readonly [name: string]: AlarmDefinition };

/** Every alarm that `endpoint.monitor()` may make for the endpoint itself, by the properties that adjust them. */
export const ALARMS_OF_ENDPOINT = {
  ...ENDPOINT_ALARMS,
  ...SYNC_ALARMS,
  ...SYNC_FUNCTION_ALARMS,
  ...CERTIFICATE_ALARMS,
  ...USER_ALARMS,
  ...DRIFT_ALARMS,
};

/** Every alarm, for documents and tests. */
export const ALL_ALARMS: readonly AlarmDefinition[] = [
  ...Object.values(ALARMS_OF_ENDPOINT),
  ...Object.values(LOAD_BALANCER_ALARMS),
];
