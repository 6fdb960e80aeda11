import { setTimeout } from 'node:timers/promises';

/** Time, as the program's core is given it. */
export interface Clock {
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** A number from 0 to 1, for pauses that must not fall together. */
  readonly random: () => number;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: (ms) => setTimeout(ms),
  random: () => Math.random(),
};
