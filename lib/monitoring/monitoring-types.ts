import { checkProps, checkStruct, isNothing, missingIn, missingProperty, type TypeProblem } from '../rules/type-check';
import type { AlarmActions } from './alarm-actions';
import type { EndpointAlarm } from './endpoint-alarm';
import type { EndpointMonitoringProps, LoadBalancerMonitoringProps } from './monitoring-props';

/** What messages call the properties of `monitor()`. */
export const METHOD = 'monitor()';

/** What a type checker would refuse about the properties of `monitor()`. */
export function monitoringTypeProblems(
  props: EndpointMonitoringProps | LoadBalancerMonitoringProps,
  struct: 'EndpointMonitoringProps' | 'LoadBalancerMonitoringProps',
): TypeProblem[] {
  const outer = checkProps(props, struct, notGiven, METHOD);
  if (outer.length > 0) return outer;
  const { actions, ticketActions, alarms = {} } = props;
  const { loadBalancerAlarms = {} } = props as EndpointMonitoringProps;
  return [
    ...actionsMissing(`${METHOD}.actions`, actions),
    ...actionsMissing(`${METHOD}.ticketActions`, ticketActions),
    ...choiceProblems('alarms', alarms),
    ...choiceProblems('loadBalancerAlarms', loadBalancerAlarms),
  ];
}

function choiceProblems(property: string, choices: object): TypeProblem[] {
  const named = Object.entries(choices) as [string, EndpointAlarm | undefined][];
  return named.flatMap(([name, choice]) => {
    if (choice?._adjusted === undefined) return [];
    const about = `${METHOD}.${property}.${name}`;
    const mistyped = checkStruct(choice._written, 'AlarmSettings', about);
    return mistyped.length > 0 ? mistyped : actionsMissing(`${about}.actions`, choice._adjusted.actions);
  });
}

function actionsMissing(property: string, actions: AlarmActions | undefined): TypeProblem[] {
  if (actions === undefined) return [];
  return missingIn(actions, 'AlarmActions', isNothing).map((name) =>
    missingProperty(`${property}.${name}`, 'List the ARN of an SNS topic, or nothing: [].'),
  );
}

function notGiven(property: string): TypeProblem {
  return missingProperty(
    `${METHOD}.${property}`,
    'Say what happens when an alarm goes off, such as { alarm: [topic.arn] }.',
  );
}
