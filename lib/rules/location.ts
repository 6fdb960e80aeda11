/** Where something stands in a file. */
export interface ProblemLocation {
  /** Path of the file, with forward slashes. */
  readonly file: string;

  /** The line, counted from 1. */
  readonly line: number;

  /** The column, counted from 1. */
  readonly column: number;
}

/**
 * A location in the form of which most terminals and editors make a link.
 *
 * @internal
 */
export function locationText({ file, line, column }: ProblemLocation): string {
  return `${file}:${line}:${column}`;
}
