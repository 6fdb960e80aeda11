import { isUnresolved } from '../tokens/unresolved';
import type { Problem } from './endpoint-error';

/** What a rule found: a problem without the rule's name. */
export type Finding = Omit<Problem, 'rule'>;

/**
 * One reason to refuse an endpoint, or to warn about it.
 *
 * Rules are pure: they look at what was written and skip what is known after apply.
 */
export interface Rule<Input> {
  /** Stable name, in every message. */
  readonly name: string;
  /** The fact the rule rests on, for the documentation. */
  readonly because: string;
  /** Where the fact stands, if it is published. */
  readonly see?: string;
  readonly check: (input: Input) => Finding | readonly Finding[] | undefined;
}

/** Runs a table of rules and names what they found. */
export function applyRules<Input>(rules: readonly Rule<Input>[], input: Input): Problem[] {
  const problems: Problem[] = [];
  // There are many rules, and they seldom find anything.
  rules.forEach(({ name, check }) => {
    const found = check(input);
    if (found !== undefined) problems.push(...named(found, name));
  });
  return problems;
}

function named(found: Finding | readonly Finding[], rule: string): Problem[] {
  return (isList(found) ? found : [found]).map((finding) => readableProblem({ ...finding, rule }));
}

// TypeScript does not tell a list that is not to be changed by Array.isArray.
function isList(found: Finding | readonly Finding[]): found is readonly Finding[] {
  return Array.isArray(found);
}

/** A problem without CDKTF's placeholder for a token, which would be meaningless. */
export function readableProblem<Found extends Problem>(problem: Found): Found {
  return {
    ...problem,
    value: isUnresolved(problem.value) ? undefined : problem.value,
    remedy: looksLikeTemplate(problem.value) ? `${problem.remedy} ${EXPRESSIONS}` : problem.remedy,
  };
}

function looksLikeTemplate(value: unknown): boolean {
  return typeof value === 'string' && /[$%]\{/.test(value) && !isUnresolved(value);
}

/** A template that was written by hand is treated as literal text. */
const EXPRESSIONS =
  'Strings are never evaluated: pass an expression as a token, such as an attribute of a resource, TerraformVariable.stringValue, or Lazy.stringValue({ produce: () => text }).';
