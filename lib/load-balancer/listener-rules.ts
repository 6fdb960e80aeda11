import { numberRange } from '../rules/number-range';
import type { Rule } from '../rules/rule';

/** What is written about a listener. */
export interface ListenerInput {
  readonly port?: number;
  readonly idleTimeoutSeconds?: number;
}

/** Validation rules for listeners. */
export const LISTENER_RULES: readonly Rule<ListenerInput>[] = [
  numberRange(({ port, idleTimeoutSeconds }) => [
    { property: 'port', value: port, min: 1, max: 65535, unit: '' },
    { property: 'idleTimeoutSeconds', value: idleTimeoutSeconds, min: 60, max: 6000, unit: ' seconds' },
  ]),
];
