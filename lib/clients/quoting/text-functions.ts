/**
 * What Terraform can do to a text known after apply. Literals are quoted here and now, and never get to these.
 *
 * @internal
 */
export interface TextFunctions {
  readonly replace: (text: string, search: string, replacement: string) => string;
  readonly jsonencode: (text: string) => string;
  /** Percent-encodes everything but letters, digits and `-_.~`. */
  readonly percentEncode: (text: string) => string;
  /** The text itself if it matches the pattern; otherwise the plan fails. */
  readonly matching: (text: string, pattern: string) => string;
}
