import type { AllowedSource, DatabaseEndpointProps } from '../../lib';
import { validProps } from './endpoint';

/** What a rule is expected to say. */
export interface ExpectedProblem {
  readonly property: string;
  /** Left out where the message shows no value. */
  readonly value?: unknown;
  readonly reason: RegExp;
  readonly remedy: RegExp;
}

/** One row of the tables of refusals and warnings. */
export interface Mistake {
  readonly rule: string;
  /** Continues "is found where ...". */
  readonly where: string;
  readonly props: DatabaseEndpointProps;
  /** Another endpoint of the same stack, `prod/Other`, where the mistake is about both. */
  readonly beside?: DatabaseEndpointProps;
  /** All that the endpoint is refused with, or all that this rule warns of. */
  readonly problems: readonly ExpectedProblem[];
}

/** A row with one problem. */
export function mistake(
  rule: string,
  where: string,
  props: DatabaseEndpointProps,
  ...problems: readonly ExpectedProblem[]
): Mistake {
  return { rule, where, props, problems };
}

/** A row about an allowlist. */
export function allowMistake(
  rule: string,
  where: string,
  allow: AllowedSource[],
  problem: ExpectedProblem,
  overrides: Partial<DatabaseEndpointProps> = {},
): Mistake {
  return mistake(rule, where, validProps({ allow, ...overrides }), problem);
}
