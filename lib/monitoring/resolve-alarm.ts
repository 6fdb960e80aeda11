import { type AlarmActions, type ResolvedActions, resolveActions } from './alarm-actions';
import type { AlarmDefinition, AlarmTiming } from './alarm-definition';
import type { EndpointAlarm } from './endpoint-alarm';

/** An alarm with every choice made. Numbers may be tokens. */
export interface ResolvedAlarm extends Omit<AlarmDefinition, 'because'>, AlarmTiming {
  readonly actions: ResolvedActions;
  readonly runbookUrl?: string;
}

/** What all alarms of one `monitor()` have in common. */
export interface AlarmDefaults {
  readonly actions: AlarmActions;
  readonly ticketActions?: AlarmActions;
  readonly runbookUrl?: string;
}

/** An alarm as it was chosen; undefined where it is off. */
export function resolveAlarm(
  definition: AlarmDefinition,
  choice: EndpointAlarm | undefined,
  { actions, ticketActions = actions, runbookUrl }: AlarmDefaults,
): ResolvedAlarm | undefined {
  const adjusted = choice === undefined ? {} : choice._adjusted;
  if (adjusted === undefined) return undefined;
  const { because: _, ...rest } = definition;
  const { threshold, standardDeviations, evaluationPeriods, periodSeconds } = adjusted;
  const byDefault = definition.urgency === 'page' ? actions : ticketActions;
  return {
    ...rest,
    threshold: threshold ?? (standardDeviations === undefined ? definition.threshold : { standardDeviations }),
    periodSeconds: periodSeconds ?? definition.periodSeconds,
    evaluationPeriods: evaluationPeriods ?? definition.evaluationPeriods,
    datapointsToAlarm: adjusted.datapointsToAlarm ?? evaluationPeriods ?? definition.datapointsToAlarm,
    actions: resolveActions(adjusted.actions ?? byDefault),
    runbookUrl,
  };
}
