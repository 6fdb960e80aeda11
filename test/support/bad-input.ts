import type { Problem } from '../../lib/rules/endpoint-error';

/** Something that must be refused, and the exact words of the refusal, which end in the name of the rule. */
export interface BadInput {
  /** What is wrong, as a noun. */
  readonly what: string;
  readonly find: () => readonly Problem[];
  readonly says: readonly string[];
}

export const bad = (what: string, find: () => readonly Problem[], ...says: readonly string[]): BadInput => ({
  what,
  find,
  says,
});
