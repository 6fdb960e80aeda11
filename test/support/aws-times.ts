/**
 * What is known of the times that AWS takes, each with its source. docs/times.md shows them, the acceptance kit holds
 * them against what it measures, and every sentence that promises seconds must have one of them beside it.
 */
export interface AwsTime {
  /** What takes the time. */
  readonly what: string;
  readonly time: string;
  /** Who says so, with the address of the page or thread. */
  readonly sources: readonly (readonly [name: string, url: string])[];
}

const GUIDE = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network';
const CONTROLLER = 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues';
const ROADMAP = 'https://github.com/aws/containers-roadmap/issues';
const RDS = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide';

const HEALTH_CHECKS = ['NLB guide, health checks', `${GUIDE}/target-group-health-checks.html`] as const;
const ATTRIBUTES = ['NLB guide, deregistration delay', `${GUIDE}/edit-target-group-attributes.html`] as const;
const REGISTRATION = ['aws-load-balancer-controller 1834', `${CONTROLLER}/1834`] as const;

export const AWS_TIMES = {
  instanceFailover: {
    what: 'A failover of a Multi-AZ DB instance, until its name resolves to the other address',
    time: '60 to 120 s',
    sources: [['RDS guide, Multi-AZ instances', `${RDS}/Concepts.MultiAZSingleStandby.html`]],
  },
  clusterFailover: {
    what: 'A failover of a Multi-AZ DB cluster',
    time: 'typically under 35 s',
    sources: [['RDS guide, Multi-AZ clusters', `${RDS}/multi-az-db-clusters-concepts.html`]],
  },
  registration: {
    what: 'A new target, until its registration is complete',
    time: '"a few minutes" in the guide; 90 to 180 s according to a maintainer of the controller; 3 to 5 min according to AWS support',
    sources: [HEALTH_CHECKS, REGISTRATION, ['aws-load-balancer-controller 1786', `${CONTROLLER}/1786`]],
  },
  firstChecks: {
    what: 'After that, the health checks of a new target',
    time: 'interval times healthy threshold on top',
    sources: [REGISTRATION],
  },
  deregistration: {
    what: 'A removed target, until no new connection reaches it',
    time: 'up to 120 s, whatever the deregistration delay; 3 to 5 min according to AWS support',
    sources: [ATTRIBUTES, ['containers-roadmap 470', `${ROADMAP}/470`], REGISTRATION],
  },
  termination: {
    what: 'A removed target, until its open connections are cut',
    time: 'shortly after the end of the deregistration delay, for which AWS advises at least 120 s; the default of 10 s is a lower bound',
    sources: [ATTRIBUTES],
  },
  movedListener: {
    what: 'A listener that moves to another target group, until no new connection reaches the old one',
    time: 'about 75 s, measured by a user',
    sources: [['containers-roadmap 470', `${ROADMAP}/470`]],
  },
  unusedGroup: {
    what: 'A target group that no listener uses, until its targets are checked',
    time: 'never: its targets are `unused`, so a group that is created before the listener switches to it is cold',
    sources: [HEALTH_CHECKS],
  },
  initialTargets: {
    what: 'Connections to a group whose only targets are `initial`',
    time: 'not documented. A user saw them pass; do not rely on it',
    sources: [['containers-roadmap 469', `${ROADMAP}/469`]],
  },
  missingZone: {
    what: 'A target in a zone without a subnet of the load balancer',
    time: 'never: it stays `unused` (`Target.NotInUse`)',
    sources: [HEALTH_CHECKS],
  },
} as const satisfies Record<string, AwsTime>;

/** The same in short, for places with no room for the sources: registration from the least to the most. */
export const NEW_TARGET_MINUTES = '1.5 to 5 minutes';

/** The table of docs/times.md. */
export function awsTimesTable(times: readonly AwsTime[] = Object.values(AWS_TIMES)): string {
  return [
    '| what | how long | source |',
    '|---|---|---|',
    ...times.map(
      ({ what, time, sources }) =>
        `| ${what} | ${time} | ${sources.map(([name, url]) => `[${name}](${url})`).join(', ')} |`,
    ),
  ].join('\n');
}
