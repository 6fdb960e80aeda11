import type { Answer } from './answer';
import type { Memory } from './memory';
import type { Plan, Step } from './plan';
import type { Target } from './target';

/** Where a run stands after some looks at one endpoint. */
export interface Progress {
  readonly memory: Memory;
  /** The last answer of each name, good or bad. */
  readonly answers: ReadonlyMap<string, Answer>;
  readonly observed: readonly Target[];
  /** When the group was looked at, in ms. */
  readonly observedAt?: number;
  /** When the group has to be looked at again, whatever the names answer. */
  readonly describeAt: number;
  readonly wait: Plan['wait'];
  /** What the last look did, which no look at the group has shown yet. */
  readonly unverified: readonly Change[];
  /** Looks in a row that broke off, or whose step had no effect. */
  readonly setbacks: number;
  /** Why the last look broke off. */
  readonly failure?: unknown;
  /** Why the health of the targets could not be judged. */
  readonly healthFailure?: unknown;
}

export interface Change extends Step {
  readonly action: 'register' | 'deregister';
}
