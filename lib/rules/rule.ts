import { isUnknown } from '../tokens/unresolved';
import type { Problem } from './endpoint-error';

/** What a rule found: a problem that does not know the rule's name yet. */
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
  return rules.flatMap((rule) => {
    const found = rule.check(input) ?? [];
    return (Array.isArray(found) ? found : [found]).map((finding) => readableProblem({ ...finding, rule: rule.name }));
  });
}

/** A problem without what CDKTF writes in place of a token, which would tell nobody anything. */
export function readableProblem<Found extends Problem>(problem: Found): Found {
  return {
    ...problem,
    value: isUnknown(problem.value) ? undefined : problem.value,
    remedy: looksLikeTemplate(problem.value) ? `${problem.remedy} ${EXPRESSIONS}` : problem.remedy,
  };
}

function looksLikeTemplate(value: unknown): boolean {
  return typeof value === 'string' && /[$%]\{/.test(value) && !isUnknown(value);
}

/** Whoever writes a template by hand finds that it is taken as a text. */
const EXPRESSIONS =
  'A text is never evaluated: pass an expression as a token, such as an attribute of a resource, TerraformVariable.stringValue, or Lazy.stringValue({ produce: () => text }).';
