import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { describeProblem, EndpointError, type Problem } from '../rules/endpoint-error';
import { applyRules } from '../rules/rule';
import { warn } from '../terraform/warnings';
import type { AlarmDefinition } from './alarm-definition';
import type { EndpointAlarm } from './endpoint-alarm';
import { EndpointDashboard } from './endpoint-dashboard';
import type { EndpointMonitoringProps, LoadBalancerMonitoringProps, MonitoringProps } from './monitoring-props';
import { type AlarmChoice, MONITORING_RULES, MONITORING_WARNINGS, type MonitoringInput } from './monitoring-rules';
import { METHOD, monitoringTypeProblems } from './monitoring-types';

/** Id of the construct with the alarms, below what is monitored. */
export const MONITORING = 'Monitoring';

/** Refuses what is wrong with a call of `monitor()`. */
export function refuseMonitoring(
  monitored: Construct,
  props: EndpointMonitoringProps | LoadBalancerMonitoringProps,
  about: {
    readonly struct: 'EndpointMonitoringProps' | 'LoadBalancerMonitoringProps';
    readonly isRepeated: boolean;
    readonly choices: () => readonly AlarmChoice[];
  },
): void {
  const mistyped = monitoringTypeProblems(props, about.struct);
  refuse(monitored, mistyped);
  const input = inputOf(monitored, props, about);
  refuse(monitored, applyRules(MONITORING_RULES, input).map(ofMethod));
}

/** Warns about what is not wrong. */
export function warnOfMonitoring(monitoring: Construct, props: MonitoringProps): void {
  const { acknowledge = [] } = props;
  const input = inputOf(monitoring, props, { isRepeated: false, choices: () => [] });
  const found = applyRules(MONITORING_WARNINGS, input).filter(({ rule }) => !acknowledge.includes(rule));
  warn(monitoring, found.map(ofMethod).map(describeProblem));
}

/** The choices of a struct of alarms that were made. */
export function choicesOf<Name extends string>(
  property: string,
  choices: { readonly [name in Name]?: EndpointAlarm },
  definitions: { readonly [name in Name]: AlarmDefinition },
  unless: (name: Name) => string | undefined = () => undefined,
): AlarmChoice[] {
  return (Object.keys(definitions) as Name[]).flatMap((name) => {
    const choice = choices[name];
    if (choice === undefined) return [];
    return [{ property: `${property}.${name}`, definition: definitions[name], choice, unless: unless(name) }];
  });
}

/** The dashboard that shows what is monitored, if any does. */
export function dashboardFor(monitored: Construct, { dashboard, withoutDashboard }: MonitoringProps) {
  return withoutDashboard ? undefined : (dashboard ?? EndpointDashboard._shared(monitored));
}

function inputOf(
  monitored: Construct,
  props: MonitoringProps,
  { isRepeated, choices }: { readonly isRepeated: boolean; readonly choices: () => readonly AlarmChoice[] },
): MonitoringInput {
  const { dashboard, acknowledge } = props;
  const stackOf = (construct: Construct) => TerraformStack.of(construct).node.path;
  const taken = isRepeated ? undefined : monitored.node.tryFindChild(MONITORING)?.node.path;
  return {
    ...{ props, isRepeated, taken, choices: choices(), acknowledge },
    stacks: { monitored: stackOf(monitored), dashboard: dashboard && stackOf(dashboard) },
  };
}

function refuse(monitored: Construct, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new EndpointError(monitored.node.path, problems);
}

/** Findings name the method, whose properties they are about. */
function ofMethod(problem: Problem): Problem {
  const { property } = problem;
  return { ...problem, property: property === METHOD ? METHOD : `${METHOD}.${property}` };
}
