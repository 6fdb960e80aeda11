/** What is wrong with a value, whoever wrote it and wherever it stands. */
export interface Mistake<Rule extends string = string> {
  /** Name of the rule that it breaks. */
  readonly rule: Rule;
  /** The value, unless it is that of the property. */
  readonly value?: unknown;
  readonly reason: string;
  readonly remedy: string;
}
