import type { Clock } from '../clock';
import type { Address } from '../connection';
import type { Setting } from '../stack';
import type { TargetGroups } from '../target-groups';

/** One row of the table. */
export interface Row {
  readonly question: string;
  /** What AWS's documentation, or a report where there is none, says. */
  readonly documented: string;
  readonly measured: string;
}

/** What a measurement works with. */
export interface Context {
  readonly outputs: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly groups: TargetGroups;
  readonly tcp: Address;
  readonly tls: Address;
  readonly weighted: Address;
  /** Applies the stack with other settings; those that are not named are as they were at first. */
  readonly apply: (setting: Partial<Setting>) => Promise<void>;
}

/** Something that only a real account can tell. It leaves everything as it was. */
export interface Measurement {
  readonly name: string;
  /** Minutes that it takes at the most likely; together they tell how long the run will take. */
  readonly minutes: number;
  /** Whether it runs with `--slow` only. */
  readonly slow?: boolean;
  readonly run: (context: Context) => Promise<readonly Row[]>;
}

/** In place of a figure, where a measurement began without a connection that it could have observed. */
export const NOT_REACHED = 'not measured: nothing was reached before';
