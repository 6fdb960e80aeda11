import type { Problem } from './endpoint-error';
import { applyRules, type Finding, type Rule, readableProblem } from './rule';

/** The fact that a rule rests on, for the documentation, and where it is published. */
export interface RuleFact {
  readonly because: string;
  readonly see?: string;
}

/** A fact with the name of its rule. */
export interface RuleEntry extends RuleFact {
  readonly name: string;
}

/** The rules of a room: the names of all, and one function that finds what breaks any of them. */
export interface RuleBook<Input> {
  readonly names: readonly RuleEntry[];
  readonly check: (input: Input) => readonly Problem[];
}

/** A finding that says which of several rules is broken. */
export type NamedFinding<Name extends string> = Finding & { readonly rule: Name };

/** Rules that one inspection of the input decides between. A name without a fact does not compile. */
export function chapter<Input, Name extends string>(
  facts: Readonly<Record<Name, RuleFact>>,
  check: (input: Input) => readonly NamedFinding<Name>[],
): RuleBook<Input> {
  return { names: entriesOf(facts), check: (input) => check(input).map((finding) => readableProblem(finding)) };
}

/** Binds single rules and chapters together, in the order in which their findings are reported. */
export function ruleBook<Input>(...parts: readonly (Rule<Input> | RuleBook<Input>)[]): RuleBook<Input> {
  return {
    names: parts.flatMap((part) => ('names' in part ? part.names : [part])),
    check: (input) => parts.flatMap((part) => ('names' in part ? part.check(input) : applyRules([part], input))),
  };
}

/** The same facts as a list. */
export function entriesOf(facts: Readonly<Record<string, RuleFact>>): RuleEntry[] {
  return Object.entries(facts).map(([name, fact]) => ({ name, ...fact }));
}
