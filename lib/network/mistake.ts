/** What is wrong with a value, no matter where it was written. */
export interface Mistake<Rule extends string = string> {
  /** Name of the rule that it breaks. */
  readonly rule: Rule;
  /** The value, unless it is that of the property. */
  readonly value?: unknown;
  readonly reason: string;
  readonly remedy: string;
}
