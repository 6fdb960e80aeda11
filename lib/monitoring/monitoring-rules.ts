import { acknowledgeRule } from '../rules/acknowledge-rule';
import type { Finding, Rule } from '../rules/rule';
import { tagRule } from '../rules/tag-rule';
import { isUnresolved, itemsOf } from '../tokens/unresolved';
import type { AlarmActions } from './alarm-actions';
import type { AlarmDefinition } from './alarm-definition';
import type { AlarmSettings, EndpointAlarm } from './endpoint-alarm';
import type { MonitoringProps } from './monitoring-props';

/** A choice about an alarm, and where it was written. */
export interface AlarmChoice {
  readonly property: string;
  readonly definition: AlarmDefinition;
  readonly choice: EndpointAlarm;
  /** Why there is no such alarm, if there is none. */
  readonly unless?: string;
}

/** What `monitor()` was called with, as far as it can be judged before anything is made. */
export interface MonitoringInput {
  readonly props: MonitoringProps;
  /** Whether it was called before. */
  readonly isRepeated: boolean;
  /** Path of something else that has the id of the construct with the alarms. */
  readonly taken?: string;
  readonly choices: readonly AlarmChoice[];
  /** The stack of what is monitored, and that of the dashboard that was named. */
  readonly stacks: { readonly monitored: string; readonly dashboard?: string };
  readonly acknowledge?: readonly string[];
}

/**
 * Actions that an alarm takes for each of its states.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
 */
export const MOST_ACTIONS = 5;

const DAY = 86_400;

/** Validation rules for `monitor()`. */
export const MONITORING_RULES: readonly Rule<MonitoringInput>[] = [
  {
    name: 'MonitoredTwice',
    because: 'The second call would make the same alarms again, with other actions.',
    check: ({ isRepeated }) =>
      isRepeated
        ? {
            property: 'monitor()',
            reason: 'has been called already',
            remedy: 'Call it once; further alarms can be made as CloudwatchMetricAlarm.',
          }
        : undefined,
  },
  {
    name: 'MonitoringIdTaken',
    because: 'The alarms are below what is monitored, where every id is there once.',
    check: ({ taken }) =>
      taken === undefined
        ? undefined
        : {
            property: 'monitor()',
            reason: `needs the id Monitoring, which ${taken} has`,
            remedy: 'Give that another id.',
          },
  },
  acknowledgeRule(() => MONITORING_WARNINGS.map(({ name }) => name)),
  tagRule(({ props: { tags } }) => tags),
  {
    name: 'AlarmActionInvalid',
    because: 'CloudWatch does not check whether what an action names exists, and then nobody is told of the alarm.',
    see: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html',
    check: (input) =>
      listsOf(input).flatMap(([property, arns]) =>
        itemsOf(arns).flatMap((arn, i) =>
          isUnresolved(arn) || /^arn:[\w-]+:[\w-]+:[\w-]*:[\w-]*:\S+$/.test(arn)
            ? []
            : {
                property: `${property}[${i}]`,
                value: arn,
                reason: 'is not an ARN',
                remedy:
                  "Write the ARN of what is to be started, such as 'arn:aws:sns:eu-central-1:123456789012:on-call'.",
              },
        ),
      ),
  },
  {
    name: 'AlarmActionsTooMany',
    because: 'CloudWatch takes five actions for each state of an alarm.',
    see: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html',
    check: (input) =>
      listsOf(input).flatMap(([property, arns]) =>
        new Set(itemsOf(arns)).size <= MOST_ACTIONS
          ? []
          : {
              property,
              value: arns.length,
              reason: `has more actions than the ${MOST_ACTIONS} that an alarm takes`,
              remedy: 'Write one SNS topic, and subscribe everybody to it.',
            },
      ),
  },
  {
    name: 'AlarmNotApplicable',
    because: 'An adjusted alarm that is not made would be taken for one that watches.',
    check: ({ choices }) =>
      choices.flatMap(({ property, unless, choice }) =>
        unless === undefined || choice._adjusted === undefined
          ? []
          : { property, reason: `adjusts an alarm that there is none of: ${unless}`, remedy: 'Leave it out.' },
      ),
  },
  {
    name: 'AlarmThresholdInvalid',
    because: 'Metrics count: what is below zero never happens, and what no number is cannot be compared.',
    check: ({ choices }) =>
      adjustedOf(choices).flatMap(({ property, definition, settings: { threshold, standardDeviations } }) => [
        ...positive(`${property}.threshold`, threshold, 0, 'a number that is not below zero'),
        ...positive(`${property}.standardDeviations`, standardDeviations, Number.MIN_VALUE, 'a number above zero'),
        ...bandFindings(property, definition, threshold, standardDeviations),
      ]),
  },
  {
    name: 'AlarmTimingInvalid',
    because:
      'CloudWatch takes periods of whole minutes for these metrics, as many bad periods as are looked at, and looks back a day; seven where a period is an hour or longer.',
    see: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html',
    check: ({ choices }) => adjustedOf(choices).flatMap(timingFindings),
  },
  {
    name: 'RunbookUrlInvalid',
    because: 'Whoever is woken follows the link in the description of the alarm, which has 1,024 characters.',
    see: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html',
    check: ({ props: { runbookUrl: url } }) =>
      url === undefined || isUnresolved(url) || (/^https:\/\/[^\s#]+$/.test(url) && url.length <= 500)
        ? undefined
        : {
            property: 'runbookUrl',
            value: url,
            reason: 'is not the address of a page, without a section of it',
            remedy: "Write up to 500 characters like 'https://wiki.example.com/databases/runbook'.",
          },
  },
  {
    name: 'DashboardElsewhere',
    because: 'Each stack is applied by itself; a dashboard of another one would have to be applied after it.',
    check: ({ stacks: { monitored, dashboard } }) =>
      dashboard === undefined || dashboard === monitored
        ? undefined
        : {
            property: 'dashboard',
            value: dashboard,
            reason: `is in another stack than ${monitored}`,
            remedy: 'Make the dashboard in the stack of what it shows, or leave it out.',
          },
  },
  {
    name: 'DashboardContradicted',
    because: 'One of the two would be dropped silently.',
    check: ({ props: { dashboard, withoutDashboard } }) =>
      dashboard !== undefined && withoutDashboard
        ? {
            property: 'withoutDashboard',
            value: true,
            reason: 'contradicts dashboard',
            remedy: 'Write one of the two.',
          }
        : undefined,
  },
];

/** Warnings of `monitor()`. */
export const MONITORING_WARNINGS: readonly Rule<MonitoringInput>[] = [
  {
    name: 'AlarmsUnheard',
    because: 'An alarm without an action is seen only by who looks at it.',
    check: ({ props: { actions } }) =>
      actions.alarm.length === 0
        ? {
            property: 'actions.alarm',
            value: [],
            reason: 'is empty, so that nobody is told when clients cannot connect',
            remedy: 'List the ARN of an SNS topic.',
          }
        : undefined,
  },
];

/** The rule about alarms that several endpoints have in common. */
export const SHARED_ALARM_RULE: Rule<SharedAlarmInput> = {
  name: 'SharedAlarmContradicted',
  because: 'What several endpoints use has one alarm, with the actions of all of them and the numbers of one.',
  check: ({ property, owner, differing, actions }) => {
    if (differing !== undefined) {
      return {
        property,
        reason: `is one alarm for all endpoints that use ${owner}, and another one of them has another ${differing}`,
        remedy: `Write the same ${differing} for all of them.`,
      };
    }
    return actions <= MOST_ACTIONS
      ? undefined
      : {
          property,
          value: actions,
          reason: `is one alarm for all endpoints that use ${owner}, and has more actions than the ${MOST_ACTIONS} that an alarm takes`,
          remedy: 'Write the same SNS topic for all of them, and subscribe everybody to it.',
        };
  },
};

/** What endpoints that have an alarm in common want of it. */
export interface SharedAlarmInput {
  readonly property: string;
  readonly owner: string;
  /** What they do not agree on. */
  readonly differing?: string;
  /** The number of actions for the state that has most. */
  readonly actions: number;
}

interface AdjustedAlarm {
  readonly property: string;
  readonly definition: AlarmDefinition;
  readonly settings: AlarmSettings;
}

function adjustedOf(choices: readonly AlarmChoice[]): AdjustedAlarm[] {
  return choices.flatMap(({ property, definition, choice: { _adjusted: settings } }) =>
    settings === undefined ? [] : [{ property, definition, settings }],
  );
}

/** Every list of actions, and where it was written. */
function listsOf({ props: { actions, ticketActions }, choices }: MonitoringInput): [string, readonly string[]][] {
  const written: [string, AlarmActions | undefined][] = [
    ['actions', actions],
    ['ticketActions', ticketActions],
    ...adjustedOf(choices).map(({ property, settings }): [string, AlarmActions | undefined] => {
      return [`${property}.actions`, settings.actions];
    }),
  ];
  return written.flatMap(([property, { alarm, ok, insufficientData } = { alarm: [] }]): [string, string[]][] => [
    [`${property}.alarm`, alarm],
    [`${property}.ok`, ok ?? []],
    [`${property}.insufficientData`, insufficientData ?? []],
  ]);
}

function positive(property: string, value: number | undefined, min: number, what: string): Finding[] {
  return value === undefined || isUnresolved(value) || (Number.isFinite(value) && value >= min)
    ? []
    : [{ property, value: String(value), reason: `is not ${what}`, remedy: `Write ${what}.` }];
}

function bandFindings(
  property: string,
  { title, threshold: byDefault }: AlarmDefinition,
  threshold: number | undefined,
  deviations: number | undefined,
): Finding[] {
  if (deviations === undefined) return [];
  const about = { property: `${property}.standardDeviations`, value: deviations };
  if (typeof byDefault === 'number') {
    return [{ ...about, reason: `is nothing that the alarm "${title}" goes by`, remedy: 'Write a threshold instead.' }];
  }
  return threshold === undefined
    ? []
    : [{ ...about, reason: 'has no effect beside a threshold', remedy: 'Write one of the two.' }];
}

function timingFindings({ property, definition, settings }: AdjustedAlarm): Finding[] {
  const { periodSeconds: seconds, evaluationPeriods: count, datapointsToAlarm: bad } = settings;
  const findings = [
    ...whole(`${property}.periodSeconds`, seconds, 60, 'a whole number of minutes, in seconds'),
    ...whole(`${property}.evaluationPeriods`, count, 1, 'a whole number of at least 1'),
    ...whole(`${property}.datapointsToAlarm`, bad, 1, 'a whole number of at least 1'),
  ];
  if (findings.length > 0) return findings;
  const [period, periods] = [seconds ?? definition.periodSeconds, count ?? definition.evaluationPeriods];
  if (bad !== undefined && !isUnresolved(bad) && !isUnresolved(periods) && bad > periods) {
    findings.push({
      property: `${property}.datapointsToAlarm`,
      value: bad,
      reason: `is more than the ${periods} periods that are looked at`,
      remedy: `Write 1 to ${periods}, or more evaluationPeriods.`,
    });
  }
  const most = period < 3600 ? DAY : 7 * DAY;
  if (!isUnresolved(period) && !isUnresolved(periods) && period * periods > most) {
    findings.push({
      property: `${property}.${count === undefined ? 'periodSeconds' : 'evaluationPeriods'}`,
      value: count ?? seconds,
      reason: `makes the alarm look back ${period * periods} seconds, which is more than ${most}`,
      remedy: 'Write fewer or shorter periods.',
    });
  }
  return findings;
}

function whole(property: string, value: number | undefined, of: number, what: string): Finding[] {
  return value === undefined || isUnresolved(value) || (value >= of && Number.isInteger(value / of))
    ? []
    : [{ property, value: String(value), reason: `is not ${what}`, remedy: `Write ${what}.` }];
}
