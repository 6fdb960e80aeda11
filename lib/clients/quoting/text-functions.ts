/**
 * What Terraform can do to a text that only it knows. Literals are quoted here and now, and never get to these.
 *
 * @internal
 */
export interface TextFunctions {
  readonly replace: (text: string, search: string, replacement: string) => string;
  readonly jsonencode: (text: string) => string;
  /** Percent-encodes everything but letters, digits and `-_.~`. */
  readonly percentEncode: (text: string) => string;
  /** The text itself where it is as the pattern wants it; the plan fails where it is not. */
  readonly matching: (text: string, pattern: string) => string;
}
