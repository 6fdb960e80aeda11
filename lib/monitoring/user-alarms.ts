import type { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { tagsOf } from '../terraform/tags';
import { Deferred } from '../tokens/deferred';
import { attributeOf, expressionOf } from '../tokens/expression';
import { isUnresolved } from '../tokens/unresolved';
import type { UserOfEndpoint } from '../users/database-endpoint-interface';
import { type AlarmSubject, createAlarm } from './alarm';
import type { AlarmDefinition } from './alarm-definition';
import { DRIFT_ALARMS, USER_ALARMS } from './alarm-definitions';
import { MONITORING } from './monitored';
import type { EndpointAlarms } from './monitoring-props';
import { type AlarmDefaults, resolveAlarm } from './resolve-alarm';

/** The alarms of a user, below it: it may be in another stack than its endpoint, or in another account. */
export function watchUser(
  { construct, lambdaFunction, measureDriftEveryHours: hours }: UserOfEndpoint,
  { userFunctionErrors, userDrift }: EndpointAlarms,
  defaults: AlarmDefaults,
  tags: { readonly [key: string]: string },
): CloudwatchMetricAlarm[] {
  const drift = hours === undefined ? undefined : { ...DRIFT_ALARMS.userDrift, periodSeconds: secondsOf(hours) };
  const wanted: (readonly [AlarmDefinition | undefined, EndpointAlarms['userDrift']])[] = [
    [USER_ALARMS.userFunctionErrors, userFunctionErrors],
    [drift, userDrift],
  ];
  const alarms = wanted.flatMap(
    ([definition, choice]) => (definition && resolveAlarm(definition, choice, defaults)) ?? [],
  );
  if (alarms.length === 0) return [];
  const scope = new Construct(construct, MONITORING);
  const name = attributeOf(lambdaFunction, 'function_name');
  const { path } = construct.node;
  const subject: AlarmSubject = {
    ...{ path, unique: name, tags: tagsOf(scope, tags) },
    dimensions: { FunctionName: name, user: path },
  };
  return alarms.map((alarm) => createAlarm(scope, alarm.id, alarm, subject));
}

function secondsOf(hours: number): number {
  if (!isUnresolved(hours)) return hours * 3600;
  return Token.asNumber(new Deferred((context) => `\${${expressionOf(hours, context)} * 3600}`));
}
